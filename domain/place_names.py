# SPDX-License-Identifier: GPL-2.0-or-later
"""How the name of one Moroccan place is written in many ways.

Nothing here knows any place: only how transliterations differ. A name has keys
from strict to loose (``keys``); two names whose keys meet early are surely the
same, two that meet only on the last may be neighbours and need a second witness
(``domain.gazetteer`` asks for the province or for uniqueness).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from .text import fold, is_arabic


def word_set(*lines: str) -> frozenset[str]:
    """Return the words of some lines as a set."""
    return frozenset(word for line in lines for word in line.split())


GENERIC = (
    # (level, words before the name once folded); longest first within a level
    ("commune", r"(?:communes?|c)(?: (?:urbaine|rurale|territoriale|u|r|t))?"),
    ("commune", r"municipalite|ville|centre de la ville"),
    ("commune", r"الجماعه (?:الحضريه|القرويه|الترابيه)|(?:ال)?جماعه|بلديه|(?:ال)?مدينه"),
    ("arrondissement", r"arrondissement(?: communal| urbain)?|arrdt|arr"),
    ("arrondissement", r"مقاطعه"),
    ("province", r"prefectures? d arrondissements?|prefecture|province|prov"),
    ("province", r"عماله مقاطعات|عماله مقاطعه|عماله|اقليم"),
    ("region", r"region|wilaya"),
    ("region", r"جهه|ولايه"),
)
"""Words that say what level a name is of, and are no part of it."""

_LINK = r"(?: (?:de la|de l|de|du|des|d))?"
_GENERIC = [(level, re.compile(rf"^(?:{words}){_LINK} (?=\S\S)")) for level, words in GENERIC]

ARTICLES = word_set(
    "el al l la le les de des du d ed ad er ar es as et at en an ez az ech ach eth edh"
)
"""Articles and links that spellings drop or add at will."""

SAME_WORDS = {
    "oulad": "ulad ouled awlad aoulad ouelad oled olad wlad uled ould",
    "bni": "beni bani beny",
    "ben": "b ibn bin",
    "ait": "ayt ayth aith",
    "ain": "ayn aine ayne",
    "sidi": "sid sidy",
    "moulay": "my mly moulai mulay mly",
    "lalla": "lla lala",
    "mohammed": "med mohamed mohammad muhammad",
    "had": "hed hd",
    "jamaa": "jemaa jmaa djemaa jemaat jamaat",
    "arbaa": "larbaa larba arba",
    "khemis": "khmis khemisse",
    "tnine": "tnin letnine",
    "tlat": "tlata tleta tlet",
    "sebt": "sabt",
    "kasba": "kasbah casbah casba qasba qasbah kasbat",
    "kelaa": "kelaat kalaa kalaat qalaa qalaat kalaah kelat galaat elkelaa elkalaa",
    "zaouia": "zaouiat zaouiyat zaouiya zawiya zawiyat zaouit",
    "souk": "souq suq suk soq",
    "ksar": "qsar ksour",
    "oued": "ouad wad wadi oud ouadi",
    "jbel": "jebel djebel djbel jabal",
    "ras": "raas",
    "dar": "dare",
    "saint": "st",
}
"""A usual word of place names, and its other spellings."""

_WORD = {other: word for word, others in SAME_WORDS.items() for other in others.split()}

_ARABIC_WORD = {"ابن": "بن", "ولاد": "اولاد", "اد": "ايدا", "ايد": "ايدا", "واد": "وادي"}

# One sound, several transliterations: (pattern, sign). Capitals stand for sounds
# that take two letters, so that their halves are not touched again.
_SOUNDS = (
    (r"tch|ch|sh|sch", "C"),
    (r"kh|x", "X"),
    (r"gh|rh", "G"),
    (r"dj", "j"),
    (r"ph", "f"),
    (r"th", "t"),
    (r"dh", "d"),
    (r"ck", "k"),
    (r"gu(?=[eiy])", "g"),
    (r"qu(?=[eiy])", "k"),
    (r"c(?=[eiy])", "s"),
    (r"[cq]", "k"),
    (r"ou|oo|[wouv]", "u"),
    (r"[iy]", "i"),
    (r"(.)\1+", r"\1"),
    (r"[aeh]", ""),
    (r"([iu])\1+", r"\1"),
)
_SOUNDS_COMPILED = [(re.compile(pattern), sign) for pattern, sign in _SOUNDS]

_ARABIC_SOUNDS = str.maketrans(
    {"ط": "ت", "ص": "س", "ض": "د", "ظ": "د", "ذ": "د", "ث": "ت", "ق": "ك", "غ": "ك",
     "ج": "ك", "ا": "", "و": "", "ي": "", "ه": "ه"}
)  # fmt: skip


HOLDERS = re.compile(r"\s*[,،()\[\]«»\"“”:|]\s*")
"""What stands between a place and the wider place that holds it, and in no name."""

SEPARATORS = re.compile(rf"{HOLDERS.pattern}|\s+[-–—]+\s+|\s*[–—]\s*")
"""The same, and dashes, which stand in a few names too."""

LISTS = re.compile(r"\s*[/;&+؛]\s*|\s+(?:et|ou|أو)\s+|\s+و\s+")
"""What stands between two places of the same rank."""

QUARTER = re.compile(
    r"^(?:hay|quartier|quart|lot|lotissement|residence|res|centre ville|centre|cite|zone|zi|"
    r"rue|avenue|av|bd|boulevard|place|route|rte|angle|immeuble|imm|medina|secteur|bloc|"
    r"km|n|no|numero|bp|cedex|\d+|حي|شارع|زنقه|تجزءه|اقامه|رقم|وسط|ساحه|طريق)\b"
)
"""How a folded piece of address inside a town begins."""

FILLER = word_set("ville centre cedex maroc morocco medina nord sud est ouest المغرب")
"""Words that add nothing to a town's name."""


