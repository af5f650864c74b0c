# SPDX-License-Identifier: GPL-2.0-or-later
"""All rules of a sheet's plan."""

from __future__ import annotations

from . import maps, numbers, paper, symbols
from .fault import Fault
from .proof import Proof

#: Of every sheet.
RULES = (
    paper.pages_are_a3,
    paper.nothing_in_the_margin,
    paper.texts_do_not_touch,
    paper.frames_do_not_touch,
    paper.letters_are_large,
    paper.letters_stand_out,
    paper.projection_and_scale_are_printed,
    numbers.sites_are_the_stores,
    numbers.counts_are_the_stores,
    numbers.table_adds_up,
    numbers.tables_hold_their_rows,
    maps.names_do_not_touch,
    maps.leaders_do_not_cross,
    maps.scales_are_of_the_list,
    symbols.symbols_differ,
    symbols.numbers_stand_out,
)
#: Of a region's sheet, which shows its sites; and of the country's, which counts them.
REGION_RULES = (
    numbers.every_number_is_once_on_the_maps,
    numbers.every_number_is_once_in_the_list,
    maps.signs_do_not_touch,
    maps.signs_are_near_their_places,
    maps.names_are_there_or_told,
)
COUNTRY_RULES = (numbers.discs_are_the_stores, maps.regions_are_named)


def check_plan(proof: Proof) -> tuple[Fault, ...]:
    """Return what is wrong with a sheet as it was worked out."""
    own = REGION_RULES if proof.plan.content.web_region else COUNTRY_RULES
    return tuple(fault for rule in (*RULES, *own) for fault in rule(proof))
