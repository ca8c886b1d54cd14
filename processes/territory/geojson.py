"""GeoJSON (RFC 7946) as a document: decoded, bounded, and looked at member by member before it becomes shapes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from processes.territory.errors import TerritoryError
from processes.territory.points import Crs

MOST_DOCUMENT_BYTES = 64 * 1024 * 1024
MOST_FEATURES = 200_000

#: A member beside `features` that our own exports carry; RFC 7946 allows such members.
CRS_MEMBER = "coordinate_system"
#: Names in the `crs` member of GeoJSON before RFC 7946.
_CRS_NAMES: Mapping[str, Crs] = {
    "urn:ogc:def:crs:EPSG::4490": Crs.CGCS2000,
    "EPSG:4490": Crs.CGCS2000,
    "urn:ogc:def:crs:EPSG::4326": Crs.WGS84,
    "EPSG:4326": Crs.WGS84,
    "urn:ogc:def:crs:OGC:1.3:CRS84": Crs.WGS84,
    **{str(crs): crs for crs in Crs},
}


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of a document, its geometry not yet looked at."""

    #: Position in the document, from 0.
    position: int
    geometry: object
    properties: Mapping[str, Any]

    @property
    def pointer(self) -> str:
        """JSON pointer to the feature."""
        return f"/features/{self.position}"

    def text(self, *names: str) -> str:
        """The first property of these names that is there, as text; empty when none is."""
        for name in names:
            value = self.properties.get(name)
            if isinstance(value, str | int) and not isinstance(value, bool):
                return str(value).strip()
        return ""


@dataclass(frozen=True, slots=True)
class Document:
    """A feature collection and the coordinate system that it names, if it names one."""

    features: tuple[Feature, ...]
    crs: Crs | None


def read_document(data: bytes) -> Document:
    """The features of a document, or TerritoryError when it is no feature collection of bearable size."""
    content = _decoded(data)
    if not isinstance(content, dict) or content.get("type") != "FeatureCollection":
        raise _malformed("文件不是 FeatureCollection", "the document is no FeatureCollection", "/type")
    features = content.get("features")
    if not isinstance(features, list):
        raise _malformed("features 应为数组", "features must be an array", "/features")
    if len(features) > MOST_FEATURES:
        raise _malformed(f"要素超过 {MOST_FEATURES} 个", f"more than {MOST_FEATURES} features", "/features")
    return Document(tuple(_feature(position, each) for position, each in enumerate(features)), _crs(content))


def write_document(features: Sequence[tuple[Mapping[str, Any], object]], *, crs: Crs) -> bytes:
    """A feature collection of properties and GeoJSON geometries, one feature a line, the same for the same input."""
    lines = (
        json.dumps({"type": "Feature", "properties": dict(properties), "geometry": geometry}, ensure_ascii=False)
        for properties, geometry in features
    )
    head = f'{{"type": "FeatureCollection", "{CRS_MEMBER}": "{crs}", "features": [\n'
    return (head + ",\n".join(lines) + "\n]}\n").encode()


def _decoded(data: bytes) -> object:
    if len(data) > MOST_DOCUMENT_BYTES:
        limit = MOST_DOCUMENT_BYTES // (1024 * 1024)
        raise _malformed(f"文件超过 {limit} MiB", f"the document is larger than {limit} MiB", "")
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant, object_pairs_hook=_object)
    except UnicodeDecodeError as error:
        detail = f"byte {error.start}"
        raise _malformed(f"文件不是 UTF-8（{detail}）", f"the document is not UTF-8 ({detail})", "") from None
    except RecursionError:
        raise _malformed("嵌套过深", "the document is nested too deeply", "") from None
    except TerritoryError:
        raise
    except ValueError as error:
        raise _malformed(f"不是有效的 JSON：{error}", f"the document is not valid JSON: {error}", "") from None


def _no_constant(name: str) -> object:
    raise _malformed(f"JSON 中不允许 {name}", f"{name} is not allowed in JSON", "")


def _object(members: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(members)
    if len(found) != len(members):
        names = [name for name, _ in members]
        twice = next(name for name in names if names.count(name) > 1)
        raise _malformed(f"成员“{twice[:40]}”重复", f"the member {twice[:40]!r} stands twice", "")
    return found


def _feature(position: int, feature: object) -> Feature:
    pointer = f"/features/{position}"
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise _malformed("应为 Feature", "expected a Feature", pointer)
    properties = feature.get("properties")
    if properties is not None and not isinstance(properties, dict):
        raise _malformed("properties 应为对象", "properties must be an object", f"{pointer}/properties")
    return Feature(position, feature.get("geometry"), properties or {})


def _crs(content: dict[str, Any]) -> Crs | None:
    named = content.get("crs")
    name = content.get(CRS_MEMBER)
    if isinstance(named, dict) and isinstance(named.get("properties"), dict):
        name = named["properties"].get("name")
    if name is None and named is None:
        return None
    if not isinstance(name, str) or name not in _CRS_NAMES:
        raise TerritoryError(
            "unknown_crs",
            f"不支持的坐标系 {str(name)[:60]}，请转换为 CGCS2000、WGS-84 或 GCJ-02 经纬度",
            f"the coordinate system {str(name)[:60]} is not spoken; use degrees in CGCS2000, WGS-84 or GCJ-02",
            pointer="/crs",
        )
    return _CRS_NAMES[name]


def _malformed(zh: str, en: str, pointer: str) -> TerritoryError:
    return TerritoryError("malformed_geojson", zh, en, pointer=pointer)
