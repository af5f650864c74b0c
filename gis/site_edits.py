# SPDX-License-Identifier: GPL-2.0-or-later
"""What a cartographer does to sites, each as one step of undo in QGIS's layers."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from itertools import chain, count
from pathlib import Path
from typing import Any

from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

from ..domain.errors import StoreError
from ..domain.offering import plan_offers
from ..domain.places.locator import Located, Locator
from ..domain.schema import load_schema
from ..store.postgres.address import PREFIX
from .editing import (
    add_feature,
    edit_command,
    edit_commands,
    feature_by_key,
    features_by_key,
    new_feature,
    set_values,
    to_row,
)

translate = QCoreApplication.translate
#: What is said of a site that is closed, and of no other.
CLOSING = ("closed_on", "closure_reason", "replaced_by")
#: The folder beside a store that keeps the pictures of its sites.
PHOTOS = "photos"
#: What makes a site itself, and what the database or a verification writes.
_NOT_COPIED = (
    "fid", "row_version", "site_id", "external_id", "verified_on", "verified_by",
    "verification_method",
    "closed_on", "closure_reason", "replaced_by",
)  # fmt: skip


def site_at(
    layer: QgsVectorLayer, lon: float, lat: float, institution: str, located: Located | None
) -> QgsFeature:
    """Return a new site at a point (degrees), its commune filled in; nothing is added yet.

    Somebody pointed at the place, nobody said that it is the door: the precision is *street*.
    """
    values = {"institution_code": institution or None, "precision": "street"}
    values["commune_code"] = located.code if located else None
    return new_feature(layer, values, (lon, lat))


def change_sites(
    layer: QgsVectorLayer, keys: Collection[str], values: Mapping[str, Any], text: str = ""
) -> int:
    """Give some sites the same values; return how many there are.

    What is not closed any more has no closing either.
    """
    if values.get("status", "closed") != "closed":
        values = {**dict.fromkeys(CLOSING), **values}
    features = features_by_key(layer, keys)
    with edit_command(layer, text or translate("CarteCP3", "Change of several sites")):
        for feature in features.values():
            set_values(layer, feature, values)
    return len(features)


def close_sites(
    layer: QgsVectorLayer,
    keys: Collection[str],
    reason: str,
    replaced_by: str = "",
    on: date | None = None,
) -> int:
    """Close sites with a reason, and the site that replaces them if there is one.

    StoreError if a site would be replaced by itself.
    """
    if replaced_by in keys:
        raise StoreError("A site cannot be replaced by itself: choose another one, or none.")
    values = {
        "status": "closed",
        "closed_on": (on or date.today()).isoformat(),
        "closure_reason": reason,
        "replaced_by": replaced_by or None,
    }
    return change_sites(layer, keys, values, translate("CarteCP3", "Closing of sites"))


def move_site(layer: QgsVectorLayer, key: str, lon: float, lat: float, locator: Locator) -> None:
    """Move a site to a point (degrees): its commune is that of the point.

    A position known only roughly becomes one of the street, since somebody pointed at it.
    """
    feature = feature_by_key(layer, key)
    located = locator.locate(lon, lat)
    values: dict[str, Any] = {}
    if located and to_row(feature)["commune_code"] not in (located.code, located.city_code):
        values["commune_code"] = located.code
    if feature["precision"] not in ("entrance", "street"):
        values["precision"] = "street"
    with edit_command(layer, translate("CarteCP3", "Move of a site")):
        layer.changeGeometry(feature.id(), QgsGeometry.fromPointXY(QgsPointXY(lon, lat)))
        set_values(layer, feature, values)


def split_site(
    sites: QgsVectorLayer, offers: QgsVectorLayer, key: str, lon: float, lat: float,
    locator: Locator,
) -> str:  # fmt: skip
    """Make a new site from a copy of another one, at a point, with the same services.

    It is a draft that nobody has verified. Returns its key.
    """
    site = to_row(feature_by_key(sites, key))
    new_key, located = str(uuid.uuid4()), locator.locate(lon, lat)
    history = {one.name for one in load_schema().table("site").fields if one.group == "history"}
    kept = {
        name: value
        for name, value in site.items()
        if value is not None and name not in history and name not in _NOT_COPIED
    }
    kept.update(site_id=new_key, status="draft", precision="street")
    if located:
        kept["commune_code"] = located.code
    services = [row["service_id"] for row in offers_of(offers, key) if row["status"] != "closed"]
    with edit_commands((sites, offers), translate("CarteCP3", "Site split off")):
        add_feature(sites, new_feature(sites, kept, (lon, lat)))
        for service in services:
            offer = {"site_id": new_key, "service_id": service, "status": "draft"}
            add_feature(offers, new_feature(offers, offer))
    return new_key


def set_photo(layer: QgsVectorLayer, key: str, picture: Path, store: str) -> str:
    """Keep a copy of a picture in the folder ``photos`` beside a store, and note it for a site.

    Returns what is noted: the path from the store's folder, so that both move together.
    StoreError if the store is no file, or the copy cannot be made.
    """
    if store.startswith(PREFIX):
        raise StoreError(
            "Photos are kept beside a store that is a file; this one is a database. Put the "
            "picture on a server and note its address in the form."
        )
    try:
        target = _photo_path(Path(store).parent / PHOTOS, key, picture)
        target.parent.mkdir(exist_ok=True)
        if not (target.exists() and target.samefile(picture)):
            shutil.copyfile(picture, target)
    except OSError as error:
        raise StoreError(
            "The photo {picture} was not kept: {reason}.", picture=picture, reason=error.strerror
        ) from error
    relative = f"{PHOTOS}/{target.name}"
    change_sites(layer, [key], {"picture": relative}, translate("CarteCP3", "Photo of a site"))
    return relative


def _photo_path(folder: Path, key: str, picture: Path) -> Path:
    """Return a name that no other picture has: the edit may be undone, the one before is wanted."""
    ending = picture.suffix.lower()
    others = (f"{key}-{number}{ending}" for number in count(2))
    paths = (folder / name for name in chain((f"{key}{ending}",), others))
    return next(one for one in paths if not one.exists() or one.samefile(picture))


def offers_of(offers: QgsVectorLayer, key: str) -> list[dict[str, Any]]:
    """Return the offers of a site, edits not saved yet included."""
    return [to_row(feature) for feature in _offers_of(offers, key)]


def set_services(
    offers: QgsVectorLayer, key: str, wanted: Collection[str], on: date | None = None
) -> bool:
    """Let a site offer these services and no others (``domain.offering``); False if it does."""
    features = {feature["offer_id"]: feature for feature in _offers_of(offers, key)}
    plan = plan_offers([to_row(one) for one in features.values()], wanted)
    if not plan:
        return False
    closing = {"status": "closed", "closed_on": (on or date.today()).isoformat()}
    opening = {"status": "draft", "closed_on": None, "closure_reason": None, "replaced_by": None}
    with edit_command(offers, translate("CarteCP3", "Services of a site")):
        for service in plan.added:
            add_feature(offers, new_feature(offers, {"site_id": key, "service_id": service}))
        for offer in plan.reopened:
            set_values(offers, features[offer], opening)
        for offer in plan.closed:
            set_values(offers, features[offer], closing)
        for offer in plan.deleted:
            offers.deleteFeature(features[offer].id())
    return True


def _offers_of(offers: QgsVectorLayer, key: str) -> Iterable[QgsFeature]:
    quoted = key.replace("'", "''")
    return [QgsFeature(one) for one in offers.getFeatures(f"\"site_id\" = '{quoted}'")]
