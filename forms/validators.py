"""The two validators of a form: one says yes in microseconds, the other says what is wrong and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend
from referencing import Registry

from forms.formats import FORMATS
from forms.patterns import is_found


def fast_validator(schema: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
    """The validator that says yes in a few microseconds; it opens no network."""
    return jsonschema_rs.Draft202012Validator(
        schema,
        formats=dict(FORMATS),
        validate_formats=True,
        pattern_options=jsonschema_rs.RegexOptions(),
        offline=True,
    )


def judging_validator(schema: dict[str, Any]) -> Validator:
    """The validator that finds every error and its place; it opens no network."""
    return _Judge(schema, registry=Registry(), format_checker=_format_checker())


def _format_checker() -> FormatChecker:
    checker = FormatChecker(formats=())
    for name, is_of_format in FORMATS.items():
        checker.checks(name)(lambda value, judged_by=is_of_format: not isinstance(value, str) or judged_by(value))
    return checker


def _pattern(_: Validator, pattern: str, instance: Any, __: Mapping[str, Any]) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not is_found(pattern, instance):
        yield ValidationError("pattern")


def _multiple_of(validator: Validator, step: Any, instance: Any, __: Mapping[str, Any]) -> Iterator[ValidationError]:
    """In decimal, as people count: 0.07 is a multiple of 0.01."""
    if _is_number(validator, instance) and Decimal(str(instance)) % Decimal(str(step)) != 0:
        yield ValidationError("multipleOf")


def _is_number(_: Any, instance: Any) -> bool:
    return isinstance(instance, int | float | Decimal) and not isinstance(instance, bool)


def _is_integer(checker: Any, instance: Any) -> bool:
    """As JSON Schema says: 3.0 is a whole number, however it was read."""
    return _is_number(checker, instance) and instance % 1 == 0


def _properties(
    validator: Any, properties: Mapping[str, Any], instance: Any, _: Mapping[str, Any]
) -> Iterator[ValidationError]:
    """As the library's own, but a property that must not be there is named in the path."""
    if not isinstance(instance, Mapping):
        return
    for name in properties.keys() & instance.keys():
        if properties[name] is False:
            yield ValidationError("unexpected", validator="unexpected", path=[name], validator_value=False)
        else:
            yield from validator.descend(instance[name], properties[name], path=name, schema_path=name)


_Judge: type[Validator] = extend(  # type: ignore[no-untyped-call]  # the library's function has no annotations
    Draft202012Validator,
    {"multipleOf": _multiple_of, "pattern": _pattern, "properties": _properties},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine_many({"number": _is_number, "integer": _is_integer}),
)
