"""Which JSON Schemas a form may use: a closed subset of draft 2020-12 that always answers fast.

An unknown keyword is refused, not ignored; references stay inside the file and never run in a circle; objects are
closed, so that nothing is taken in that the form does not name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import SchemaError

from forms.errors import Problem
from forms.formats import FORMATS
from forms.limits import MAX_ENUM, MAX_SUBSCHEMAS
from forms.names import is_field_name
from forms.patterns import pattern_objection
from forms.pointers import child, pointer_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_ONE = frozenset({"items", "additionalProperties", "not", "if", "then", "else"})
_MANY = frozenset({"allOf", "anyOf", "oneOf"})
_NAMED = frozenset({"properties", "$defs"})
_PLAIN = frozenset(
    """
    $schema $ref type enum const title description default required dependentRequired
    minItems maxItems uniqueItems minLength maxLength pattern format minProperties maxProperties
    minimum maximum exclusiveMinimum exclusiveMaximum multipleOf
    """.split()  # noqa: SIM905 -- a list of words reads best as text
)
KEYWORDS = _ONE | _MANY | _NAMED | _PLAIN
_REFERENCE = "#/$defs/"
_LIMITS = (
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
)


def schema_problems(schema: Any) -> list[Problem]:
    """Everything that keeps ``schema`` from being a form's schema."""
    if not isinstance(schema, Mapping):
        return [_problem("", "schema", "必须是一个对象", "must be an object")]
    try:
        Draft202012Validator.check_schema(dict(schema), format_checker=FormatChecker(formats=()))
    except SchemaError as error:
        place = pointer_of(error.absolute_path)
        return [_problem(place, "schema", "不是合法的 JSON Schema", f"is not JSON Schema: {error.message[:200]}")]
    return list(_top_problems(schema)) + list(_all_problems(schema))


def resolve(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    """``schema`` itself or, where it is a reference, the definition it names (checked schemas only)."""
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].removeprefix(_REFERENCE)]
    return schema


def _top_problems(schema: Mapping[str, Any]) -> Iterator[Problem]:
    if schema.get("$schema", DIALECT) != DIALECT:
        yield _problem("/$schema", "schema", f"只支持 {DIALECT}", f"must be {DIALECT}")
    if schema.get("type") != "object":
        yield _problem("/type", "schema", "表单的顶层必须是 object", "must be object at the top")
    if not schema.get("properties"):
        yield _problem("/properties", "schema", "表单至少要有一个字段", "must name at least one field")


def _all_problems(schema: Mapping[str, Any]) -> Iterator[Problem]:
    definitions: Mapping[str, Any] = schema.get("$defs", {})
    for count, (pointer, subschema) in enumerate(_subschemas("", schema)):
        if count >= MAX_SUBSCHEMAS:
            yield _problem(
                "", "schema_too_large", f"子模式超过 {MAX_SUBSCHEMAS} 个", f"has over {MAX_SUBSCHEMAS} subschemas"
            )
            return
        if isinstance(subschema, Mapping):
            yield from _keyword_problems(pointer, subschema)
            yield from _object_problems(pointer, subschema)
            yield from _value_problems(pointer, subschema)
            yield from _reference_problems(pointer, subschema, definitions)
    yield from _circle_problems(definitions)


def _subschemas(pointer: str, schema: Any) -> Iterator[tuple[str, Any]]:
    """``schema`` and everything below it that is a schema too, each with its place."""
    yield pointer, schema
    if not isinstance(schema, Mapping):
        return
    for keyword, value in schema.items():
        place = child(pointer, keyword)
        if keyword in _ONE:
            yield from _subschemas(place, value)
        elif keyword in _MANY:
            for index, item in enumerate(value):
                yield from _subschemas(child(place, index), item)
        elif keyword in _NAMED:
            for name, item in value.items():
                yield from _subschemas(child(place, name), item)


def _keyword_problems(pointer: str, schema: Mapping[str, Any]) -> Iterator[Problem]:
    for keyword in schema:
        if keyword not in KEYWORDS:
            yield _problem(
                child(pointer, keyword), "keyword", "此关键字不受支持", "is a keyword that forms do not support"
            )


def _object_problems(pointer: str, schema: Mapping[str, Any]) -> Iterator[Problem]:
    for name in schema.get("properties", {}):
        if not is_field_name(name):
            yield _problem(
                child(child(pointer, "properties"), name),
                "field_name",
                "字段名在表达式中有别的含义，或不是标识符；请换一个名称",
                "cannot name a field: not an identifier, or taken in expressions; choose another name",
            )
    if schema.get("type") == "object" and schema.get("additionalProperties") is not False:
        yield _problem(
            child(pointer, "additionalProperties"),
            "open_object",
            "对象必须写明 additionalProperties: false",
            "must be false: objects of a form are closed",
        )


def _value_problems(pointer: str, schema: Mapping[str, Any]) -> Iterator[Problem]:
    if "pattern" in schema and (objection := pattern_objection(schema["pattern"])):
        yield _problem(child(pointer, "pattern"), "pattern", *objection)
    if schema.get("format", "date") not in FORMATS:
        known = ", ".join(sorted(FORMATS))
        yield _problem(child(pointer, "format"), "format", f"格式只能是 {known}", f"must be one of {known}")
    if len(schema.get("enum", ())) > MAX_ENUM:
        yield _problem(
            child(pointer, "enum"), "enum", f"最多列出 {MAX_ENUM} 个值", f"lists more than {MAX_ENUM} values"
        )
    for least, most in _LIMITS:
        if least in schema and most in schema and schema[least] > schema[most]:
            yield _problem(
                child(pointer, most),
                "limits",
                f"小于 {least}，没有回答能符合",
                f"is below {least}: nothing satisfies both",
            )


def _reference_problems(pointer: str, schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Iterator[Problem]:
    target = schema.get("$ref")
    if target is None:
        return
    place = child(pointer, "$ref")
    if not target.startswith(_REFERENCE) or target.removeprefix(_REFERENCE) not in definitions:
        yield _problem(
            place, "reference", "只能引用本表单 $defs 中的定义", "must name a definition in $defs of this form"
        )
    if len(schema) > 1:
        yield _problem(place, "reference", "$ref 不能与其他关键字并列", "must stand alone, without other keywords")


def _circle_problems(definitions: Mapping[str, Any]) -> Iterator[Problem]:
    reached = {name: set(_referenced(definition)) & set(definitions) for name, definition in definitions.items()}
    for name in definitions:
        seen: set[str] = set()
        ahead = set(reached[name])
        while ahead:
            following = ahead.pop()
            seen.add(following)
            ahead |= reached[following] - seen
        if name in seen:
            place = child("/$defs", name)
            yield _problem(
                place, "recursion", "定义不能直接或间接引用自身", "must not refer to itself, however far around"
            )


def _referenced(definition: Any) -> Iterator[str]:
    for _, schema in _subschemas("", definition):
        if isinstance(schema, Mapping) and "$ref" in schema:
            yield schema["$ref"].removeprefix(_REFERENCE)


def _problem(pointer: str, code: str, message_zh: str, message_en: str) -> Problem:
    return Problem(pointer=pointer, code=code, message_zh=message_zh, message_en=message_en)
