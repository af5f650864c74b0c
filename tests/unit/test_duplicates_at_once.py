# SPDX-License-Identifier: GPL-2.0-or-later
"""The search for duplicates among many, done in arrays, beside the same one by one."""

import random
from bisect import bisect_left

import pytest
from carte_cp3.domain.duplicates import find_duplicates, index_of
from carte_cp3.domain.duplicates import index as duplicate_index
from carte_cp3.domain.duplicates.scoring import logit, weigh
from carte_cp3.store.boundaries import load_gazetteer

LARACHE, TANGER, SETTAT, CASABLANCA = "01.331.01.03", "01.511.01.0", "06.461.01.15", "06.141.01.0"
TOWNS = (LARACHE, TANGER, SETTAT, CASABLANCA)


def made_up(chance, number, towns):
    """A record that shares something with many others, by chance."""
    kind, quarter = chance.choice(("ISTA", "CFP", "Agence", "")), chance.choice("ABCDEFGH")
    name = f"{kind} SPÉCIMEN {chance.choice(('Nahda', 'Salam', 'Al Fida', ''))} {quarter}ourouk"
    return {
        "site_id": f"{number:04d}",
        "name_fr": f"{name} {chance.choice(('', '', 1, 2))}",
        "name_ar": chance.choice((None, None, "النهضة", "السلام 2")),
        "commune_code": chance.choice(towns),
        "institution_code": chance.choice(("OFPPT", "OFPPT", "EN", "")),
        "kind": chance.choice((None, "ista", "cfp", "agence")),
        "phone": chance.choice((None, f"+21252200{chance.randrange(200):04d}")),
        "phone_2": chance.choice((None, None, f"+21252200{chance.randrange(200):04d}")),
        "lon": -6 + chance.randrange(12) / 1000,
        "lat": 34 + chance.randrange(12) / 1000,
        "precision": chance.choice(("street", "commune", "entrance")),
        "external_id": chance.choice((None, f"C{chance.randrange(300)}")),
        "address_fr": chance.choice((None, f"{chance.randrange(20)} rue SPÉCIMEN Nahda Salam")),
    }


def near(postings, keys, rank):
    """Whom a rank finds: all under a key that up to 24 share, else six on each side."""
    found = set()
    for ranks in (postings.get(key, []) for key in keys):
        here = bisect_left(ranks, rank)
        found.update(ranks if len(ranks) <= 24 else ranks[max(0, here - 6) : here + 7])
    return found


def postings(signs, keys):
    listed = {}
    for rank, sign in enumerate(signs):
        for key in set(keys(sign)):
            listed.setdefault(key, []).append(rank)
    return listed


def compared(index, asked):
    """Yield who is compared with whom, from the rule as ``duplicates.index`` states it."""
    own = duplicate_index
    signs = index.signs
    shared, cells = postings(signs, own._keys), postings(signs, own._cell)
    kinds, words = postings(signs, own._kind_keys), postings(signs, own._everywhere)
    townless = postings(signs, lambda one: () if one.town.code else own._everywhere(one))
    for rank in asked:
        sign = signs[rank]
        found = near(shared, own._keys(sign), rank) | near(cells, own._around(sign), rank)
        if len(asked) < len(signs):
            found |= near(townless, own._everywhere(sign), rank)
        further = set()
        if not sign.town.code:
            further = near(words, own._everywhere(sign), rank)
        elif len(found) <= 2:
            further = near(kinds, own._kind_keys(sign), rank)
        for other in found:
            if other > rank or other not in asked:
                yield rank, other
        for other in further - found - {rank}:
            yield rank, other


@pytest.mark.parametrize(
    ("count", "towns", "share"),
    [
        (900, TOWNS, 1.0),
        (900, TOWNS, 0.3),
        (60, (LARACHE, TANGER, None), 1.0),
        (500, (LARACHE, SETTAT, None), 1.0),
        (500, (LARACHE, SETTAT, None), 0.4),
        (40, (None,), 0.5),
    ],
)
def test_all_at_once_finds_what_one_by_one_finds(count, towns, share):
    chance = random.Random(20261121)
    gazetteer = load_gazetteer()
    records = [made_up(chance, number, towns) for number in range(count)]
    only = {one["site_id"] for one in records if chance.random() < share}
    index = index_of(records, gazetteer)
    asked = {rank for rank, sign in enumerate(index.signs) if sign.key in only}
    expected = set()
    for one, other in compared(index, asked):
        if weigh(index.signs[one], index.signs[other], logit(0.5)):
            expected.add(frozenset((index.signs[one].key, index.signs[other].key)))
    pairs = find_duplicates(records, gazetteer, only=only)
    assert len(pairs) > 15
    assert {frozenset((pair.key_a, pair.key_b)) for pair in pairs} == expected
    assert len(pairs) == len(expected)
    for pair in pairs:
        assert pair.key_a in only
        assert pair.key_b not in only or pair.key_a > pair.key_b
