# SPDX-License-Identifier: GPL-2.0-or-later
"""The institution/service schema, read from ``data/schema.json``.

Everything else is derived from it: the tables of a store, QGIS forms, the columns that an
importer recognises, the fields that the page and the sheets may read. Adding a field, a term
or a language is an edit of the data files only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from .datafiles import DATA
from .errors import SchemaError
from .terms import Labels, Term, join_multiple, load_terms, split_multiple

SCHEMA_FILE = DATA / "schema.json"
VOCABULARY_FILE = DATA / "vocabulary.csv"


@dataclass(frozen=True)
class Language:
    """A language of the texts: ISO 639 code, own name, direction (``ltr`` or ``rtl``).

    In a ``required`` language readers expect every text: a gap is a warning. Only the first
    language's name is demanded before publishing (see ``_fields``).
    """

    code: str
    name: str
    direction: str
    required: bool


@dataclass(frozen=True)
class Field:
    """One column of a table.

    ``required`` is ``"always"``, ``"published"`` or empty. ``base`` is the field's name
    without its language (``name`` of ``name_fr``), ``language`` the code or empty.
    """

    name: str
    type: str
    label: Labels
    base: str
    language: str = ""
    help: Labels = field(default_factory=dict)
    vocabulary: str = ""
    multiple: bool = False
    references: str = ""
    required: str = ""
    default: str = ""
    unique: bool = False
    public: bool = False
    read_only: bool = False
    group: str = "identity"
    minimum: int | None = None
    maximum: int | None = None
    headings: tuple[str, ...] = ()

    def allows(self, number: float) -> bool:
        """Return whether a number lies within the field's bounds, if it has any."""
        least, most = self.minimum, self.maximum
        return (least is None or number >= least) and (most is None or number <= most)


@dataclass(frozen=True)
class Table:
    """A table: its key, its fields in order, and whether its changes are recorded."""

    name: str
    key: str
    label: Labels
    fields: tuple[Field, ...]
    geometry: str = ""
    tracked: bool = False
    common: bool = False
    unique: tuple[tuple[str, ...], ...] = ()

    def field(self, name: str) -> Field:
        """Return the field called ``name``; KeyError if the table has none."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {one.name: one for one in self.fields}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Column names in order, the geometry not among them."""
        return tuple(one.name for one in self.fields)


