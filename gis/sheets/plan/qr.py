# SPDX-License-Identifier: GPL-2.0-or-later
"""The code that leads a telephone from the sheet to the page on the web."""

from __future__ import annotations

#: Free modules around a code (ISO/IEC 18004).
QUIET = 4


def code_rows(text: str) -> tuple[str, ...]:
    """Return a QR code of a text, free of its quiet zone: rows of « 1 » (dark) and « 0 ».

    A code that is a little soiled is still read: 15 % of it may be lost, more where that costs
    no size.
    """
    import segno

    made = segno.make(text, error="m", micro=False)
    return tuple("".join(map(str, row)) for row in made.matrix)


def page_address(folder: str, region: str, languages: tuple[str, ...]) -> str:
    """Return where the page shows a region (empty: all), in the language of a sheet in one.

    ``folder`` is the publication's address on the web, ending in a slash.
    """
    choices = [f"r={region}"] if region else []
    choices += [f"l={languages[0]}"] if len(languages) == 1 else []
    return folder + ("?" + "&".join(choices) if choices else "")
