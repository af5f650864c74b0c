# SPDX-License-Identifier: GPL-2.0-or-later
"""The sites in one click: classes, names and what happens where points stack.

The renderers are QGIS's own, so the cartographer may change any of it and a project keeps it
without the plugin. Page and sheets follow (``site_classes``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsExpression,
    QgsFeatureRenderer,
    QgsFontMarkerSymbolLayer,
    QgsMarkerSymbol,
    QgsPointClusterRenderer,
    QgsPointDisplacementRenderer,
    QgsProperty,
    QgsRendererCategory,
    QgsSymbolLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from ..domain.schema import Schema, Term, split_multiple
from ..domain.terms import Labels
from ..store.database import Row
from ..store.public import PublicView
from . import basemap, style
from .titles import label, title

BY = ("institution", "theme", "status")
STACKED = ("none", "cluster", "displacement")
#: Name of the relation from offers to sites (``project``).
_OFFERS = "carte_offer_site_id"
#: Colours from dark to light, apart for the three kinds of colour-blindness (after P. Tol,
#: « muted »), then almost white and black; each has a lightness of its own, for grey.
PALETTE = (
    "#332288", "#882255", "#117733", "#cc6677", "#44aa99", "#a2afea", "#ddcc77", "#f2f2f2",
    "#15171c",
)  # fmt: skip
#: Shapes of classes that the closed lists give no drawing (column ``icon``).
SHAPES = ("circle", "square", "diamond", "hexagon", "triangle", "star", "pentagon", "plus")
_SEVERAL = "several"
#: Millimetres within which points count as one.
_TOLERANCE = 3.0


@dataclass(frozen=True)
class SiteStyle:
    """How sites are shown.

    ``by`` is one of BY, ``names`` the languages of the names (none: no names), which show from
    the scale 1:``names_from`` inwards; ``stacked`` is one of STACKED.
    """

    by: str = "institution"
    names: tuple[str, ...] = ("fr",)
    stacked: str = "none"
    names_from: float = basemap.SITE_NAMES_CLOSER_THAN


def style_sites(
    layer: QgsVectorLayer,
    chosen: SiteStyle,
    schema: Schema,
    institutions: Sequence[Row],
    language: str,
    services: QgsVectorLayer | None = None,
) -> None:
    """Give the layer of sites a style; by theme, ``services`` is the project's layer of services.

    Raises KeyError for a class or a stacking that is not known.
    """
    classes = class_renderer(chosen.by, schema, institutions, language, services)
    layer.setRenderer(_STACKING[chosen.stacked](classes))
    layer.setLabeling(basemap.site_names(*chosen.names or (language,), near=chosen.names_from))
    layer.setLabelsEnabled(bool(chosen.names))
    layer.triggerRepaint()


def class_renderer(
    by: str,
    schema: Schema,
    institutions: Sequence[Row],
    language: str,
    services: QgsVectorLayer | None = None,
) -> QgsCategorizedSymbolRenderer:
    """Return the renderer of the sites by one of BY. Raises KeyError for another word."""
    renderers = {
        "institution": lambda: style.site_renderer(institutions, language),
        "theme": lambda: theme_renderer(schema, language, services),
        "status": lambda: status_renderer(schema, language),
    }
    return renderers[by]()


def status_renderer(schema: Schema, language: str) -> QgsCategorizedSymbolRenderer:
    """Return the renderer by editorial status: one class a term of the vocabulary."""
    terms = schema.vocabulary("status")
    named = [(term.code, label(term.labels, language), term.icon) for term in terms]
    return _classes('"status"', named)


def theme_renderer(
    schema: Schema, language: str, services: QgsVectorLayer | None
) -> QgsCategorizedSymbolRenderer:
    """Return the renderer by family of themes of the services that a site offers.

    A theme is « family--matter », and its label « Family: matter ». A site with services of
    several families has a class of its own, and so has one without any.
    """
    named = [
        *((family, label(labels, language), icon) for family, labels, icon in _families(schema)),
        (_SEVERAL, title("several_themes", language), "star"),
        ("", title("no_theme", language), "circle"),
    ]
    families = tuple(family for family, _labels, _icon in _families(schema))
    return _classes(_theme_of_site(families, services), named)


def _families(schema: Schema) -> list[tuple[str, Labels, str]]:
    """Return code, labels and drawing of each family of themes, in the vocabulary's order."""
    found = {family_of(term.code): term for term in reversed(schema.vocabulary("theme"))}
    return [(one, family_labels(found[one]), found[one].icon) for one in reversed(found)]