@dataclass(frozen=True)
class Column:
    """A column of incoming files that is no field of its own (a town's name, a latitude)."""

    name: str
    table: str
    headings: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Schema:
    """Tables, languages, groups of fields and closed lists, as declared in ``data/``.

    Compared by identity, so that what is derived from a schema can be cached.
    """

    version: int
    languages: tuple[Language, ...]
    groups: Mapping[str, Labels]
    tables: tuple[Table, ...]
    columns: tuple[Column, ...]
    terms: tuple[Term, ...]

    def table(self, name: str) -> Table:
        """Return the table called ``name``; KeyError if there is none."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Table]:
        return {one.name: one for one in self.tables}

    def vocabulary(self, name: str) -> tuple[Term, ...]:
        """Return the terms of one closed list in their order, deprecated ones included."""
        return tuple(term for term in self.terms if term.vocabulary == name)

    @cached_property
    def required_languages(self) -> tuple[str, ...]:
        """Codes of the languages in which what a reader sees is expected to be complete."""
        return tuple(one.code for one in self.languages if one.required)


def load_schema(path: Path = SCHEMA_FILE, vocabulary: Path = VOCABULARY_FILE) -> Schema:
    """Read the schema and its closed lists; SchemaError if they contradict themselves."""
    return _load(Path(path), Path(vocabulary), _mtime(path), _mtime(vocabulary))


def _mtime(path: Path) -> int:
    return Path(path).stat().st_mtime_ns


@lru_cache(maxsize=8)
def _load(path: Path, vocabulary: Path, *_stamps: int) -> Schema:
    raw = json.loads(path.read_text(encoding="utf-8"))
    languages = tuple(Language(**one) for one in raw["languages"])
    tables = tuple(_table(one, raw["common"], languages) for one in raw["tables"])
    schema = Schema(
        version=raw["version"],
        languages=languages,
        groups={one["name"]: one["label"] for one in raw["groups"]},
        tables=tables,
        columns=tuple(Column(one["name"], one["table"], _headings(one)) for one in raw["columns"]),
        terms=load_terms(vocabulary, [one.code for one in languages]),
    )
    _check(schema)
    return schema


def _table(raw: Mapping, common: list, languages: tuple[Language, ...]) -> Table:
    defaults = raw.get("defaults", {})
    declared = list(raw["fields"]) + (list(common) if raw.get("common") else [])
    fields = []
    for one in declared:
        if one["name"] in defaults:
            one = {**one, "default": str(defaults[one["name"]])}
        if one.get("references") == "self":
            one = {**one, "references": raw["name"]}
        fields.extend(_fields(one, languages))
    return Table(
        name=raw["name"],
        key=raw["key"],
        label=raw["label"],
        fields=tuple(fields),
        geometry=raw.get("geometry") or "",
        tracked=bool(raw.get("tracked")),
        common=bool(raw.get("common")),
        unique=tuple(tuple(group) for group in raw.get("unique", ())),
    )


def _fields(raw: Mapping, languages: tuple[Language, ...]) -> list:
    """Expand a translated field into one column per language."""
    known = {key: value for key, value in raw.items() if key not in ("translated", "headings")}
    if not raw.get("translated"):
        return [Field(**known, base=raw["name"], headings=_headings(raw))]
    fields = []
    for language in languages:
        # A text is demanded in the first language only; a missing Arabic text is a warning,
        # because few institutions send it yet and an office left out helps nobody.
        required = raw.get("required", "") if language is languages[0] else ""
        label = {key: f"{text} ({language.name})" for key, text in raw["label"].items()}
        own = raw.get("headings", {}).get(language.code, ())
        fields.append(
            Field(
                **{
                    **known,
                    "name": f"{raw['name']}_{language.code}",
                    "label": label,
                    "required": required,
                },
                base=raw["name"],
                language=language.code,
                headings=tuple(own) + _suffixed_headings(raw, language),
            )
        )
    return fields


def _headings(raw: Mapping) -> tuple[str, ...]:
    """All headings that name a column: its own name, its labels, the declared synonyms."""
    listed = [text for texts in raw.get("headings", {}).values() for text in texts]
    labels = [raw["name"].replace("_", " "), *raw.get("label", {}).values()]
    return tuple(dict.fromkeys(labels + listed))


def _suffixed_headings(raw: Mapping, language: Language) -> tuple[str, ...]:
    """Headings that carry their language: « name_ar », « Nom (arabe) », « Nom AR »."""
    named = {"fr": "français", "ar": "arabe", "en": "anglais", "es": "espagnol"}
    texts = [*raw.get("label", {}).values(), *raw.get("headings", {}).get("fr", ())]
    words = [
        language.code,
        language.name,
        *([named[language.code]] if language.code in named else []),
    ]
    made = [f"{raw['name']}_{language.code}"]
    made += [f"{text} {word}" for text in texts for word in words]
    made += [f"{text} en {word}" for text in texts for word in words[2:]]
    return tuple(dict.fromkeys(made))


def _check(schema: Schema) -> None:
    """Refuse a schema that names a table or a closed list which does not exist."""
    tables = {table.name for table in schema.tables}
    vocabularies = {term.vocabulary for term in schema.terms}
    for table in schema.tables:
        if table.key not in table.names:
            raise SchemaError(
                "schema.json: table {table} lacks its key {key}.", table=table.name, key=table.key
            )
        for one in table.fields:
            if one.references and one.references not in tables:
                raise SchemaError(
                    "schema.json: {table}.{field} refers to {references}, which is no table.",
                    table=table.name,
                    field=one.name,
                    references=one.references,
                )
            if one.vocabulary and one.vocabulary not in vocabularies:
                raise SchemaError(
                    "schema.json: {table}.{field} uses the list {vocabulary}, which "
                    "vocabulary.csv does not have.",
                    table=table.name,
                    field=one.name,
                    vocabulary=one.vocabulary,
                )
    seen = set()
    for term in schema.terms:
        if (term.vocabulary, term.code) in seen:
            raise SchemaError(
                "vocabulary.csv: {vocabulary}/{code} stands twice.",
                vocabulary=term.vocabulary,
                code=term.code,
            )
        seen.add((term.vocabulary, term.code))


__all__ = [
    "DATA",
    "Column",
    "Field",
    "Labels",
    "Language",
    "Schema",
    "Table",
    "Term",
    "join_multiple",
    "load_schema",
    "split_multiple",
]
