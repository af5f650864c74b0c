# SPDX-License-Identifier: GPL-2.0-or-later
"""How the name of one Moroccan place is written in many ways.

Nothing here knows any place: only how transliterations differ. A name has keys
from strict to loose (``keys``); two names whose keys meet early are surely the
same, two that meet only on the last may be neighbours and need a second witness
(``domain.places.gazetteer`` asks for the province or for uniqueness).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ..text import fold, is_arabic


def word_set(*lines: str) -> frozenset[str]:
    """Return the words of some lines as a set."""
    return frozenset(word for line in lines for word in line.split())


GENERIC = (
    # (level, words before the name once folded); longest first within a level
    ("commune", r"(?:communes?|c)(?: (?:urbaine|rurale|territoriale|u|r|t))?"),
    ("commune", r"cu|cr|ct|municipalite|ville"),
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
    "oulad": "ulad ouled awlad aoulad ouelad oled olad wlad uled",
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
}
"""A usual word of place names, and its other spellings."""

_WORD = {other: word for word, others in SAME_WORDS.items() for other in others.split()}

_ARABIC_WORD = {"ابن": "بن", "ولاد": "اولاد", "اد": "ايدا", "ايد": "ايدا", "واد": "وادي"}

# One sound, several transliterations: (pattern, sign). Capitals stand for sounds
# that take two letters, so that their halves are not touched again.
_SOUNDS = tuple(
    (re.compile(pattern), sign)
    for pattern, sign in (
        (r"tch|sch|ch|sh", "C"),
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
        (r"ou|[wouv]", "u"),
        (r"y", "i"),
        (r"h", ""),
        (r"(.)\1+", r"\1"),
    )
)
_SILENT = re.compile("[ae]")
_REPEATED = re.compile(r"([iu])\1+")
_DOUBLE = re.compile(r"(.)\1+")
# Letters that are the same, alone or with others, in some of the sounds.
_OUTLINE = str.maketrans("tcsqxjgpظ", "kkkkkdrfض", "aeiouwvyhا")
_VOWELS = str.maketrans("", "", "iu")
_JOINED_ARTICLE = re.compile(r"^[ae]l(?=[bcfghjkmpq]\w{3}|ou\w{3})")
_POSTAL = re.compile(r"\d{4,}")

_ARABIC_SOUNDS = str.maketrans(
    {"ط": "ت", "ص": "س", "ض": "د", "ظ": "د", "ذ": "د", "ث": "ت", "ق": "ك", "غ": "ك",
     "ج": "ك", "ا": "", "و": "", "ي": "", "ه": "ه"}
)  # fmt: skip

ASIDE = re.compile(r"[(\[]([^)\]]*)[)\]]")
"""What is said in brackets."""

HOLDERS = re.compile(r"\s*[,،()\[\]«»\"“”:|]\s*")
"""What stands between a place and the wider place that holds it, and in no name."""

SEPARATORS = re.compile(rf"{HOLDERS.pattern}|\s+[-–—]+\s+|\s*[–—]\s*")
"""The same, and dashes, which stand in a few names too."""

LISTS = re.compile(r"\s*[/;&+؛]\s*|\s+(?:et|ou|أو)\s+|\s+و\s+")
"""What stands between two places of the same rank."""

QUARTER = re.compile(
    r"^(?:hay|quartier|quart|lot|lotissement|residence|res|centre ville|centre|cite|zone|zi|"
    r"rue|avenue|av|bd|boulevard|place|route|rte|angle|immeuble|imm|medina|secteur|bloc|"
    r"km|n|no|numero|bp|cedex|\d+\w*|حي|شارع|زنقه|تجزءه|اقامه|رقم|وسط|ساحه|طريق)\b"
)
"""How a folded piece of address inside a town begins."""

RURAL = re.compile(r"^(?:douar|dr|cercle|caidat|fraction|tribu|دوار|قياده|داءره)\b")
"""How a folded piece of address outside a town begins."""

FILLER = word_set("ville centre cedex maroc morocco medina nord sud est ouest المغرب")
"""Words that add nothing to a town's name."""


