"""The registers over HTTP: for each, a small file that changes it, and what the sample city knows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tests.acceptance.city import Answer, Client

CATALOGUE_HEADER = "类型,大类代码,大类名称,小类代码,小类名称,立案条件,处置时限,时限单位,结案条件"
GRATE = "部件,01,公用设施,04,雨水箅子,{condition},2,工作日,补齐"
DUTY_HEADER = "责任网格编码,责任网格名称,单元网格,班次,开始时间,结束时间,采集员,星期"
SQUARE = [[122.5, 46.5], [122.502, 46.5], [122.502, 46.502], [122.5, 46.502], [122.5, 46.5]]
GRID = "152201001001"
COMPONENT = "1522010104900001"
INSIDE = ("122.0705", "46.0801")


def csv(header: str, *rows: str) -> bytes:
    return "\n".join((header, *rows)).encode()


def geojson(*features: tuple[dict[str, Any], Any]) -> bytes:
    drawn = [{"type": "Feature", "properties": properties, "geometry": shape} for properties, shape in features]
    return json.dumps({"type": "FeatureCollection", "features": drawn}).encode()


def square(east: float) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[[lon + east, lat] for lon, lat in SQUARE]]}


@dataclass(frozen=True)
class Sample:
    """One register: where it is, who may change it, and a file that makes another version."""

    path: str
    good: bytes
    #: Read and wrong in a row: at least one is refused, none taken.
    bad: bytes
    formats: tuple[str, ...]
    mode: str = "merge"


def grid_file(serial: int) -> bytes:
    return geojson(({"code": f"{GRID}{serial:03d}"}, square(0.01 * serial)))


SAMPLES = (
    Sample(
        path="/catalogue",
        good=csv(CATALOGUE_HEADER, GRATE.format(condition="破损露筋")),
        bad=csv(CATALOGUE_HEADER, GRATE.format(condition="x").replace("工作日", "天")),
        formats=("csv", "xlsx"),
    ),
    Sample(
        path="/responsibilities/area",
        good=csv("行号,网格或区划,类别,责任单位", "T1,152201000000,事件,urban_management"),
        bad=csv("行号,网格或区划,类别,责任单位", "T1,152201000000,事件,nobody"),
        formats=("csv", "xlsx"),
    ),
    Sample(
        path="/responsibilities/boundary",
        good=geojson(({"key": "B1", "category": "incident", "unit": "urban_management"}, square(0))),
        bad=geojson(({"key": "B1", "category": "incident", "unit": "nobody"}, square(0))),
        formats=("geojson",),
    ),
    Sample(
        path="/responsibilities/facility",
        good=csv("行号,类别,权属单位", "F1,部件0104,water_company"),
        bad=csv("行号,类别,权属单位", "F1,部件0104,nobody"),
        formats=("csv", "xlsx"),
    ),
    Sample(
        path="/divisions",
        good=csv("代码,名称", "152201001099,试验社区"),
        bad=csv("代码,名称", "15,试验社区"),
        formats=("csv",),
    ),
    Sample(
        path="/grids",
        good=grid_file(901),
        bad=geojson(({"code": "7"}, square(0))),
        formats=("geojson",),
    ),
    Sample(
        path="/duty-grids",
        good=csv(DUTY_HEADER, f"Z1,北一组,{GRID}001,早班,08:00,16:00,inspector,1-5"),
        bad=csv(DUTY_HEADER, f"Z1,北一组,{GRID}999,早班,08:00,16:00,inspector,1-5"),
        formats=("csv",),
        # Its unit grid is walked by others in the sample city.
        mode="replace",
    ),
    Sample(
        path="/evaluation-grids",
        good=geojson(({"code": "E1", "name": "一片"}, square(0))),
        bad=geojson(({"name": "无编码"}, square(0))),
        formats=("geojson",),
    ),
    Sample(
        path="/drawn-areas",
        good=geojson(({"code": "market", "name": "集市"}, square(0))),
        bad=geojson(({"code": "market"}, {"type": "Point", "coordinates": [122.5, 46.5]})),
        formats=("geojson",),
    ),
    Sample(
        path="/components",
        good=csv("部件标识码,部件名称,经度,纬度", f"{COMPONENT},雨水箅子,{','.join(INSIDE)}"),
        bad=csv("部件标识码,部件名称,经度,纬度", f"{COMPONENT},雨水箅子,12,46"),
        formats=("csv",),
    ),
    Sample(
        path="/cameras",
        good=csv("摄像机编号,摄像机名称,经度,纬度", f"C1,试验,{','.join(INSIDE)}"),
        bad=csv("摄像机编号,摄像机名称,经度,纬度", "C1,试验,12,46"),
        formats=("csv",),
    ),
)


async def staged(person: Client, sample: Sample, content: bytes, **query: str) -> Answer:
    """The dry run of a file."""
    asked = "&".join(f"{name}={value}" for name, value in {"mode": sample.mode, **query}.items())
    return await person.send("POST", f"{sample.path}/imports?{asked}", content, content_type="application/octet-stream")


async def applied(person: Client, sample: Sample, report: Answer, **headers: str) -> Answer:
    """The staged import made the version in force."""
    body = {"refusals_seen": report.body["rows_refused"], "note": "试验"}
    return await person.post(f"{sample.path}/imports/{report.body['id']}/apply", body, **headers)


async def put(person: Client, path: str, body: Any, **headers: str) -> Answer:
    """A JSON document put in its place."""
    content = json.dumps(body, ensure_ascii=False).encode()
    return await person.send("PUT", path, content, content_type="application/json", **headers)
