# SPDX-License-Identifier: GPL-2.0-or-later
"""Identifiers of an HSDS export: UUIDs, the same at every export and in every language."""

from __future__ import annotations

import uuid

#: Of this plugin alone. Changing it changes every identifier that partners have stored.
NAMESPACE = uuid.UUID("f6afa199-f7c9-4abb-ad6d-f05b0e9618be")


def identifier(*parts: str) -> str:
    """Return the UUID (version 5, RFC 4122) that is made of names."""
    return str(uuid.uuid5(NAMESPACE, "/".join(parts)))


def record_id(key: str) -> str:
    """Return a record's own key if it is a UUID, else the one made of it."""
    try:
        return str(uuid.UUID(key))
    except ValueError:
        return identifier("record", key)
