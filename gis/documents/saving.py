# SPDX-License-Identifier: GPL-2.0-or-later
"""A report in the format that its file's ending tells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from ...domain.document import Document
from ...domain.errors import CarteError
from ...store.documents.xlsx import write_document
from .printing import Picture, print_document

FORMATS = ("xlsx", "pdf")


def save_document(
    document: Document, path: Path, on: date, pictures: Mapping[str, Picture] | None = None
) -> None:
    """Write a report as XLSX or PDF; CarteError says why it could not be written."""
    ending = path.suffix[1:].lower()
    if ending == "pdf":
        print_document(document, path, pictures, on)
    elif ending == "xlsx":
        write_document(document, path)
    else:
        raise CarteError("{file}: a report is written as .pdf or .xlsx.", file=path.name)
