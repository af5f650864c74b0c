# SPDX-License-Identifier: GPL-2.0-or-later
"""QGIS's own forms, derived from the schema: they work in the project without this plugin.

Labels, tabs, help, drop-downs, defaults and constraints follow from ``data/schema.json`` and
the table ``term``; a new field, term or language needs no change here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qgis.core import (
    Qgis,
    QgsAttributeEditorContainer,
    QgsAttributeEditorField,
    QgsAttributeEditorRelation,
    QgsDefaultValue,
    QgsEditFormConfig,
    QgsExpression,
    QgsFieldConstraints,
    QgsRelation,
    QgsVectorLayer,
)

from ..domain.schema import Field, Schema, Table
from ..store.postgres.columns import VERSION
from .form_editors import field_editor
from .titles import label, title

Layers = Mapping[str, QgsVectorLayer]

_HARD = QgsFieldConstraints.ConstraintStrength.ConstraintStrengthHard
_SOFT = QgsFieldConstraints.ConstraintStrength.ConstraintStrengthSoft
_EXPRESSION = QgsFieldConstraints.Constraint.ConstraintExpression
#: Fields that say to people which record this is, the first one that a table has.
_TITLES = ("short_name", "name", "label", "text")
#: What a value of a type looks like, where a pattern can say it.
_PATTERNS = {
    "phone": r"^(\+[0-9]{8,15}|[0-9]{3,5})$",
    "email": r"^[^@ ]+@[^@ ]+[.][^@ ]+$",
    "url": r"^https?://[^ ]+$",
    "colour": r"^#[0-9a-fA-F]{6}$",
}


def configure_form(
    layer: QgsVectorLayer,
    table: Table,
    schema: Schema,
    layers: Layers,
    relations: Mapping[str, QgsRelation],
    language: str,
) -> None:
    """Give a layer of a store its form: aliases, editors, defaults, constraints and tabs.

    ``layers`` are the project's layers by role, ``relations`` its relations by
    ``table.field`` of the referring side.
    """
    config = layer.editFormConfig()
    for field in table.fields:
        index = layer.fields().indexOf(field.name)
        if index < 0:
            continue  # a column of a later schema that this store was not migrated to
        layer.setFieldAlias(index, label(field.label, language))
        layer.setEditorWidgetSetup(index, field_editor(table, field, layers, relations, language))
        config.setReadOnly(index, field.read_only)
        _set_default(layer, index, table, field, layers)
        _set_constraint(layer, index, table, field, language)
    _lay_out(config, layer, table, schema, relations, language)
    layer.setEditFormConfig(config)
    layer.setDisplayExpression(_display(table, language))
    _hide_columns(layer, table)


def _set_default(
    layer: QgsVectorLayer, index: int, table: Table, field: Field, layers: Layers
) -> None:
    """Fill what a new record starts with; moments are left to the database."""
    if field.type == "uuid" and field.name == table.key:
        layer.setDefaultValueDefinition(index, QgsDefaultValue("uuid('WithoutBraces')"))
    elif field.default and field.default != "now":
        value = int(field.default) if field.type == "integer" else field.default
        layer.setDefaultValueDefinition(index, QgsDefaultValue(QgsExpression.quotedValue(value)))
    elif field.name == "commune_code" and table.geometry and "commune" in layers:
        around = QgsExpression.quotedValue(layers["commune"].id())
        layer.setDefaultValueDefinition(
            index, QgsDefaultValue(f'array_first(overlay_within({around}, "code"))')
        )


def _set_constraint(
    layer: QgsVectorLayer, index: int, table: Table, field: Field, language: str
) -> None:
    """Say while typing what the database would refuse (hard), or what looks wrong (soft)."""
    column = QgsExpression.quotedColumnRef(field.name)
    filled = f"trim(coalesce({column}, '')) <> ''"
    if field.required == "published" and table.common:
        expression, strength = f"\"status\" <> 'published' OR {filled}", _HARD
        hint = "publish"
    elif field.required == "published":
        expression, strength, hint = filled, _SOFT, "readers"
    elif field.type in _PATTERNS:
        pattern = QgsExpression.quotedValue(_PATTERNS[field.type])
        expression = f"coalesce({column}, '') = '' OR regexp_match({column}, {pattern}) > 0"
        strength, hint = _SOFT, field.type
    else:
        return
    layer.setConstraintExpression(index, expression, title(hint, language))
    layer.setFieldConstraint(index, _EXPRESSION, strength)


def _lay_out(
    config: QgsEditFormConfig,
    layer: QgsVectorLayer,
    table: Table,
    schema: Schema,
    relations: Mapping[str, QgsRelation],
    language: str,
) -> None:
    """One tab a group of fields, then one a table that depends on this record."""
    config.clearTabs()
    config.setLayout(QgsEditFormConfig.EditorLayout.TabLayout)
    for group, labels in schema.groups.items():
        fields = [field for field in table.fields if field.group == group]
        if fields:
            tab = _tab(label(labels, language), config)
            _fill_tab(tab, layer, fields, schema, language)
    for name, relation in _dependents(table, schema, relations):
        tab = _tab(label(schema.table(name).label, language), config)
        records = QgsAttributeEditorRelation(relation, tab)
        records.setRelationWidgetTypeId("relation_editor")
        tab.addChildElement(records)


def _tab(title: str, config: QgsEditFormConfig) -> QgsAttributeEditorContainer:
    tab = QgsAttributeEditorContainer(title, config.invisibleRootContainer())
    if Qgis.versionInt() >= 33200:
        tab.setType(Qgis.AttributeEditorContainerType.Tab)
    else:
        tab.setIsGroupBox(False)
    config.addTab(tab)
    return tab


def _fill_tab(
    tab: QgsAttributeEditorContainer,
    layer: QgsVectorLayer,
    fields: list[Field],
    schema: Schema,
    language: str,
) -> None:
    """Fields in order; a field's help stands above it; optional languages come last."""
    required = schema.required_languages
    optional = [field for field in fields if field.language and field.language not in required]
    for field in fields:
        if field in optional:
            continue
        help_text = field.help.get(language) or field.help.get("fr")
        box = _box(help_text, tab) if help_text else tab
        _add_field(box, layer, field.name)
    if optional:
        names = [one.name for one in schema.languages if not one.required]
        box = _box(", ".join(names), tab)
        for field in optional:
            _add_field(box, layer, field.name)


