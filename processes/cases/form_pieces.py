"""A form taken apart into its fields, to be compared with another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from engine.differences import Piece, Pieces, Words
from engine.jsontext import json_text
from forms import Field, Form, FormRefused, load_form
from processes.cases.form_library import form_refused

#: Of the form as a whole.
FORM: Final = ""
FORM_WORDS: Final = Words(
    kinds={"form": ("表单", "form"), "field": ("字段", "field")},
    properties={
        "title": ("标题", "title"),
        "version_tag": ("版本标签", "version tag"),
        "rules": ("条件规则", "conditional rules"),
        "type": ("类型", "type"),
        "format": ("格式", "format"),
        "required": ("必填", "required"),
        "enum": ("可选项", "choices"),
        "items": ("各项", "items"),
        "label": ("名称", "label"),
        "help": ("说明", "help"),
        "widget": ("控件", "widget"),
        "options": ("可选项的名称", "names of the choices"),
        "visible_when": ("显示条件", "shown when"),
        "default": ("默认值", "default"),
        "minLength": ("最短", "shortest"),
        "maxLength": ("最长", "longest"),
        "minimum": ("最小", "least"),
        "maximum": ("最大", "most"),
        "minItems": ("最少项数", "fewest items"),
        "maxItems": ("最多项数", "most items"),
        "pattern": ("格式规则", "pattern"),
    },
)
_OF_FORM: Final = frozenset({"$schema", "type", "properties", "required", "additionalProperties"})


def form_pieces(source: bytes) -> Pieces:
    """The form as a whole and its fields by name, in the order of the layout. Raises ``Invalid``."""
    try:
        form = load_form(source)
    except FormRefused as refused:
        raise form_refused(refused.problems, "") from refused
    placed = [field for row in form.layout for field in row]
    return {FORM: _whole(form), **{field.field: _field(form, field) for field in placed}}


def _whole(form: Form) -> Piece:
    rules = {name: value for name, value in form.schema.items() if name not in _OF_FORM}
    properties = {"title": f"{form.title.zh} / {form.title.en}", "version_tag": form.version_tag, "rules": _text(rules)}
    return Piece(id=FORM, kind="form", name=form.title.zh, properties=properties)


def _field(form: Form, field: Field) -> Piece:
    schema: Mapping[str, Any] = form.schema["properties"][field.field]
    properties = {name: _text(value) for name, value in schema.items()}
    properties["required"] = "是 / yes" if field.field in form.schema.get("required", ()) else "否 / no"
    properties["label"] = f"{field.label.zh} / {field.label.en}"
    properties["widget"] = field.widget.value
    if field.help is not None:
        properties["help"] = f"{field.help.zh} / {field.help.en}"
    if field.options:
        properties["options"] = "、".join(f"{value}={text.zh}/{text.en}" for value, text in field.options.items())
    if field.visible_when is not None:
        properties["visible_when"] = f"{field.visible_when.field} = {_text(list(field.visible_when.values))}"
    return Piece(id=field.field, kind="field", name=field.label.zh, properties=properties, row_of="layout")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json_text(value).decode()
