# SPDX-License-Identifier: GPL-2.0-or-later
"""What a project's layer of sites is divided by, so that page and sheets show the same.

By institution, as the plugin shows sites at first, there is nothing to say. By theme, by
status, or by anything else that the cartographer chose, each class of the legend becomes a row
like an institution's, and each site has its class.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from qgis.core import (
    QgsExpressionContextUtils,
    QgsFeatureRenderer,
    QgsMarkerSymbol,
    QgsPointDistanceRenderer,
    QgsProject,
    QgsRenderContext,
    QgsVectorLayer,
)

from ..domain.schema import Schema
from ..domain.terms import Labels
from ..domain.titles import load_titles
from ..store.public import PublicView
from . import site_style, style
from .project import find_layer
from .titles import TITLES_FILE

Row = Mapping[str, Any]
#: Code and title of the class of sites that the layer does not draw.
_OTHER = "other_sites"


@dataclass(frozen=True)
class SiteClasses:
    """The classes in the legend's order, like rows of institutions; each site's class by key."""

    rows: tuple[Row, ...]
    of_site: Mapping[str, str]


def shown_classes(layer: QgsVectorLayer | None, view: PublicView) -> SiteClasses | None:
    """Return the classes that a layer of sites shows of the records; None by institution.

    Only classes with a site are returned; sites that the layer does not draw are one of their own.
    """
    renderer = _plain(layer.renderer()) if layer is not None else None
    if layer is None or renderer is None or _by_institution(renderer):
        return None
    items = [one for one in renderer.legendSymbolItems() if one.symbol() is not None]
    codes = {one.ruleKey(): f"class-{number}" for number, one in enumerate(items)}
    if site_style.is_by_theme(renderer):
        found = _by_theme(renderer, view)
    else:
        found = _drawn(layer, renderer, tuple(codes))
    of_site = {
        row["site_id"]: codes.get(found.get(row["site_id"], ""), _OTHER) for row in view.sites
    }
    known = _known_labels(view.schema)
    rows = [
        _row(codes[one.ruleKey()], one.label() or layer.name(), one.symbol(), known)
        for one in items
    ]
    rows.append({"code": _OTHER, "symbol": "circle", **_names(load_titles(TITLES_FILE)[_OTHER])})
    used = set(of_site.values())
    return SiteClasses(tuple(row for row in rows if row["code"] in used), of_site)


def shown_in(project: QgsProject | None, view: PublicView) -> tuple[PublicView, tuple[Row, ...]]:
    """Return the records, and what gives their symbols, as the project shows them.

    That is the institutions in the project's colours and shapes, or the classes by which the
    project shows sites; these then stand in the records as ``class_code``.
    """
    layer = find_layer(project, "site") if project is not None else None
    if layer is None:
        return view, view.institutions
    classes = shown_classes(layer, view)
    if classes is None:
        return view, tuple(style.as_styled(row, layer.renderer()) for row in view.institutions)
    sites = ({**row, "class_code": classes.of_site[row["site_id"]]} for row in view.sites)
    return replace(view, sites=tuple(sites)), classes.rows


def _plain(renderer: QgsFeatureRenderer | None) -> QgsFeatureRenderer | None:
    """Return the renderer of the points themselves, where they are clustered or displaced."""
    if isinstance(renderer, QgsPointDistanceRenderer):
        return renderer.embeddedRenderer()
    return renderer


def _by_institution(renderer: QgsFeatureRenderer) -> bool:
    classes = style.classes_of(renderer)
    return classes is not None and classes.classAttribute().strip('"') == "institution_code"


def _drawn(
    layer: QgsVectorLayer, renderer: QgsFeatureRenderer, legend: Sequence[str]
) -> dict[str, str]:
    """Return the legend key under which each site is drawn, of several the last, by site's key."""
    context = QgsRenderContext()
    expressions = context.expressionContext()
    expressions.appendScopes(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    renderer, keys = renderer.clone(), {}
    renderer.startRender(context, layer.fields())
    try:
        for feature in layer.getFeatures():
            expressions.setFeature(feature)
            found = renderer.legendKeysForFeature(feature, context)
            shown = [key for key in legend if key in found]
            if shown:
                keys[str(feature["site_id"])] = shown[-1]
    finally:
        renderer.stopRender(context)
    return keys


def _by_theme(renderer: QgsFeatureRenderer, view: PublicView) -> dict[str, str]:
    """Return each site's legend key from the themes of the services that are public.

    The project's expression looks for offers in the project that is open in QGIS's window, which
    is not always this one.
    """
    classes = style.classes_of(renderer)
    values = [category.value() for category in classes.categories()]
    keys = [one.ruleKey() for one in renderer.legendSymbolItems()]
    by_value = dict(zip(values, keys))
    families = site_style.families_of_sites(view)
    return {site: by_value[family] for site, family in families.items() if family in by_value}


def _row(code: str, text: str, symbol: QgsMarkerSymbol, known: Mapping[str, Labels]) -> Row:
    names = _names(known.get(text, {"fr": text}))
    return style.with_symbol({"code": code, "symbol": "circle", **names}, symbol)


def _names(labels: Labels) -> dict[str, str]:
    return {
        f"{part}_{language}": text
        for language, text in labels.items()
        for part in ("name", "short_name")
    }


def _known_labels(schema: Schema) -> dict[str, Labels]:
    """Return the labels in all languages of what a legend may say in one of them."""
    labels = [term.labels for term in schema.terms]
    labels += [site_style.family_labels(term) for term in schema.vocabulary("theme")]
    labels += load_titles(TITLES_FILE).values()
    return {text: one for one in reversed(labels) for text in one.values() if text}