def _single(text: str) -> str:
    return _DOUBLE.sub(r"\1", text)


COMMON_WORDS = frozenset(
    _single(word)
    for word in word_set(
        "souk had tnine tlat arbaa khemis jamaa sebt kasba ksar zaouia douar dar ain ait oulad bni",
        "ben sidi moulay lalla ras bir oued jbel foum tizi imi bab hay plage ville centre village",
        "medina quartier commune dechra cap gharb el al rharb gare station mosquee ecole port",
        "karia kariat",
        "سوق حد اثنين ثلاثاء اربعا خميس جمعه سبت قصبه قصر زاويه دوار دار عين ايت اولاد بني بن سيدي",
        "مولاي لاله راس بير وادي جبل فم باب حي شاطي مركز مدينه غرب",
    )
)
"""Words that begin many names and make none by themselves, in their usual spelling."""


class Keys(NamedTuple):
    """The forms under which one name is looked up, strict to loose.

    ``exact`` is the folded name; ``compact`` drops articles, spaces and double letters
    and brings usual words to one spelling; ``sound`` writes each sound one way, without
    the vowels a and e; ``voiced`` is the sound with its vowels, to measure how near two
    spellings are; ``bones`` has no vowel at all.
    """

    exact: str
    compact: str
    sound: str
    voiced: str
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
    text = " ".join(word for word in fold(name).split() if not _POSTAL.fullmatch(word))
    for level, pattern in _GENERIC:
        found = pattern.match(text)
        if found:
            return level, text[found.end() :]
    return None, text


def stems(name: str) -> tuple[str, ...]:
    """Return the telling words of a name, each in its compact form."""
    folded = fold(name)
    if is_arabic(folded):
        return tuple(_arabic_words(folded))
    return tuple(_single(word) for word in _latin_words(folded))


def _latin_words(folded: str) -> list[str]:
    words = folded.split()
    return [one for one in map(_latin_word, words) if one] or words


def _latin_word(word: str) -> str:
    if word in ARTICLES:
        return ""
    usual = _WORD.get(word, word)
    bare = _JOINED_ARTICLE.sub("", usual)
    return _WORD.get(bare, bare)


@lru_cache(maxsize=4096)
def telling_word(word: str) -> str:
    """Return a folded word in its usual spelling, without its article; "" for an article."""
    return _arabic_word(word) if is_arabic(word) else _latin_word(word)


@lru_cache(maxsize=4096)
def outline(compact: str) -> str:
    """Return what two names of a script have in common if they are the same in any spelling.

    Letters that stand for each other in a sound are one letter, vowels are left out. The outline
    of two words is the outline of their outlines.
    """
    return _single(compact.translate(_OUTLINE))


def _latin_keys(exact: str) -> Keys:
    compact = _single("".join(_latin_words(exact)))
    voiced = compact
    for pattern, sign in _SOUNDS:
        voiced = pattern.sub(sign, voiced)
    sound = _REPEATED.sub(r"\1", _SILENT.sub("", voiced))
    return Keys(exact, compact, _long(sound, 3), voiced, _long(sound.translate(_VOWELS), 3))


def _arabic_words(folded: str) -> list[str]:
    return [_arabic_word(word) for word in folded.split()]


def _arabic_word(word: str) -> str:
    bare = word[2:] if word.startswith("ال") and len(word) > 3 else word
    return _ARABIC_WORD.get(bare, bare)


def _arabic_keys(exact: str) -> Keys:
    compact = "".join(_arabic_words(exact))
    sound = compact.replace("ا", "").replace("ظ", "ض")
    bones = compact.translate(_ARABIC_SOUNDS)
    return Keys(exact, compact, _long(sound, 3), compact, _long(bones, 4))


def _long(key: str, least: int) -> str:
    return key if len(key) >= least else ""
