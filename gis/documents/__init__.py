# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports on paper: ``print_document`` makes a PDF of any report of ``domain.document``.

``text`` sets paragraphs, ``table`` makes rows of them, ``printing`` lets them flow over pages.
"""

from .printing import Picture, print_document

__all__ = ("Picture", "print_document")