def family_of(theme: str) -> str:
    """Return the family of a theme: « langues » of « langues--francais »."""
    return theme.split("--")[0]


def family_labels(theme: Term) -> Labels:
    """Return a family's labels from those of one of its themes: « Langues » of « Langues : … »."""
    return {code: text.split(":", 1)[0].strip() for code, text in theme.labels.items()}


def is_by_theme(renderer: QgsFeatureRenderer) -> bool:
    """Say whether a renderer is that of the families of themes."""
    classes = style.classes_of(renderer)
    return classes is not None and _OFFERS in classes.classAttribute()


def families_of_sites(view: PublicView) -> dict[str, str]:
    """Return each site's family of themes as the renderer has it, from the public records."""
    themes = {row["service_id"]: split_multiple(row.get("theme")) for row in view.services}
    found: dict[str, set[str]] = {row["site_id"]: set() for row in view.sites}
    for offer in view.offers:
        found[offer["site_id"]].update(map(family_of, themes[offer["service_id"]]))
    return {site: _SEVERAL if len(many) > 1 else min(many, default="")
            for site, many in found.items()}  # fmt: skip


def _theme_of_site(families: Sequence[str], services: QgsVectorLayer | None) -> str:
    """Return the expression of a site's family of themes: none is '', more than one « several »."""
    listed = ", ".join(QgsExpression.quotedValue(family) for family in families)
    layer = QgsExpression.quotedValue(services.id() if services is not None else "service")
    service = f"get_feature({layer}, 'service_id', \"service_id\")"
    themes = (
        f"relation_aggregate('{_OFFERS}', 'concatenate', "
        f"if(\"status\" = 'closed', '', coalesce(attribute({service}, 'theme'), '')))"
    )
    return (
        f"with_variable('themes', coalesce({themes}, ''), "
        f"with_variable('found', array_filter(array({listed}), "
        "strpos(@themes, @element || '--') > 0), "
        f"CASE WHEN array_length(@found) = 0 THEN '' "
        f"WHEN array_length(@found) = 1 THEN @found[0] ELSE '{_SEVERAL}' END))"
    )


def _classes(attribute: str, named: Sequence[tuple[str, str, str]]) -> QgsCategorizedSymbolRenderer:
    """One class a value, with its name and shape, each with a colour of its own."""
    categories = []
    for number, (value, text, shape) in enumerate(named):
        look = {
            "colour": PALETTE[number % len(PALETTE)],
            "symbol": shape or SHAPES[number % len(SHAPES)],
        }
        categories.append(QgsRendererCategory(value, style.institution_symbol(look), text))
    return QgsCategorizedSymbolRenderer(attribute, categories)


def _alone(classes: QgsFeatureRenderer) -> QgsFeatureRenderer:
    return classes


def _clustered(classes: QgsFeatureRenderer) -> QgsFeatureRenderer:
    """Points that touch become one disc with their number."""
    renderer = QgsPointClusterRenderer()
    renderer.setTolerance(_TOLERANCE)
    renderer.setClusterSymbol(_disc(6.0, "@cluster_size"))
    renderer.setEmbeddedRenderer(classes)
    return renderer


def _displaced(classes: QgsFeatureRenderer) -> QgsFeatureRenderer:
    """Points that touch stand on a ring around their place."""
    renderer = QgsPointDisplacementRenderer()
    renderer.setTolerance(_TOLERANCE)
    renderer.setPlacement(QgsPointDisplacementRenderer.Placement.ConcentricRings)
    renderer.setCircleColor(QColor(style.QUIET_TEXT))
    renderer.setCircleWidth(0.2)
    renderer.setCenterSymbol(_disc(1.0))
    renderer.setEmbeddedRenderer(classes)
    return renderer


def _disc(size: float, written: str = "") -> QgsMarkerSymbol:
    """A quiet disc ``size`` mm wide, with an expression's value written in it."""
    disc = QgsMarkerSymbol.createSimple({
        "name": "circle", "color": style.TEXT, "outline_color": "#ffffff",
        "outline_width": "0.3", "size": str(size),
    })  # fmt: skip
    if written:
        font = QgsFontMarkerSymbolLayer(basemap.map_font().family(), "9", size / 2)
        font.setColor(QColor("#ffffff"))
        font.setDataDefinedProperty(
            QgsSymbolLayer.Property.PropertyCharacter, QgsProperty.fromExpression(written)
        )
        disc.appendSymbolLayer(font)
    return disc


_STACKING = {"none": _alone, "cluster": _clustered, "displacement": _displaced}
