# SPDX-License-Identifier: GPL-2.0-or-later
"""What the dock remembers from one day to the next, kept in QGIS's own settings."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from qgis.core import QgsSettings

_GROUP = "carte_cp3"
_RECENT = 8


@dataclass(frozen=True)
class Settings:
    """Recent stores (the last one first), folders, and the choices made last.

    Folders and stores are paths; ``publish_address`` is where the page stands on the web,
    ``publish_contact`` the e-mail address that its readers report errors to;
    ``backdrop``, ``sheet_language`` and ``sheet_format`` hold the values that the jobs take;
    ``sheet_charter`` is a file, empty for the plugin's own. ``institution`` is that of the site
    added last, ``verification_method`` and ``verified_by`` (a function, never a person) those
    of the verification noted last.
    """

    recent_stores: tuple[str, ...] = ()
    import_folder: str = ""
    publish_folder: str = ""
    publish_address: str = ""
    publish_contact: str = ""
    print_folder: str = ""
    backdrop: str = "auto"
    sheet_language: str = "fr+ar"
    sheet_format: str = "pdf"
    sheet_charter: str = ""
    institution: str = ""
    verification_method: str = "telephone"
    verified_by: str = ""


def load_settings() -> Settings:
    """Read the settings; what was never set, or has another type, keeps its default."""
    stored = QgsSettings()
    known: dict[str, Any] = {}
    for one in fields(Settings):
        value = stored.value(f"{_GROUP}/{one.name}", one.default)
        if one.name == "recent_stores":
            # Qt keeps a list of one as a plain string, and an empty one as nothing.
            listed = [value] if isinstance(value, str) else value or ()
            value = tuple(str(path) for path in listed if path)
        known[one.name] = value if isinstance(value, type(one.default)) else one.default
    return Settings(**known)


def save_settings(**changes) -> Settings:
    """Change some settings and return all of them as they now are."""
    settings = replace(load_settings(), **changes)
    stored = QgsSettings()
    for name in changes:
        value = getattr(settings, name)
        stored.setValue(f"{_GROUP}/{name}", list(value) if isinstance(value, tuple) else value)
    return settings


def remember_store(location: str) -> Settings:
    """Put a store first among the recent ones."""
    others = [path for path in load_settings().recent_stores if path != location]
    return save_settings(recent_stores=(location, *others[: _RECENT - 1]))


def forget_store(location: str) -> Settings:
    """Take a store off the recent ones: it could not be opened."""
    recent = load_settings().recent_stores
    return save_settings(recent_stores=tuple(path for path in recent if path != location))
