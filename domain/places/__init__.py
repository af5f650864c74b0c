# SPDX-License-Identifier: GPL-2.0-or-later
"""From what people write to a unit of the country.

The front of the modules that find places: ``Gazetteer.find`` reads a name,
``locate_record`` a whole record, ``Locator`` a point. A gazetteer never guesses: an
answer is one unit, or says why not (``PlaceAnswer.kind``):

- ``found``      one commune, arrondissement or divided city;
- ``ambiguous``  several, given as candidates;
- ``conflict``   the name is known, but not in the stated province or region;
- ``wider``      only a province or a region is named;
- ``old_region`` one of the sixteen regions of 1997-2015 is named, which is never
  taken for one of today's twelve;
- ``unknown``    nothing of that name, candidates being near spellings;
- ``empty``      nothing was written.

Homonyms. In the census of 2024 no two communes of one province bear the same name,
so a stated province tells them apart. Without it, two communes of the same name are
ambiguous even if one is a town and the other a village: a file gives no ground to
prefer the town. A rural commune and a bigger town that people call the same are
ambiguous too (« Rissani », « Dcheira »), where the census writes the town otherwise.
"""

from __future__ import annotations

from .gazetteer import Conflict, Gazetteer, PlaceAnswer
from .locator import TOLERANCE, Located, Locator
from .records import locate_record
from .rows import Alias, OldRegion, Place, Point, Unit

__all__ = (
    "TOLERANCE",
    "Alias",
    "Conflict",
    "Gazetteer",
    "Located",
    "Locator",
    "OldRegion",
    "Place",
    "PlaceAnswer",
    "Point",
    "Unit",
    "locate_record",
)
