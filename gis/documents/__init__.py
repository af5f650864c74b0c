# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports on paper: ``print_document`` makes a PDF of any report of ``domain.document``.

``save_document`` writes PDF or XLSX by the file's ending.

``text`` sets paragraphs, ``table`` makes rows of them, ``printing`` lets them flow over pages.
"""

from .printing import Picture, print_document
from .saving import FORMATS, save_document

__all__ = ("FORMATS", "Picture", "print_document", "save_document")
