# SPDX-License-Identifier: GPL-2.0-or-later
"""A few units of the census as plain rows, for the tests of places."""

from carte_cp3.domain.places import Alias, Gazetteer, Place, Unit

REGIONS = (
    ("01", "Tanger-Tétouan-Al Hoceima", "طنجة-تطوان-الحسيمة"),
    ("02", "Oriental", "الشرق"),
    ("03", "Fès-Meknès", "فاس-مكناس"),
    ("04", "Rabat-Salé-Kénitra", "الرباط-سلا-القنيطرة"),
    ("05", "Béni Mellal-Khénifra", "بني ملال-خنيفرة"),
    ("06", "Casablanca-Settat", "الدار البيضاء-سطات"),
    ("07", "Marrakech-Safi", "مراكش-آسفي"),
    ("08", "Drâa-Tafilalet", "درعة-تافيلالت"),
    ("09", "Souss-Massa", "سوس-ماسة"),
)
PROVINCES = (
    ("01.051", "Al Hoceima", "الحسيمة"),
    ("01.511", "Tanger-Assilah", "طنجة-أصيلة"),
    ("01.573", "M'diq-Fnideq", "المضيق-الفنيدق"),
    ("02.113", "Berkane", "بركان"),
    ("03.231", "Fès", "فاس"),
    ("03.451", "Sefrou", "صفرو"),
    ("03.561", "Taza", "تازة"),
    ("04.281", "Kénitra", "القنيطرة"),
    ("04.421", "Rabat", "الرباط"),
    ("05.091", "Béni Mellal", "بني ملال"),
    ("05.255", "Fquih Ben Salah", "الفقيه بن صالح"),
    ("05.311", "Khouribga", "خريبكة"),
    ("06.117", "Berrechid", "برشيد"),
    ("06.141", "Casablanca", "الدار البيضاء"),
    ("06.385", "Nouaceur", "النواصر"),
    ("06.461", "Settat", "سطات"),
    ("07.041", "Al Haouz", "الحوز"),
    ("08.577", "Tinghir", "تنغير"),
    ("09.001", "Agadir-Ida-Ou-Tanane", "أكادير-إدا وتنان"),
    ("09.273", "Inezgane-Aït Melloul", "إنزكان-آيت ملول"),
)
CITIES = (
    ("01.511.01.0", "Tanger", "طنجة"),
    ("03.231.01.0", "Fès", "فاس"),
    ("04.421.01.0", "Rabat", "الرباط"),
    ("06.141.01.0", "Casablanca", "الدار البيضاء"),
)
ARRONDISSEMENTS = (
    ("01.511.01.05", "Mghogha", "مغوغة"),
    ("01.511.01.07", "Médina", "المدينة"),
    ("03.231.01.01", "Agdal", "أكدال"),
    ("03.231.01.05", "Saiss", "سايس"),
    ("03.231.01.07", "Fès-Médina", "فاس المدينة"),
    ("04.421.01.01", "Agdal Riyad", "أكدال الرياض"),
    ("04.421.01.03", "El Youssoufia", "اليوسفية"),
    ("04.421.01.05", "Hassan", "حسان"),
    ("04.421.01.09", "Yacoub El Mansour", "يعقوب المنصور"),
    ("06.141.01.01", "Anfa", "أنفا"),
    ("06.141.01.21", "Aïn-Sebaâ", "عين السبع"),
    ("06.141.01.25", "Hay-Mohammadi", "الحي المحمدي"),
    ("06.141.01.51", "Sidi Bernoussi", "سيدي البرنوصي"),
    ("06.141.01.61", "Ben-M'sick", "ابن مسيك"),
    ("06.141.01.71", "Moulay Rachid", "مولاي رشيد"),
    ("06.141.01.73", "Sidi Othmane", "سيدي عثمان"),
)
COMMUNES = (
    ("01.051.01.09", "Ajdir", "أجدير", 5630),
    ("03.561.03.01", "Ajdir", "أجدير", 8640),
    ("01.511.01.01", "Assilah", "أصيلة", 36039),
    ("01.573.01.01", "Fnideq", "الفنيدق", 84000),
    ("01.573.01.05", "M'diq", "المضيق", 56000),
    ("02.113.01.25", "Saidia", "السعيدية", 9000),
    ("03.451.01.05", "Immouzzer-Kandar", "إيموزار كندر", 20000),
    ("09.001.07.13", "Imouzzer", "إيموزار", 3000),
    ("04.281.01.01", "Kénitra", "القنيطرة", 507736),
    ("05.091.01.01", "Béni Mellal", "بني ملال", 225000),
    ("05.091.01.07", "Kasba Tadla", "قصبة تادلة", 50000),
    ("05.255.01.11", "Souk Sebt Ouled Nemma", "سوق السبت أولاد النمة", 68000),
    ("05.311.05.15", "Oulad Azzouz", "أولاد عزوز", 8983),
    ("06.385.01.07", "Oulad Azzouz", "أولاد عزوز", 81048),
    ("06.385.01.03", "Nouaceur", "النواصر", 40000),
    ("06.117.01.03", "Berrechid", "برشيد", 174000),
    ("06.461.01.01", "Ben Ahmed", "بن أحمد", 29000),
    ("06.461.01.13", "Oulad M'rah", "أولاد امراح", 18000),
    ("06.461.01.15", "Settat", "سطات", 163000),
    ("06.461.15.14", "Mzamza Janoubia", "امزامزة الجنوبية", 21000),
    ("07.041.09.07", "Sti Fadma", "ستي فاضمة", 24000),
    ("08.577.01.03", "Boumalne-Dades", "بومالن دادس", 14000),
    ("08.577.01.05", "Kalâat M'gouna", "قلعة مكونة", 17000),
    ("09.001.01.01", "Agadir", "أكادير", 501797),
    ("09.273.01.13", "Dcheira El Jihadia", "الدشيرة الجهادية", 105000),
)
ALIASES = (
    Alias("Casa", "short", ("06.141.01.0",)),
    Alias("Casablanca-Anfa", "name", ("06.141.01.0", "06.141"), "الدار البيضاء أنفا"),
    Alias("Anfa Casablanca", "name", ("06.141.01.0",)),
    Alias("Agdal", "name", ("04.421.01.01",), "أكدال"),
    Alias("YM", "local", ("04.421.01.09",)),
    Alias("Bernoussi", "local", ("06.141.01.51",)),
    Alias("Grand Casablanca", "old_region", ("06",), "الدار البيضاء الكبرى"),
    Alias("Tanger-Tétouan", "old_region", ("01",), "طنجة تطوان"),
    Alias("Oriental", "old_region", ("02",), "الجهة الشرقية"),
    Alias("Chaouia-Ouardigha", "old_region", ("05", "06"), "الشاوية ورديغة"),
    Alias("06.117", "was_in", ("06.461",)),
)
PLACES = (
    Place(
        "Casablanca", "", -7.59, 33.59, ("Dar-el-Beida",), 3665954, "06.141.01.01", "06.141.01.0"
    ),
    Place("Sidi Maarouf", "", -7.65, 33.53, ("Sidi Maâruf",), 9000, "06.141.01.21", "06.141.01.0"),
    Place("Port", "", -6.6, 34.2, (), 400_000, "04.281.01.01"),
    Place("Kenitra", "", -6.58, 34.26, ("Port-Lyautey", "NNA", "Souk el Had"), 3, "04.281.01.01"),
    Place("Ourika", "", -7.7, 31.3, (), 500, "07.041.09.07"),
    Place("Setti Fatma", "", -7.68, 31.22, (), 2000, "07.041.09.07"),
)


def inside(unit):
    return {"01.573.01.05": (-5.32, 35.68), "05.311.05.15": (-6.9, 32.7)}.get(unit.code)


def sample_gazetteer() -> Gazetteer:
    """Return a gazetteer of the sample: real names and codes, rounded populations."""
    units = [Unit("region", code, fr, ar, None, code) for code, fr, ar in REGIONS]
    units += [Unit("province", code, fr, ar, code, code[:2]) for code, fr, ar in PROVINCES]
    units += [Unit("city", code, fr, ar, code[:6], code[:2]) for code, fr, ar in CITIES]
    units += [
        Unit("arrondissement", code, fr, ar, code[:6], code[:2], code[:10] + "0")
        for code, fr, ar in ARRONDISSEMENTS
    ]
    units += [
        Unit("commune", code, fr, ar, code[:6], code[:2], None, population)
        for code, fr, ar, population in COMMUNES
    ]
    return Gazetteer(units, PLACES, ALIASES, inside)