def _box(title: str, parent: QgsAttributeEditorContainer) -> QgsAttributeEditorContainer:
    box = QgsAttributeEditorContainer(title, parent)
    parent.addChildElement(box)
    return box


def _add_field(box: QgsAttributeEditorContainer, layer: QgsVectorLayer, name: str) -> None:
    index = layer.fields().indexOf(name)
    if index >= 0:
        box.addChildElement(QgsAttributeEditorField(name, index, box))


def _dependents(
    table: Table, schema: Schema, relations: Mapping[str, QgsRelation]
) -> Iterator[tuple[str, QgsRelation]]:
    """Tables whose records cannot be without a record of this one."""
    for other in schema.tables:
        for field in other.fields:
            relation = relations.get(f"{other.name}.{field.name}")
            if relation and field.references == table.name and field.required == "always":
                yield other.name, relation


def _display(table: Table, language: str) -> str:
    """An expression for a record's title: its name, else those of the records it joins."""
    wanted = [f"{base}_{code}" for base in _TITLES for code in (language, "fr")]
    names = [f'"{name}"' for name in dict.fromkeys(wanted) if name in table.names]
    if not names:
        joined = [
            f'represent_value("{field.name}")'
            for field in table.fields
            if field.references and field.required == "always"
        ]
        names = [f"array_to_string(array({', '.join(joined)}), ' – ')"] if joined else []
    return "coalesce(" + ", ".join([*names, f'"{table.key}"']) + ")"


def _hide_columns(layer: QgsVectorLayer, table: Table) -> None:
    """Keep identifiers and history out of the attribute table; they stay one click away."""
    config = layer.attributeTableConfig()
    config.update(layer.fields())
    hidden = {field.name for field in table.fields if field.group == "history"}
    hidden |= {"fid", VERSION}
    columns = config.columns()
    for column in columns:
        column.hidden = column.hidden or column.name in hidden
    config.setColumns(columns)
    layer.setAttributeTableConfig(config)
