# SPDX-License-Identifier: GPL-2.0-or-later
"""What makes a published page work without network: its worker and its manifest. Pure."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .finish import INDEX, RESOURCES, used_files
from .page.values import script_json

WORKER = "sw.js"
MANIFEST = "manifest.webmanifest"
#: What every card may ask for, whichever records were looked at; as ``web/src/parts.ts`` asks.
COMMUNES = "data/sites/communes.js"
#: Characters of a name under an icon: about two lines of it.
_SHORT = 24
_KEPT = (".js", ".css", ".svg", ".png", ".woff2")


def write_offline(folder: Path, data: Mapping[str, Any]) -> None:
    """Write the worker, which keeps the page's own files, and the manifest of a finished folder."""
    files = sorted(
        name for name in used_files(folder) if name.endswith(_KEPT) and "data/sites/" not in name
    )
    release = str(data.get("release") or "")
    values = {
        '"@CP3_RELEASE@"': script_json(release),
        '["@CP3_FILES@"]': script_json([INDEX, *files, f"{COMMUNES}?v={quote(release, safe='')}"]),
    }
    worker = (RESOURCES / WORKER).read_text(encoding="utf-8")
    worker = re.sub("|".join(map(re.escape, values)), lambda found: values[found[0]], worker)
    (folder / WORKER).write_text(worker, encoding="utf-8")
    text = json.dumps(manifest(data), ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def manifest(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the page's web application manifest, in its first language."""
    language = data.get("default_language") or "fr"
    name = (data.get("title") or {}).get(language) or "Carte CP3"
    return {
        "name": name,
        "short_name": textwrap.shorten(name, _SHORT, placeholder=""),
        "lang": language,
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#1a4fb4",
        "icons": [{"src": "assets/icon.svg", "sizes": "any", "type": "image/svg+xml"}],
    }
