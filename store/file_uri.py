# SPDX-License-Identifier: GPL-2.0-or-later
"""How SQLite is told which file to open, and in which way."""

from __future__ import annotations

from pathlib import PurePath


def file_uri(path: PurePath, how: str) -> str:
    """Return the URI of a file for ``sqlite3.connect``; ``how`` is its query (« mode=ro »).

    ``path`` is absolute. SQLite knows no host but this machine: the server of a share
    (\\\\server\\share, and a drive that stands for one) belongs to the path.
    """
    uri = path.as_uri()
    if not uri.startswith("file:///"):
        uri = uri.replace("file:", "file://", 1)
    return f"{uri}?{how}"
