# SPDX-License-Identifier: GPL-2.0-or-later
"""Write the data dictionary and the import templates from the schema.

    python3 tools/build_dictionary.py [--templates build/templates]

Makes ``docs/dictionary.md`` from ``data/schema.json`` and ``data/vocabulary.csv``; a test says when
the committed one is not current. With ``--templates`` it also writes, for each table that an
institution fills in, an XLSX to hand out and the Table Schema that says the same to a machine.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DICTIONARY = ROOT / "docs" / "dictionary.md"
FILLED_IN = ("site", "service")
_REQUIRED = {"always": "always", "published": "to publish", "": ""}


def package() -> None:
    """Make the checkout importable as ``carte_cp3``, whatever its folder is called."""
    if "carte_cp3" in sys.modules:
        return
    spec = importlib.util.spec_from_file_location(
        "carte_cp3", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["carte_cp3"] = module
    spec.loader.exec_module(module)


def dictionary(schema) -> str:
    """Return the dictionary as Markdown: tables with their fields, then the closed lists."""
    return "\n".join((*_introduction(schema), *_tables(schema), *_lists(schema))) + "\n"


def _introduction(schema) -> Iterator[str]:
    languages = ", ".join(f"{one.name} (`{one.code}`)" for one in schema.languages)
    yield "# Data dictionary"
    yield ""
    yield f"Version {schema.version} of the schema, made by `tools/build_dictionary.py` from"
    yield "`data/schema.json` and `data/vocabulary.csv`: edit those, then run it again."
    yield f"Languages of the texts: {languages}; `_L` stands for one column a language."
    yield "Page, sheets and exports read *public* fields of published public records only."


def _tables(schema) -> Iterator[str]:
    names = {language.code: language.name for language in schema.languages}
    for table in schema.tables:
        labels = table.label
        yield ""
        yield f"## {table.name}: {labels['en']} · {labels['fr']} · {labels['ar']}"
        yield ""
        kind = f"{table.geometry}, EPSG:4326" if table.geometry else "no geometry"
        history = "changes recorded" if table.tracked else "changes not recorded"
        yield f"Key `{table.key}`; {kind}; {history}."
        yield ""
        yield "| field | meaning | type | values | required | public |"
        yield "| --- | --- | --- | --- | --- | --- |"
        written = set()
        for field in table.fields:
            name = f"{field.base}_L" if field.language else field.name
            if name not in written:
                written.add(name)
                yield _line(name, field, names)


def _line(name: str, field, languages) -> str:
    meaning = " · ".join(field.label[code] for code in ("en", "fr") if field.label.get(code))
    if field.language:  # the label of a column says its language, that of the field does not
        meaning = meaning.replace(f" ({languages[field.language]})", "")
    values = f"list `{field.vocabulary}`" if field.vocabulary else ""
    values = f"→ `{field.references}`" if field.references else values
    values += ", several" if field.multiple else ""
    public = "yes" if field.public else ""
    cells = (f"`{name}`", meaning, field.type, values, _REQUIRED[field.required], public)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _lists(schema) -> Iterator[str]:
    yield ""
    yield "# Closed lists"
    codes = [language.code for language in schema.languages]
    for name in dict.fromkeys(term.vocabulary for term in schema.terms):
        yield ""
        yield f"## {name}"
        yield ""
        yield "| code | " + " | ".join(codes) + " |"
        yield "| --- |" + " --- |" * len(codes)
        for term in schema.vocabulary(name):
            gone = f" (replaced by `{term.deprecated_by}`)" if term.deprecated_by else ""
            labels = (term.labels.get(code) or "" for code in codes)
            yield f"| `{term.code}`{gone} | " + " | ".join(labels) + " |"


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--templates", type=Path)
    folder = parser.parse_args().templates
    package()
    from carte_cp3.domain.schema import load_schema
    from carte_cp3.store.templates import write_table_schema, write_template

    schema = load_schema()
    DICTIONARY.write_text(dictionary(schema), encoding="utf-8")
    print(DICTIONARY)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        for table in FILLED_IN:
            write_template(schema, folder / f"{table}.xlsx", table)
            write_table_schema(schema, folder / f"{table}.schema.json", table)
            print(folder / f"{table}.xlsx")


if __name__ == "__main__":
    main()
