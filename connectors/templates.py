"""Element templates of the outside systems: with one, a designer draws a task that asks the system, and fills it in.

The shape is that of Zeebe element templates, as editors with ``bpmn-js-element-templates`` take them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from connectors.targets import Meaning, Target
from engine.spiff import TEMPLATE_PREFIX

#: Editors look for the name of the package in it; nothing is fetched.
_SCHEMA: Final = "https://guiliu.city/@camunda/zeebe-element-templates-json-schema/resources/schema.json"
_GROUP: Final = "guiliu"
_METHODS: Final = ("POST", "PUT", "PATCH")


def element_templates(targets: Mapping[str, Target]) -> list[dict[str, Any]]:
    """One template for each system that is in use, by name."""
    return [_template(name, target) for name, target in sorted(targets.items()) if target.is_enabled]


def _template(name: str, target: Target) -> dict[str, Any]:
    return {
        "$schema": _SCHEMA,
        "id": f"{TEMPLATE_PREFIX}{name}",
        "name": target.title,
        "description": _description(name, target),
        "appliesTo": ["bpmn:Task", "bpmn:ServiceTask", "bpmn:SendTask"],
        "elementType": {"value": "bpmn:ServiceTask"},
        "groups": [{"id": _GROUP, "label": f"{target.title}（{name}）"}],
        "properties": _properties(name),
    }


def _description(name: str, target: Target) -> str:
    codes = ", ".join(dict.fromkeys(rule.error for rule in target.answers if rule.then is Meaning.ERROR))
    errors = f"；可捕获的错误 / errors to catch: {codes}" if codes else ""
    return f"请外部系统 {name} 办理 / asks the outside system {name}{errors}"


def _properties(name: str) -> list[dict[str, Any]]:
    topic = {"type": "zeebe:taskDefinition", "property": "type"}
    retries = {"type": "zeebe:taskDefinition", "property": "retries"}
    return [
        {"type": "Hidden", "value": name, "binding": _header("target")},
        _field("请它做什么 / topic", topic, constraints={"notEmpty": True}),
        _field("路径 / path", _header("path"), description="接在系统地址之后 / behind the address of the system"),
        _choice("方法 / method", _header("method"), [(method, method) for method in _METHODS]),
        _choice(
            "何时继续 / goes on",
            _header("callback"),
            [("答复即完成 / with the answer", "false"), ("等它回报 / when it reports back", "true")],
        ),
        _field("重试次数 / retries", retries, value="10"),
    ]


def _header(key: str) -> dict[str, str]:
    return {"type": "zeebe:taskHeader", "key": key}


def _field(label: str, binding: Mapping[str, str], **more: Any) -> dict[str, Any]:
    return {"type": "String", "label": label, "group": _GROUP, "binding": dict(binding), **more}


def _choice(label: str, binding: Mapping[str, str], choices: list[tuple[str, str]]) -> dict[str, Any]:
    named = [{"name": name, "value": value} for name, value in choices]
    return {
        "type": "Dropdown",
        "label": label,
        "group": _GROUP,
        "binding": dict(binding),
        "choices": named,
        "value": named[0]["value"],
    }