class Keys(NamedTuple):
    """The forms under which one name is looked up, strict to loose."""

    exact: str
    compact: str
    sound: str
    bones: str


@lru_cache(maxsize=32768)
def keys(name: str) -> Keys:
    """Return the lookup keys of ``name`` (any spelling, French or Arabic).

    A key too short to tell names apart is empty.
    """
    exact = fold(name)
    return _arabic_keys(exact) if is_arabic(exact) else _latin_keys(exact)


def strip_generic(name: str) -> tuple[str | None, str]:
    """Return the level that the first words of ``name`` state, and the rest, folded.

    "Commune rurale d'Oulad Tayeb" gives ("commune", "oulad tayeb"); the level is
    None when nothing states it. Postal codes are left out.
    """
    text = " ".join(word for word in fold(name).split() if not re.fullmatch(r"\d{4,}", word))
    for level, pattern in _GENERIC:
        found = pattern.match(text)
        if found:
            return level, text[found.end() :]
    return None, text


def words(folded: str) -> list[str]:
    """Return the telling words of a folded Latin name, in their usual spelling."""
    found = [_WORD.get(word, word) for word in folded.split()]
    telling = [word for word in found if word not in ARTICLES]
    return telling or found


def _latin_keys(exact: str) -> Keys:
    compact = re.sub(r"(.)\1+", r"\1", "".join(words(exact)))
    sound = "".join(words(exact))
    for pattern, sign in _SOUNDS_COMPILED:
        sound = pattern.sub(sign, sound)
    bones = re.sub(r"[iu]", "", sound)
    return Keys(exact, compact, sound if len(sound) > 2 else "", bones if len(bones) > 3 else "")


def _arabic_keys(exact: str) -> Keys:
    telling = []
    for word in exact.split():
        bare = word[2:] if word.startswith("ال") and len(word) > 4 else word
        telling.append(_ARABIC_WORD.get(bare, bare))
    compact = "".join(telling)
    sound = compact.replace("ا", "").replace("ظ", "ض")
    bones = compact.translate(_ARABIC_SOUNDS)
    return Keys(exact, compact, sound if len(sound) > 2 else "", bones if len(bones) > 3 else "")
