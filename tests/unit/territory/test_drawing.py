"""Maps as SVG."""

from __future__ import annotations

from lxml import etree
from shapely import LineString, MultiPolygon, Point, Polygon, box

from processes.territory.drawing import Drawn, LegendEntry, Style, draw_map

SVG = "{http://www.w3.org/2000/svg}"
RED, BLUE = Style(fill="#ff0000"), Style(stroke="#0000ff", dashes="4 3")
WEST, EAST = box(122.0, 46.0, 122.01, 46.01), box(122.01, 46.0, 122.02, 46.01)


def drawn(*shapes: Drawn, **more: object) -> etree._Element:
    svg = draw_map(shapes, width=400, title=str(more.get("title", "图")), legend=[LegendEntry(RED, "红")])
    return etree.fromstring(svg.encode())


def numbers(path: str) -> list[tuple[float, float]]:
    pairs = (pair.split(",") for pair in path.replace("M", "").replace("Z", "").split())
    return [(float(x), float(y)) for x, y in pairs]


def middle(group: etree._Element) -> complex:
    (path,) = group.findall(f"{SVG}path")
    corners = numbers(str(path.get("d")))
    return sum((complex(x, y) for x, y in corners), 0j) / len(corners)


def test_east_is_right_and_north_is_up() -> None:
    shapes = (Drawn(WEST, RED), Drawn(EAST, BLUE), Drawn(box(122.0, 46.01, 122.01, 46.02), RED))
    here, east, north = map(middle, drawn(*shapes).findall(f"{SVG}g"))
    assert (east - here).real > 20 * abs((east - here).imag)
    assert (here - north).imag > 20 * abs((here - north).real)


def test_shapes_fill_the_width_in_their_true_proportion() -> None:
    (path,) = drawn(Drawn(WEST, RED)).findall(f"{SVG}g/{SVG}path")
    corners = numbers(str(path.get("d")))
    width = max(x for x, _ in corners) - min(x for x, _ in corners)
    height = max(y for _, y in corners) - min(y for _, y in corners)
    assert abs(width - (400 - 48)) < 0.2
    assert abs(height / width - 1111.4 / 774) < 0.02


def test_parts_holes_lines_and_points_are_all_drawn() -> None:
    holed = Polygon(WEST.exterior, [box(122.004, 46.004, 122.006, 46.006).exterior])
    shapes = (MultiPolygon([holed, EAST]), LineString([(122.0, 46.0), (122.02, 46.01)]), Point(122.005, 46.005))
    root = drawn(*(Drawn(shape, RED) for shape in shapes))
    paths = [str(path.get("d")) for path in root.findall(f"{SVG}g/{SVG}path")]
    assert [path.count("M") for path in paths] == [2, 1, 1]
    assert [path.count("Z") for path in paths] == [2, 1, 0]
    assert len(root.findall(f"{SVG}g/{SVG}circle")) == 1


def test_neighbours_of_one_style_share_a_group_and_the_first_lies_lowest() -> None:
    root = drawn(Drawn(WEST, RED), Drawn(EAST, RED), Drawn(WEST, BLUE))
    assert [group.get("stroke-dasharray") for group in root.findall(f"{SVG}g")] == [None, "4 3"]
    assert len(root.findall(f"{SVG}g/{SVG}path")) == 3


def test_texts_cannot_break_out_of_the_picture() -> None:
    hostile = "</text><script>alert(1)</script>&"
    root = drawn(Drawn(WEST, RED, text=hostile, title=hostile), title=hostile)
    assert root.findall(f".//{SVG}script") == []
    assert [text.text for text in root.iter(f"{SVG}text", f"{SVG}title")].count(hostile) == 3


def test_the_same_shapes_give_the_same_picture() -> None:
    shapes = [Drawn(WEST, RED, text="甲"), Drawn(EAST, BLUE)]
    assert draw_map(shapes, width=300, title="图") == draw_map(shapes, width=300, title="图")
