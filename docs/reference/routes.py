"""Writes docs/reference/routes.md: every route that the server has, from the rows that it runs on.

python -m docs.reference.routes
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from api.routes import Resource, Route
from api.surfaces import RESOURCES, Surface

DOCUMENT = Path(__file__).parent / "routes.md"
HEAD = """# 全部路由 Every route

由 `python -m docs.reference.routes` 写出。字段、形状、拒绝见 `GET /openapi.json`；对所有路由都成立的约定见
[../api.md](../api.md)。 Written by `python -m docs.reference.routes`. Fields, shapes and refusals stand in
`GET /openapi.json`, what holds for all routes in [../api.md](../api.md).

需要权限的写在最后一栏；其余的由组、单位和案件的可见范围决定。
The last column names the permission that a route asks for; the others are decided by groups, units and scope.
"""


def text() -> str:
    """The whole document."""
    return "\n".join([HEAD, *(line for resource in RESOURCES[Surface.INTERNAL] for line in _chapter(resource))])


def _chapter(resource: Resource) -> Iterator[str]:
    yield f"## {resource.title_zh} {resource.title_en}\n"
    yield "| | | | |"
    yield "|---|---|---|---|"
    for route in resource.routes:
        yield _row(resource, route)
    yield ""


def _row(resource: Resource, route: Route) -> str:
    permission = f"`{route.permission}`" if route.permission else ""
    address = f"`{route.method} {resource.prefix}{route.path}`"
    return f"| {address} | {route.summary_zh} | {route.summary_en} | {permission} |"


if __name__ == "__main__":
    DOCUMENT.write_text(text())
