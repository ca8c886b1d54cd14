"""Workbooks as they arrive: sound, odd and hostile."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date, datetime

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from processes.sheets import Column, SheetError, limits, open_table, write_xlsx, xlsx_guard
from processes.sheets import table as table_module
from tests.unit.sheets.workbooks import SHEET, with_part, workbook

AFTERNOON = datetime.fromisoformat("2026-05-01T14:30:00")
COLUMNS = (Column("code", "代码", True), Column("name", "名称", True), Column("note", "备注"))
HEADER = ("代码", "名称", "备注")


def cells_of(data: bytes) -> list[tuple[str, str, str]]:
    return [(row.text("code"), row.text("name"), row.text("note")) for row in open_table(data, COLUMNS).rows]


def refusal_of(data: bytes) -> str:
    with pytest.raises(SheetError) as refused:
        list(open_table(data, COLUMNS).rows)
    assert refused.value.message_zh
    return refused.value.code


def test_typed_cells_become_plain_text() -> None:
    rows = [HEADER, (1, 2.0, 2.5), ("03", date(2026, 5, 1), AFTERNOON), (True, None, "x")]
    assert cells_of(workbook(rows)) == [
        ("1", "2", "2.5"),
        ("03", "2026-05-01", "2026-05-01T14:30:00"),
        ("True", "", "x"),
    ]


def test_a_formula_is_kept_as_text_and_said_so() -> None:
    (row,) = open_table(workbook([HEADER, ("01", "=HYPERLINK(A1)", "")]), COLUMNS).rows
    assert row.text("name") == "=HYPERLINK(A1)"
    assert [(finding.code, finding.column, finding.row) for finding in row.findings] == [
        ("formula_kept_as_text", "name", 2)
    ]
    assert not row.is_refused


def test_an_error_value_refuses_its_row() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["B2"].value = "#REF!"
        sheet["B2"].data_type = "e"

    (row,) = open_table(workbook([HEADER, ("01", "x", "")], change), COLUMNS).rows
    assert row.is_refused
    assert [finding.code for finding in row.findings] == ["error_value"]


def test_text_that_looks_like_a_formula_leaves_and_returns_as_text() -> None:
    data = write_xlsx(HEADER, [("01", "=1+1", "@x"), ("02", "-", "＝1")], sheet_name="表")
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read(SHEET)
    assert cells_of(data) == [("01", "=1+1", "@x"), ("02", "-", "＝1")]


def test_the_same_rows_give_the_same_bytes() -> None:
    rows = [("01", "井盖", "")]
    assert write_xlsx(HEADER, rows, sheet_name="表") == write_xlsx(HEADER, rows, sheet_name="表")


def test_merged_cells_give_their_text_to_every_row() -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:A4")
        sheet.merge_cells("B3:C4")

    table = open_table(workbook([HEADER, ("01", "a", "x"), (None, "b", None), (None, None, None)], merge), COLUMNS)
    assert [note.code for note in table.notes] == ["merged_cells_filled"]
    assert [(row.text("code"), row.text("name"), row.text("note")) for row in table.rows] == [
        ("01", "a", "x"),
        ("01", "b", "b"),
        ("01", "b", "b"),
    ]


def test_a_merged_title_above_the_header_is_passed_over() -> None:
    data = workbook([("标准", None, None), HEADER, ("01", "a", "")], lambda sheet: sheet.merge_cells("A1:C1"))
    assert cells_of(data) == [("01", "a", "")]


@pytest.mark.parametrize(
    ("area", "code"),
    [
        ("A1:XFD1048576", "duplicate_column"),
        ("A2:A9999999", "bad_merge"),
        ("nonsense", "bad_merge"),
        ("A0:B1", "bad_merge"),
    ],
)
def test_senseless_merged_areas_are_refused(area: str, code: str) -> None:
    data = workbook([HEADER, ("01", "a", "")], lambda sheet: sheet.merge_cells("A5:B5"))
    assert refusal_of(with_part(data, SHEET, lambda part: part.replace(b"A5:B5", area.encode()))) == code


def test_overlapping_merged_areas_are_refused() -> None:
    many = b"".join(b'<mergeCell ref="A2:B2"/>' for _ in range(limits.MOST_COLUMNS + 1))
    data = workbook([HEADER, ("01", "a", "")], lambda sheet: sheet.merge_cells("A2:B2"))
    assert refusal_of(with_part(data, SHEET, lambda part: part.replace(b'<mergeCell ref="A2:B2"/>', many))) == (
        "too_many_merges"
    )


def test_a_lying_sheet_size_costs_nothing() -> None:
    data = workbook([HEADER, ("01", "a", "")])
    lie = with_part(data, SHEET, lambda part: part.replace(b'ref="A1:C2"', b'ref="A1:XFD1048576"'))
    assert lie != data
    assert cells_of(lie) == [("01", "a", "")]


def test_a_row_far_below_counts_as_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_module, "MOST_ROWS", 50)
    assert refusal_of(workbook([HEADER], lambda sheet: sheet.cell(900, 1, "x"))) == "too_many_rows"


def test_a_cell_far_to_the_right_is_refused() -> None:
    assert refusal_of(workbook([HEADER], lambda sheet: sheet.cell(2, 16_000, "x"))) == "too_many_columns"


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    data = workbook([HEADER])
    assert refusal_of(with_part(data, "xl/media/a.xml", lambda _: b"<a>" + b" " * 30_000_000)) == "zip_bomb"


def test_a_workbook_that_unpacks_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_guard, "MOST_UNPACKED_BYTES", 1_000)
    assert refusal_of(workbook([HEADER])) == "unpacks_too_large"


def test_a_part_larger_than_its_directory_says_is_refused() -> None:
    data = bytearray(with_part(workbook([HEADER]), "xl/x.xml", lambda _: b"<a>" + bytes(range(33, 123)) * 5_000))
    entry = data.rindex(b"xl/x.xml") - 46
    data[entry + 24 : entry + 28] = (9).to_bytes(4, "little")
    assert refusal_of(bytes(data)) == "broken_workbook"


DOCTYPE = b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", SHEET, "xl/workbook.xml", "[Content_Types].xml"])
def test_a_doctype_in_any_part_is_refused(part: str) -> None:
    data = workbook([HEADER, ("01", "a", "")])
    assert refusal_of(with_part(data, part, lambda content: DOCTYPE + content)) == "doctype"


def test_a_doctype_across_two_reads_is_refused() -> None:
    head, tail = b"<?xml version='1.0' encoding='utf-8'?><!--", b"-->"
    padding = head + b"x" * (xlsx_guard.CHUNK - 4 - len(head) - len(tail)) + tail
    assert (
        refusal_of(with_part(workbook([HEADER]), "xl/x.xml", lambda _: padding + b'<!DOCTYPE a SYSTEM "x"><a/>'))
        == "doctype"
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-7", "cp037"])
def test_an_encoding_that_could_hide_a_doctype_is_refused(encoding: str) -> None:
    hidden = (f'<?xml version="1.0" encoding="{encoding}"?>' + DOCTYPE.decode() + "<a/>").encode(encoding)
    assert refusal_of(with_part(workbook([HEADER]), "xl/x.xml", lambda _: hidden)) == "broken_workbook"


@pytest.mark.parametrize(
    "part", ["xl/externalLinks/externalLink1.xml", "xl/vbaProject.bin", "../../etc/x.xml", "/x.xml"]
)
def test_links_macros_and_paths_that_leave_are_refused(part: str) -> None:
    assert refusal_of(with_part(workbook([HEADER]), part, lambda _: b"<a/>")) == "hostile_workbook"


def test_an_old_or_encrypted_workbook_is_named_as_such() -> None:
    assert refusal_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600) == "old_or_encrypted"


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    assert refusal_of(out.getvalue()) == "broken_workbook"
    assert refusal_of(b"PK\x03\x04 and no more") == "broken_workbook"


def test_hidden_sheets_are_not_read() -> None:
    def hide(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        shown = sheet.parent.create_sheet("shown")
        shown.append(HEADER)
        shown.append(("02", "b", ""))
        sheet.sheet_state = "hidden"

    assert cells_of(workbook([HEADER, ("01", "a", "")], hide)) == [("02", "b", "")]


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(seed: int) -> None:
    """Bytes inside the XML parts are changed at random; whatever comes of it is a table or a SheetError."""
    chance = random.Random(seed)
    data = workbook([HEADER, ("01", "=A1", 3.5), ("02", "b", "x")], lambda sheet: sheet.merge_cells("A2:A3"))
    part = chance.choice(
        [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"]
    )

    def damage(content: bytes) -> bytes:
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 6)):
            position = chance.randrange(len(damaged))
            damaged[position : position + chance.randint(0, 9)] = chance.choice([b"", b"9", b"-1", b"A", b"</c>", b'"'])
        return bytes(damaged)

    try:
        rows = list(open_table(with_part(data, part, damage), COLUMNS).rows)
    except SheetError:
        return
    assert len(rows) <= 1_000


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"])
def test_a_part_nested_without_end_is_read_or_refused(part: str) -> None:
    deep = b"<a>" * 50_000 + b"</a>" * 50_000
    data = with_part(workbook([HEADER, ("01", "a", "")]), part, lambda content: content.replace(b"</", deep + b"</", 1))
    try:
        rows = list(open_table(data, COLUMNS).rows)
    except SheetError:
        return
    assert len(rows) <= 1
