# SPDX-License-Identifier: GPL-2.0-or-later
"""The words that opening hours are written with, in French and in Arabic.

Phrases are given as people write them, one list for each meaning; ``domain.hours.words`` finds
them in a text. Words that change nothing are listed too, as ``nothing``: a word that stands in
no list makes a text unreadable.

« Jours ouvrables » and « أيام العمل » are Monday to Friday: décret n° 2-05-916 of 20 July 2005,
article 1, which fixes the working days of the State's and the local authorities' offices.
« Toute la semaine » is said for five days as well as for seven, so it keeps both meanings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

WORK = frozenset(range(5))
ALL = frozenset(range(7))
HOLIDAYS = 7
"""The number that stands for public holidays beside the weekdays 0 to 6."""

MORNING, AFTERNOON, EVENING, LATER = (0, 12), (12, 20), (16, 24), (13, 24)
"""Parts of the day: the hours that may be called so; « 12 مساء » is noon or midnight: neither."""


class Token(NamedTuple):
    """A word or sign with a meaning; ``value`` depends on the kind.

    ========= ==========================================================================
    day       a weekday, as a set of one
    group     days, as the sets that may be meant (two for « toute la semaine »)
    clock     a ``Clock``
    minutes   minutes to add to the clock before it (« et demie », « إلا ربعا »)
    half      a part of the day, as hours
    ========= ==========================================================================

    The other kinds, without a value: always, except, closed, closing, break, prayer, with,
    included, between, from, to, dash, slash, comma, and, colon, stop, open, close, ramadan,
    usual; ``subject`` (whose hours they are, harmless in front of them) and ``nothing``.
    """

    kind: str
    value: Any = None


class Clock(NamedTuple):
    """A time as it is written; ``bare`` is a number that only its place makes a time."""

    hour: int
    minute: int = 0
    bare: bool = False


def group(*numbers: int) -> Token:
    """Return the token of several days that have one name."""
    return Token("group", (frozenset(numbers),))


_WEEKDAYS = (
    ("lundi, lundis", "lun, lund, lu, mo", "الاثنين, الاتنين, لاثنين"),
    ("mardi, mardis", "mar, mard, ma, tu", "الثلاثاء, التلاتاء, الثلاتاء, التلاثاء"),
    ("mercredi, mercredis", "mer, merc, me, we", "الأربعاء, لاربعاء"),
    ("jeudi, jeudis", "jeu, jeud, je, th", "الخميس, لخميس"),
    ("vendredi, vendredis", "ven, vend, ve, fr", "الجمعة, جمعة"),
    ("samedi, samedis", "sam, same, sa", "السبت"),
    ("dimanche, dimanches", "dim, dima, di, su", "الأحد, لحد"),
)
_SPELLED_HOURS = (
    (1, "الواحدة"), (2, "الثانية"), (3, "الثالثة"), (4, "الرابعة"), (5, "الخامسة"),
    (6, "السادسة"), (7, "sept heures, السابعة"), (8, "huit heures, الثامنة"),
    (9, "neuf heures, التاسعة"), (10, "dix heures, العاشرة"),
    (11, "onze heures, الحادية عشرة, الحادية عشر"), (12, "douze heures, الثانية عشرة, الثانية عشر"),
    (13, "treize heures"), (14, "quatorze heures"), (15, "quinze heures"),
    (16, "seize heures"), (17, "dix sept heures"), (18, "dix huit heures"),
    (19, "dix neuf heures"), (20, "vingt heures"),
)  # fmt: skip
_WORDS = (
    (group(*WORK), "jours ouvrables, jour ouvrable, tous les jours ouvrables, jours ouvrés, "
     "en semaine, jours de semaine, أيام العمل, أيام العمل الرسمية, أيام الشغل"),
    (group(*ALL), "tous les jours, chaque jour, quotidiennement, يوميا, كل يوم, كل الأيام, "
     "جميع الأيام"),
    (group(5, 6), "week end, week ends, fin de semaine, نهاية الأسبوع, عطلة نهاية الأسبوع, "
     "نهايات الأسبوع"),
    (group(HOLIDAYS), "jours fériés, jour férié, tous les jours fériés, fériés, férié, "
     "jours fériés et chômés, jours de fête, fêtes nationales et religieuses, "
     "fêtes religieuses et nationales, ph, "
     "العطل الرسمية, أيام العطل الرسمية, الأعياد, أيام الأعياد, الأعياد الوطنية والدينية, "
     "الأعياد الدينية والوطنية, العطل والأعياد, أيام العطل والأعياد, العطل الرسمية والأعياد"),
    (Token("group", (ALL, WORK)), "toute la semaine, tous les jours de la semaine, "
     "كل أيام الأسبوع, طيلة أيام الأسبوع, طوال أيام الأسبوع, جميع أيام الأسبوع, "
     "طيلة الأسبوع, طوال الأسبوع"),
    (Token("half", MORNING), "matin, matins, matinée, am, a.m., a.m, صباحا, ص, الصباح, صباح, "
     "الفترة الصباحية, الصباحية"),
    (Token("half", AFTERNOON), "après midi, aprem, بعد الزوال, زوالا, الزوال, بعد الظهر, ظهرا"),
    (Token("half", EVENING), "soir, soirs, soirée"),
    (Token("half", LATER), "pm, p.m., p.m, مساء, مساءا, م, المساء, الفترة المسائية, "
     "المسائية"),
    (Token("clock", Clock(12)), "midi, منتصف النهار"),
    (Token("clock", Clock(24)), "minuit, منتصف الليل"),
    (Token("minutes", 30), "et demie, et demi, trente, والنصف, ونصف, وثلاثين دقيقة"),
    (Token("minutes", 15), "et quart, quinze, والربع, وربع"),
    (Token("minutes", -15), "moins le quart, moins quart, إلا ربعا, إلا ربع, إلا الربع"),
    (Token("always"), "en permanence, jour et nuit, h24, على مدار الساعة, ليل نهار, ليلا ونهارا"),
    (Token("except"), "sauf, excepté, hormis, hors, à l'exception du, à l'exception de, "
     "à l'exception des, en dehors du, en dehors des, ما عدا, عدا, باستثناء, إلا"),
    (Token("closed"), "fermé, fermée, fermés, fermées, off, repos, repos hebdomadaire, "
     "مغلق, مغلقة, يغلق, تغلق, عطلة, يوم عطلة, عطلة أسبوعية, راحة, راحة أسبوعية"),
    (Token("closing"), "fermeture, fermeture hebdomadaire, الإغلاق, إغلاق"),
    (Token("break"), "pause, avec pause, avec une pause, pause déjeuner, pause de midi, "
     "استراحة, مع استراحة, فترة استراحة"),
    (Token("with"), "y compris, même, بما في ذلك, بما فيها, بما فيه"),
    (Token("included"), "inclus, incluse, compris, comprise"),
    (Token("between"), "entre, بين, ما بين"),
    (Token("from"), "à partir de, dès, ابتداء من, انطلاقا من"),
    (Token("to"), "à, au, jusqu'à, jusqu'au, jusque, إلى, حتى, لغاية, إلى غاية, إلى حدود"),
    (Token("and"), "et, ainsi que, puis, و"),
    (Token("ramadan"), "ramadan, ramadhan, mois de ramadan, mois du ramadan, "
     "mois sacré de ramadan, mois sacré du ramadan, horaire ramadan, horaires ramadan, "
     "horaire du ramadan, horaires du ramadan, horaires de ramadan, "
     "horaires pendant le ramadan, توقيت رمضان, أوقات رمضان, رمضان, شهر رمضان, رمضان المبارك, "
     "شهر رمضان المبارك, شهر رمضان الأبرك"),
    (Token("usual"), "hors ramadan, hors mois de ramadan, hors période de ramadan, "
     "en dehors du ramadan, en dehors du mois de ramadan, horaire normal, horaires normaux, "
     "خارج رمضان, خارج شهر رمضان, التوقيت العادي"),
    (Token("prayer"), "prière, pour la prière, de la prière, لصلاة, لأداء صلاة"),
    (Token("subject"), "bureau, bureaux, centre, agence, guichet, guichets, accueil, réception, "
     "administration, antenne, délégation, établissement, service, services, public, au public, "
     "usagers, reçu, accueilli, accueille, reçoit, travail, horaire, horaires, heures, "
     "ouverture, horaire administratif, horaires administratifs, "
     "المكتب, المكاتب, المركز, الوكالة, الشباك, الشبابيك, الاستقبال, الإدارة, المصلحة, "
     "المؤسسة, يستقبل, تستقبل, العموم, للعموم, المرتفقين, المواطنين, أوقات, مواقيت, ساعات, "
     "وقت, التوقيت, العمل, الدوام, الافتتاح, أوقات العمل, مواقيت العمل, ساعات العمل, "
     "أوقات الافتتاح"),
    (Token("nothing"), "du, de, des, le, les, la, l', d', est, sont, nos, notre, nous, sommes, "
     "vous, chaque, tous, ouvert, ouverte, ouverts, ouvertes, ouvre, heure, jour, jours, "
     "pendant, durant, en, horaire continu, en horaire continu, journée continue, continu, "
     "sans interruption, non stop, sans pause, uniquement, seulement, toute l'année, "
     "من, يوم, أيام, يومي, الساعة, مفتوح, مفتوحة, يفتح, تفتح, أبوابه, أبوابها, خلال, في, على, "
     "ذلك, فقط, الفترة, توقيت مستمر, التوقيت المستمر, مستمر, مسترسل, بدون انقطاع, "
     "دون انقطاع, بدون توقف"),
)  # fmt: skip


def entries() -> Iterator[tuple[str, Token]]:
    """Yield every word or phrase with what it means."""
    for number, (full, short, arabic) in enumerate(_WEEKDAYS):
        day = Token("day", frozenset((number,)))
        yield from _each(day, f"{full}, {short}, {arabic}")
        yield from ((f"{word}.", day) for word in short.split(", "))
        for word in arabic.split(", "):  # « every Saturday » begins as « every day » does
            yield f"كل يوم {word}", day
            yield f"كل يوم {word.removeprefix('ال')}", day
    for hour, words in _SPELLED_HOURS:
        yield from _each(Token("clock", Clock(hour)), words)
    for token, words in _WORDS:
        yield from _each(token, words)


def _each(token: Token, words: str) -> Iterator[tuple[str, Token]]:
    return ((word, token) for word in words.split(", "))
