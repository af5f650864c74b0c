# SPDX-License-Identifier: GPL-2.0-or-later
"""What search engines ask for: ``robots.txt``, and a sitemap where the web address is known.

The sitemap protocol (sitemaps.org) demands whole addresses and at most 50,000 of them a file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from ....domain.errors import PublishError
from .markup import escape

MOST_ADDRESSES = 50_000
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def web_folder(address: str) -> str:
    """Return where a publication stands on the web, ending in a slash; empty if not known.

    Raises PublishError for anything but http or https, and for a query or a fragment.
    """
    trimmed = address.strip()
    if not trimmed:
        return ""
    if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:/[A-Za-z0-9._~%/-]*)?", trimmed):
        raise PublishError(
            "« {address} » is no web address for the page. Write it as https://example.org/map/, "
            "or leave it empty.",
            address=trimmed,
        )
    return re.sub(r"/index\.html$", "", trimmed).rstrip("/") + "/"


def write_sitemap(folder: Path, address: str, pages: Sequence[str], released: str) -> None:
    """Write ``robots.txt``, and with an address the sitemap, in parts where it is long."""
    lines = ["User-agent: *", "Allow: /"]
    if address:
        lines.append(f"Sitemap: {address}sitemap.xml")
        _write_parts(folder, address, ["index.html", *pages], released[:10])
    (folder / "robots.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def at_root(address: str) -> bool:
    """Say whether a folder is the root of its host: only there is ``robots.txt`` read."""
    return address.count("/") == 3


def _write_parts(folder: Path, address: str, pages: Sequence[str], day: str) -> None:
    parts = [pages[at : at + MOST_ADDRESSES] for at in range(0, len(pages), MOST_ADDRESSES)]
    if len(parts) == 1:
        (folder / "sitemap.xml").write_text(_listed("urlset", "url", address, pages, day), "utf-8")
        return
    names = [f"sitemap-{number}.xml" for number, _part in enumerate(parts, 1)]
    for name, part in zip(names, parts):
        (folder / name).write_text(_listed("urlset", "url", address, part, day), "utf-8")
    (folder / "sitemap.xml").write_text(
        _listed("sitemapindex", "sitemap", address, names, day), "utf-8"
    )


def _listed(kind: str, entry: str, address: str, pages: Sequence[str], day: str) -> str:
    lines = [
        f"<{entry}><loc>{escape(address + quote(page))}</loc><lastmod>{day}</lastmod></{entry}>"
        for page in pages
    ]
    body = "\n".join(lines)
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{head}\n<{kind} xmlns="{_SPACE}">\n{body}\n</{kind}>\n'
