# SPDX-License-Identifier: GPL-2.0-or-later
"""What is fuzzed: readers of what people write, each with what must hold of any answer.

A target takes text or bytes, raises nothing but the errors that it promises, and ends in a few
seconds whatever it was given.
"""

from __future__ import annotations

import faulthandler
import io
import tempfile
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path

from carte_cp3.domain import cells
from carte_cp3.domain.coordinates import NoPosition, in_country_box, position, position_in
from carte_cp3.domain.errors import CarteError
from carte_cp3.domain.hours import parse
from carte_cp3.domain.hours.prose import read_hours
from carte_cp3.domain.places.records import locate_record
from carte_cp3.domain.report import Finding
from carte_cp3.domain.schema import load_schema
from carte_cp3.store.boundaries import load_gazetteer
from carte_cp3.store.tables import read_grid

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "data" / "sample"
#: Longer than this is a hang, seconds: the slowest answer seen takes a tenth of it.
PATIENCE = 20


def split(text: str) -> tuple[str, ...]:
    return tuple(text.split())


HOURS_WORDS = split(
    "lundi mardi vendredi lun. du au et de à h 8h30 16h 08:30-16:30 8 h 30 / sauf fermé Ramadan "
    "pause prière jours ouvrables 24h/24 24/7 Mo-Fr Sa PH off ; , - – midi minuit toute la journée "
    "من الاثنين إلى الجمعة السبت صباحا مساء الساعة و ٨ ١٦ رمضان مغلق عطلة"
)
PLACE_WORDS = split(
    "Casablanca Aïn Sebaâ Hay Mohammadi commune de province Fès préfecture d'arrondissements "
    "rue avenue Mohammed V , - / ( ) 20250 Béni Mellal cercle Tanger-Tétouan الدار البيضاء طنجة "
    "جماعة إقليم حي شارع 06.141.01.0 Melilla Oulad ex- C.R."
)
POSITION_WORDS = split(
    "33.5731 -7.5898 33,57 7°35'23\" N W O E S ° ' \" ; , / lat lon 295000 372000 -845000 3972000 "
    "https://www.google.com/maps/@33.57,-7.58,15z geo: ٣٣٫٥ 1e400 nan inf − 0x1F"
)


CELL_WORDS = split(
    "05 37 77 00 00 +212 (poste 12) Fax: / ; , | 0801 nom@domaine.ma mailto: www.ofppt.ma http:// "
    "https:// [ ] : @ ? # ／ 25/03/2024 2024-03-25 T10:11:12Z lundi mars 999999999999 12 1,5 ١٢ "
    "٫ inf nan 1e400 français arabe {fr,ar} agence Délégation"
)


@contextmanager
def patience(seconds: float = PATIENCE):
    """End the whole program with the place where it hangs."""
    faulthandler.dump_traceback_later(seconds, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def hours(text: str) -> None:
    """Hours that are read are hours that the page understands, and read again as themselves."""
    with patience():
        answer = read_hours(text)
        parse(text), parse(text, nights=True)
    if answer:
        for said in (answer.hours, answer.ramadan):
            assert not said or parse(said), (text, answer)
        again = read_hours(answer.hours) if answer.hours else answer
        assert again and again.hours == answer.hours, (text, answer, again)


def coordinates(first: str, second: str) -> None:
    """A position is in the country's box, or there is none and a rule says why."""
    for read in (lambda: position(first, second), lambda: position_in(f"{first} {second}")):
        with patience():
            try:
                lon, lat = read()
            except NoPosition as error:
                assert error.rule
                continue
        assert -180 <= lon <= 180 and -90 <= lat <= 90, (first, second)
        in_country_box(lon, lat)


def cell(text: str) -> None:
    """Each reader of cells gives what the database takes, or says which rule is broken."""
    schema = load_schema()
    readers = {
        cells.email: str, cells.website: str, cells.number: float, cells.integer: int,
        cells.day: str, partial(cells.term, schema=schema, vocabulary="site_kind"): str,
    }  # fmt: skip
    for reader, kind in readers.items():
        with patience():
            try:
                value = reader(text)
            except cells.Unreadable as error:
                assert error.rule
                continue
        assert isinstance(value, kind) and value != "", (text, value)
    with patience():
        numbers, _others = cells.phones(text)
        assert all(one[0] == "+" and one[1:].isdecimal() for one in numbers), (text, numbers)
        cells.renumbered(text), cells.beside_phones(text), cells.listed(text)
        cells.beside_address(text, "email"), cells.beside_address(text, "url")
        cells.terms(text, schema, "language")


@lru_cache(maxsize=1)
def gazetteer():
    return load_gazetteer()


def place(commune: str, province: str, region: str, address: str, name: str) -> None:
    """What is found is a unit of the country that lies where the answer says."""
    known = gazetteer()
    with patience():
        answer = locate_record(known, commune, province, region, address, name)
    if answer.code:
        assert answer.code in known.units
        if answer.province_code and known.units[answer.code].level != "region":
            assert known.units[answer.code].province_code == answer.province_code
    for one in answer.candidates:
        assert one.code in known.units


def table(content: bytes, ending: str) -> None:
    """A file is a grid of clean text with as many line numbers as rows, or is refused."""
    with tempfile.TemporaryDirectory() as folder, patience():
        path = Path(folder) / f"liste{ending}"
        path.write_bytes(content)
        try:
            grid = read_grid(path)
        except CarteError as error:
            assert str(error)
            return
    assert len(grid.numbers) == len(grid.rows) > 0
    assert len({len(row) for row in grid.rows}) == 1
    assert all("\0" not in cell for row in grid.rows for cell in row)
    assert all(isinstance(one, Finding) for one in grid.findings)


@lru_cache(maxsize=1)
def files() -> tuple[tuple[str, bytes], ...]:
    """Real files of every kind that is read, as ending and content: what is changed by fuzzing."""
    from osgeo import ogr

    found = [(one.suffix, one.read_bytes()) for one in sorted(SAMPLES.iterdir())]
    small = [(ending, content) for ending, content in found if len(content) < 10_000]
    drivers = {".geojson": "GeoJSON", ".kml": "KML", ".gpkg": "GPKG"}
    with tempfile.TemporaryDirectory() as folder:
        for ending, name in drivers.items():
            path = Path(folder) / f"liste{ending}"
            source = ogr.GetDriverByName(name).CreateDataSource(str(path))
            layer = source.CreateLayer("liste", geom_type=ogr.wkbPoint)
            layer.CreateField(ogr.FieldDefn("Nom", ogr.OFTString))
            for number in range(3):
                feature = ogr.Feature(layer.GetLayerDefn())
                feature["Nom"] = f"SPÉCIMEN {number}"
                feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POINT (-7.{number} 33.5)"))
                layer.CreateFeature(feature)
            layer = source = None
            small.append((ending, path.read_bytes()))
    return (*small, (".xls", _old_workbook()))


def _old_workbook() -> bytes:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("Feuil1")
    for row, values in enumerate((("Nom", "Ville"), ("SPÉCIMEN", "Salé"))):
        for column, value in enumerate(values):
            sheet.write(row, column, value)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
