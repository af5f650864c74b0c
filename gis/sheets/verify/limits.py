# SPDX-License-Identifier: GPL-2.0-or-later
"""What a sheet must hold, in numbers; millimetres of paper unless said otherwise."""

from __future__ import annotations

#: How far a page may be from 297 x 420, and what stays free along its sides.
PAGE, MARGIN = 0.5, 5.0
A3 = (297.0, 420.0)
#: How deep two signs, or names, may lie on each other; two texts of a list a little more.
TOUCH, TOUCH_TEXT = 0.1, 0.3
#: How far signs stand from their places: on average, and at most.
MEAN_AWAY, MOST_AWAY = 3.5, 8.0
#: How far a map's scale may be from the one that is printed, as a part of it.
SCALE = 0.001
#: Points of the smallest letters; least contrast of letters (WCAG 2.1, 1.4.3).
LETTERS, CONTRAST = 6.0, 4.5
#: How far apart two symbols are in lightness (L* of CIE 1976), and in colour as a
#: deuteranope sees it (distance in L*a*b*).
LIGHTNESS, COLOUR = 15.0, 15.0
#: Bytes of a sheet's PDF.
BYTES = 5_000_000
#: Operators that draw, at least, on a page that is not blank.
OPERATORS = 200
#: The part of the words in either script that must be found again in a PDF.
WORDS = 0.995
#: The families that the plugin brings, as a PDF names their fonts.
FAMILIES = ("NotoSans-", "NotoSansArabicUI-")
#: Dots to the inch of images, and how many dots they may be off.
DPI, DOTS = 300, 2
