# SPDX-License-Identifier: GPL-2.0-or-later
"""The last hand on a page: our assets, our words, nothing unused, and what it may load.

Pure work on a folder, the same whichever backdrop made the page.
"""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from .lighten import inline_scripts, style_attributes
from .loading import asked_ahead, css_files, inline_styles, with_styles
from .page.markup import escape

RESOURCES = Path(__file__).resolve().parents[2] / "resources" / "web"
TEMPLATE = RESOURCES / "cp3.html"
LABELS = RESOURCES / "labels.json"
INDEX = "index.html"

#: Files that nothing in the page's text names, or that only its program or its plain pages do.
_KEPT = (INDEX, "data/cp3.json", "assets/LICENSES.txt", "assets/cp3.css")
#: What the program asks for by number.
PARTS = "data/sites/"
#: What fills qgis2web's placeholders when the page stands on the built-in backdrop.
BUILTIN = {
    "CSSADDRESS": '<link rel="stylesheet" href="assets/leaflet.css">',
    "JSADDRESS": '<script src="assets/leaflet.js"></script>',
    "OL3_GEOJSONVARS": '<script src="data/backdrop.js"></script>',
    "QGIS2WEBJS": '<script src="assets/backdrop.js"></script>',
}
_OURS = re.compile(r"@(CP3_[A-Z]+)@")
_ANY = re.compile(r"@([A-Z][A-Z0-9_]*)@")


def template() -> str:
    """Return the page's template."""
    return TEMPLATE.read_text(encoding="utf-8")


def write_builtin_page(folder: Path) -> None:
    """Write ``index.html`` on the built-in backdrop, our own placeholders still open."""
    page = _ANY.sub(lambda found: _or_open(found), template())
    (folder / INDEX).write_text(page, encoding="utf-8")


def _or_open(found: re.Match) -> str:
    return found[0] if _OURS.fullmatch(found[0]) else BUILTIN.get(found[1], "")


def copy_assets(folder: Path) -> None:
    """Lay the page's program, look and licences into a folder."""
    shutil.copytree(RESOURCES / "assets", folder / "assets", dirs_exist_ok=True)


def fill(folder: Path, values: Mapping[str, str], tile_hosts: Sequence[str] = ()) -> None:
    """Fill our placeholders with HTML, in one pass: what is put in is never read again.

    In it ``@`` becomes a character reference: no text of the data looks like a placeholder.
    The policy is written last, from the page as it will be sent.
    """
    index = folder / INDEX
    page = with_styles(index.read_text(encoding="utf-8"), folder)
    own = {"CP3_CSP": escape(content_policy(page, tile_hosts)), "CP3_AHEAD": asked_ahead(page)}
    given = {name: text.replace("@", "&#64;") for name, text in {**values, **own}.items()}
    page = _OURS.sub(lambda found: given.get(found[1], ""), page)
    index.write_text(page, encoding="utf-8")


def content_policy(page: str, tile_hosts: Sequence[str] = ()) -> str:
    """Return the Content-Security-Policy: the page's own files, and inline code by its hash."""
    scripts = _hashes(inline_scripts(page))
    sheets = _hashes(inline_styles(page))
    styles = _hashes(style_attributes(page))
    images = [f"{scheme}://{host}" for host in tile_hosts for scheme in ("https", "http")]
    parts = [
        "default-src 'self'",
        " ".join(["script-src 'self'", *scripts]),
        " ".join(["style-src 'self'", *sheets, *(["'unsafe-hashes'", *styles] if styles else [])]),
        " ".join(["img-src 'self' data:", *images]),
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ]
    return "; ".join(parts)


def _hashes(texts: Iterable[str]) -> list[str]:
    digests = (hashlib.sha256(text.encode("utf-8")).digest() for text in texts)
    return sorted({f"'sha256-{base64.b64encode(one).decode('ascii')}'" for one in digests})


def prune(folder: Path) -> None:
    """Delete what the page never names, and pointers to source maps that are not published."""
    used = used_files(folder)
    for file in sorted(folder.rglob("*"), reverse=True):
        if file.is_dir():
            if not any(file.iterdir()):
                file.rmdir()
        elif file.relative_to(folder).as_posix() not in used:
            file.unlink()
    for file in folder.rglob("*.js"):
        text = file.read_text(encoding="utf-8")
        lean = re.sub(r"\n?//# sourceMappingURL=\S*\s*$", "\n", text)
        if lean != text:
            file.write_text(lean, encoding="utf-8")


def used_files(folder: Path) -> set[str]:
    """The files that the page, its data, its styles or its own scripts name."""
    page = (folder / INDEX).read_text(encoding="utf-8")
    data = (folder / "data" / "cp3.json").read_text(encoding="utf-8")
    names = [file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()]
    text = page + data
    used = {one for one in names if one in _KEPT or one.startswith(PARTS) or f'"{one}"' in text}
    sheets = {name: folder / name for name in used if name.endswith(".css")}
    for name, sheet in sheets.items():
        used |= css_files(names, sheet.read_text(encoding="utf-8"), posixpath.dirname(name))
    return used.union(*(css_files(names, sheet) for sheet in inline_styles(page)))
