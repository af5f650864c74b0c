# SPDX-License-Identifier: GPL-2.0-or-later
"""All rules of a sheet's plan."""

from __future__ import annotations

from . import maps, numbers, paper, symbols
from .fault import Fault
from .proof import Proof

RULES = (
    paper.pages_are_a3,
    paper.nothing_in_the_margin,
    paper.texts_do_not_touch,
    paper.frames_do_not_touch,
    paper.letters_are_large,
    paper.letters_stand_out,
    paper.projection_and_scale_are_printed,
    numbers.every_number_is_once_on_the_maps,
    numbers.every_number_is_once_in_the_list,
    numbers.sites_are_the_stores,
    numbers.counts_are_the_stores,
    numbers.table_adds_up,
    numbers.tables_hold_their_rows,
    maps.signs_do_not_touch,
    maps.names_do_not_touch,
    maps.leaders_do_not_cross,
    maps.signs_are_near_their_places,
    maps.names_are_there_or_told,
    maps.scales_are_of_the_list,
    symbols.symbols_differ,
    symbols.numbers_stand_out,
)


def check_plan(proof: Proof) -> tuple[Fault, ...]:
    """Return what is wrong with a sheet as it was worked out."""
    return tuple(fault for rule in RULES for fault in rule(proof))
