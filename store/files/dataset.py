# SPDX-License-Identifier: GPL-2.0-or-later
"""A file opened through GDAL as a table, or a sentence that says why it cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Callable

from osgeo import gdal

from ...domain.errors import TableError

_DRIVERS = {".xlsx": "XLSX", ".xlsm": "XLSX", ".ods": "ODS", ".xls": "XLS"}
_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a compound file, in which Excel encrypts
# No heading row of their own: the header is found later, under title rows. Older GDAL knows
# these settings as configuration options only, newer ones as open options too.
HEADERLESS = ("XLSX", "ODS", "XLS")
_SETTINGS = {"HEADERS": "DISABLE", "FIELD_TYPES": "STRING"}
# GDAL says so and hands out what came before: of an ODS it holds some 10 MB of cells.
_STOPPED = re.compile(r"parsing stopped", re.IGNORECASE)
_DAMAGED = re.compile(r"parsing of .* failed", re.IGNORECASE)


def open_dataset(
    path: Path, named: Callable[[gdal.Dataset], None] = lambda _dataset: None
) -> gdal.Dataset:
    """Open a file of which every row can be read; raise ``TableError`` for any other.

    ``named`` is called when the names of its layers are known, and none of its rows is read yet.
    """
    driver = _DRIVERS.get(path.suffix.lower())
    if driver and gdal.GetDriverByName(driver) is None:
        raise TableError(
            "{file}: this QGIS does not read {format} files. Open it in Excel or LibreOffice, save "
            "it as XLSX or ODS and choose that file.",
            file=path.name,
            format=driver,
        )
    options = [f"{name}={value}" for name, value in _SETTINGS.items()]
    said: list[str] = []
    dataset, count = None, 0
    with _settings(driver, said):
        with _heard(said):
            dataset = gdal.OpenEx(
                str(path),
                gdal.OF_VECTOR,
                allowed_drivers=[driver] if driver else [],
                open_options=options if driver in ("XLSX", "ODS") else [],
            )
        with _heard(said):  # a formula that GDAL does not know is an error, once, of a sound file
            count = dataset.GetLayerCount() if dataset else 0
        with _heard(said):
            count = dataset.GetLayerCount() if dataset else 0
        if count:
            named(dataset)
        for index in range(count):  # headers are looked for when a layer is first read
            with _heard(said):
                dataset.GetLayer(index).GetFeatureCount()
    if driver:
        _check_size(path, driver, said)
    if dataset is None or count == 0 or any(map(_DAMAGED.search, said)):
        _refuse(path, driver)
    return dataset


@contextmanager
def _heard(said: list[str]) -> Iterator[None]:
    """Take an error that is raised as one that is said.

    Other plugins switch GDAL from one way to the other, for everybody. And what GDAL repeats of a
    damaged file may be no UTF-8: its bindings then raise TypeError, UnicodeDecodeError or
    SystemError instead of saying it.
    """
    try:
        yield
    except (RuntimeError, SystemError, TypeError, ValueError) as error:
        said.append(str(error))


def _check_size(path: Path, driver: str, said: list[str]) -> None:
    for text in filter(_STOPPED.search, said):
        raise TableError(
            "{file} is too large to be read whole as {format} ({reason}). Open it, save it as "
            "XLSX or CSV and choose that file.",
            file=path.name,
            format=driver,
            reason=text,
        )


def _refuse(path: Path, driver: str | None) -> None:
    with path.open("rb") as handle:
        start = handle.read(len(_ENCRYPTED))
    if driver == "XLSX" and start == _ENCRYPTED:
        raise TableError(
            "{file} is protected by a password, or is an older file under a new name. Open it "
            "in Excel or LibreOffice, save it as XLSX without a password and choose that file.",
            file=path.name,
        )
    raise TableError(
        "{file} cannot be read as a table: it may be damaged, protected by a password or "
        "of another format than its name says. Open it, save it again without password, "
        "as XLSX, ODS or CSV.",
        file=path.name,
    )


@contextmanager
def _settings(driver: str | None, said: list[str]) -> Iterator[None]:
    """Give GDAL its settings for this thread and keep its failures, then put everything back."""
    names = {f"OGR_{driver}_{name}": value for name, value in _SETTINGS.items()} if driver else {}
    before = {name: gdal.GetThreadLocalConfigOption(name) for name in names}

    def keep(kind: int, _number: int, text: str) -> None:
        if kind >= gdal.CE_Failure:
            said.append(text)

    gdal.PushErrorHandler(keep)
    try:
        for name, value in names.items():
            gdal.SetThreadLocalConfigOption(name, value)
        yield
    finally:
        for name, value in before.items():
            gdal.SetThreadLocalConfigOption(name, value)
        gdal.PopErrorHandler()
