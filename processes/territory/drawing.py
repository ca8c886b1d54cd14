"""Maps as SVG: areas, lines and points over each other, with a legend. The same input gives the same text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

import shapely
from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from processes.territory.plane import Plane


@dataclass(frozen=True, slots=True)
class Style:
    """How a shape looks; colours as CSS writes them."""

    fill: str = "none"
    stroke: str = "#5b6b7a"
    #: In pixels.
    stroke_width: float = 1.0
    opacity: float = 1.0
    #: SVG dash pattern, e.g. "4 3"; empty for a plain line.
    dashes: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A shape in CGCS2000 degrees with its style; the text stands in its middle."""

    shape: BaseGeometry
    style: Style
    text: str = ""
    #: Shown when the pointer rests on it.
    title: str = ""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A sample of a style and what it means."""

    style: Style
    text: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """From metres of the plane to pixels; y runs down."""

    plane: Plane
    west: float
    north: float
    pixels_per_metre: float
    margin: float
    top: float

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        return (
            (x - self.west) * self.pixels_per_metre + self.margin,
            (self.north - y) * self.pixels_per_metre + self.top,
        )


_MARGIN = 24.0
_HEADING_HEIGHT = 44.0
_CAPTION_HEIGHT = 22.0
_LEGEND_LINE = 22.0
_LEGEND_COLUMNS = 3
_POINT_RADIUS = 4.0
_FONT = "font-family=\"'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei',sans-serif\""


def draw_map(
    drawn: Sequence[Drawn],
    *,
    width: int,
    title: str,
    captions: Sequence[str] = (),
    legend: Sequence[LegendEntry] = (),
) -> str:
    """The shapes, the first lowest, in a map `width` pixels wide with a title, lines of text below it, and a legend.

    At least one shape must be given.
    """
    top = _MARGIN + _HEADING_HEIGHT + _CAPTION_HEIGHT * len(captions)
    frame, map_height = _frame([each.shape for each in drawn], width, top)
    legend_top = top + map_height + _MARGIN
    height = legend_top + _LEGEND_LINE * -(-len(legend) // _LEGEND_COLUMNS) + _MARGIN
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.0f}" width="{width}" '
        f'height="{height:.0f}" {_FONT}>',
        f'<rect width="{width}" height="{height:.0f}" fill="#ffffff"/>',
        f'<text x="{_MARGIN:.0f}" y="{_MARGIN + 20:.0f}" font-size="20" font-weight="600" fill="#1f2933">'
        f"{escape(title)}</text>",
        *_captions(captions),
        *_shapes(drawn, frame),
        *(_label(each, frame) for each in drawn if each.text),
        *_legend(legend, width, legend_top),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _frame(shapes: Sequence[BaseGeometry], width: int, top: float) -> tuple[_Frame, float]:
    """The frame that shows all shapes, and the height of the map in pixels."""
    everything = shapely.GeometryCollection(list(shapes))
    plane = Plane.around(everything)
    west, south, east, north = plane.flat(everything).bounds
    scale = (width - 2 * _MARGIN) / max(east - west, 1.0)
    return _Frame(plane, west, north, scale, _MARGIN, top), (north - south) * scale


def _captions(captions: Sequence[str]) -> Iterator[str]:
    for number, caption in enumerate(captions):
        y = _MARGIN + _HEADING_HEIGHT + _CAPTION_HEIGHT * number
        yield f'<text x="{_MARGIN:.0f}" y="{y:.0f}" font-size="14" fill="#3e4c59">{escape(caption)}</text>'


def _shapes(drawn: Sequence[Drawn], frame: _Frame) -> Iterator[str]:
    """The shapes, neighbours of the same style in one group."""
    for style, group in groupby(drawn, key=lambda each: each.style):
        yield f"<g {_attributes(style)}>"
        for each in group:
            title = f"<title>{escape(each.title)}</title>" if each.title else ""
            for part in shapely.get_parts(frame.plane.flat(each.shape)):
                yield _element(part, title, frame)
        yield "</g>"


def _element(part: BaseGeometry, title: str, frame: _Frame) -> str:
    if isinstance(part, Point):
        x, y = frame.pixel(part.x, part.y)
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_POINT_RADIUS}">{title}</circle>'
    return f'<path d="{_path(part, frame)}" fill-rule="evenodd">{title}</path>'


def _path(part: BaseGeometry, frame: _Frame) -> str:
    match part:
        case Polygon():
            rings = (part.exterior, *part.interiors)
            return " ".join(f"M{_points(ring.coords, frame)}Z" for ring in rings)
        case LineString():
            return f"M{_points(part.coords, frame)}"
        case _:
            return ""


def _points(coordinates: Iterable[tuple[float, ...]], frame: _Frame) -> str:
    pixels = (frame.pixel(position[0], position[1]) for position in coordinates)
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in pixels)


def _attributes(style: Style) -> str:
    dashes = f' stroke-dasharray="{style.dashes}"' if style.dashes else ""
    return (
        f'fill="{style.fill}" stroke="{style.stroke}" stroke-width="{style.stroke_width}" '
        f'opacity="{style.opacity}" stroke-linejoin="round"{dashes}'
    )


def _label(drawn: Drawn, frame: _Frame) -> str:
    middle = frame.plane.flat(drawn.shape).representative_point()
    x, y = frame.pixel(middle.x, middle.y)
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="15" text-anchor="middle" fill="#1f2933" stroke="#ffffff" '
        f'stroke-width="3" paint-order="stroke">{escape(drawn.text)}</text>'
    )


def _legend(legend: Sequence[LegendEntry], width: int, top: float) -> Iterator[str]:
    column_width = (width - 2 * _MARGIN) / _LEGEND_COLUMNS
    for number, entry in enumerate(legend):
        row, column = divmod(number, _LEGEND_COLUMNS)
        x, y = _MARGIN + column * column_width, top + row * _LEGEND_LINE
        yield f'<rect x="{x:.0f}" y="{y:.0f}" width="22" height="14" {_attributes(entry.style)}/>'
        yield f'<text x="{x + 30:.0f}" y="{y + 12:.0f}" font-size="13" fill="#3e4c59">{escape(entry.text)}</text>'
