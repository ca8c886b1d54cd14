"""CSV files as they arrive: encodings, marks, broken and empty ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processes.sheets import Column, SheetError, Table, is_formula, limits, open_table, quoted, write_csv
from processes.sheets import table as table_module

COLUMNS = (Column("code", "代码", True), Column("name", "名称", True, ("名字",)), Column("note", "备注"))


def rows_of(table: Table) -> list[tuple[int, str, str]]:
    return [(row.number, row.text("code"), row.text("name")) for row in table.rows]


def refusal_of(data: bytes) -> SheetError:
    with pytest.raises(SheetError) as refused:
        list(open_table(data, COLUMNS).rows)
    assert refused.value.message_zh
    assert refused.value.message_en
    return refused.value


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_utf8_is_read_with_and_without_mark(mark: bytes) -> None:
    table = open_table(mark + "代码,名称\n01,井盖\n".encode(), COLUMNS)
    assert rows_of(table) == [(2, "01", "井盖")]
    assert table.notes == ()


@pytest.mark.parametrize("encoding", ["gbk", "gb2312", "gb18030"])
def test_gb18030_and_what_it_grew_from_are_read_and_said_so(encoding: str) -> None:
    table = open_table("代码,名称\n01,井盖\n".encode(encoding), COLUMNS)
    assert [note.code for note in table.notes] == ["read_as_gb18030"]
    assert rows_of(table) == [(2, "01", "井盖")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_other_encodings_are_refused(encoding: str) -> None:
    assert refusal_of("代码,名称\n01,井盖\n".encode(encoding)).code in {"wrong_encoding", "no_header"}


def test_bytes_that_are_no_text_are_refused() -> None:
    assert refusal_of(b"code,name\n01,\xff\xfe\xff\n").code == "wrong_encoding"


@pytest.mark.parametrize("data", [b"", b" \r\n\t"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert refusal_of(data).code == "empty_file"


def test_a_header_without_required_columns_names_them() -> None:
    refused = refusal_of("代码,别的\n01,x\n".encode())
    assert refused.code == "no_header"
    assert "名称" in refused.message_zh
    assert refused.message_en.endswith("missing columns: name")


def test_title_lines_above_the_header_are_passed_over() -> None:
    table = open_table("某市立案标准,\n,\n代码, 名 字\n01,井盖\n".encode(), COLUMNS)
    assert rows_of(table) == [(4, "01", "井盖")]


def test_a_column_that_stands_twice_is_refused() -> None:
    assert refusal_of("代码,名称,名字\n".encode()).code == "duplicate_column"


def test_an_unknown_column_is_noted_and_not_read() -> None:
    table = open_table("代码,颜色,名称\n01,红,井盖\n".encode(), COLUMNS)
    assert [note.code for note in table.notes] == ["unknown_column"]
    assert rows_of(table) == [(2, "01", "井盖")]


def test_short_rows_are_filled_and_empty_rows_passed_over() -> None:
    assert rows_of(open_table("代码,名称\n01\n,\n\n02,灯\n".encode(), COLUMNS)) == [(2, "01", ""), (5, "02", "灯")]


def test_an_open_quote_is_refused_with_its_row() -> None:
    refused = refusal_of('代码,名称\n01,"井盖\n'.encode())
    assert (refused.code, refused.row) == ("broken_csv", 2)


@pytest.mark.parametrize("bad", ["a\x00b", "a\x1bb", "a\x7fb", "a\ufffeb"])
def test_control_characters_refuse_their_row_only(bad: str) -> None:
    rows = list(open_table(f"代码,名称\n01,{bad}\n02,灯\n".encode(), COLUMNS).rows)
    assert [row.is_refused for row in rows] == [True, False]
    assert [(finding.code, finding.column, finding.row) for finding in rows[0].findings] == [
        ("bad_character", "name", 2)
    ]


def test_an_overlong_cell_refuses_its_row() -> None:
    long = "井" * (limits.MOST_CELL_CHARACTERS + 1)
    (row,) = open_table(f"代码,名称\n01,{long}\n".encode(), COLUMNS).rows
    assert [finding.code for finding in row.findings] == ["cell_too_long"]


def test_a_file_that_is_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_module, "MOST_FILE_BYTES", 20)
    assert refusal_of("代码,名称\n01,井盖井盖\n".encode()).code == "file_too_large"


def test_rows_beyond_the_limit_are_refused_where_they_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_module, "MOST_ROWS", 3)
    data = "标题\n代码,名称\n".encode() + b"01,x\n" * 3
    assert len(list(open_table(data, COLUMNS).rows)) == 3
    refused = refusal_of(data + b"01,x\n" * 100)
    assert (refused.code, refused.row) == ("too_many_rows", 6)


def test_the_row_limit_is_a_million() -> None:
    assert limits.MOST_ROWS == 1_000_000


def test_too_many_columns_are_refused() -> None:
    assert refusal_of(("代码,名称" + "," * 200 + "\n").encode()).code == "too_many_columns"
    assert refusal_of(("代码,名称\n" + "," * 200 + "x\n").encode()).code == "too_many_columns"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x"])
def test_what_a_spreadsheet_would_run_is_quoted_on_export(text: str) -> None:
    assert is_formula(text)
    assert quoted(text) == "'" + text
    assert "'" + text in write_csv(("代码", "名称"), [("01", text)]).decode()


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=40))
def test_text_survives_export_and_import(text: str) -> None:
    name = text.strip()
    if name.startswith("'") and is_formula(name[1:]):
        name = ""  # the one shape that reads as a quoted formula
    data = write_csv(("代码", "名称", "备注"), [("01", name, "")])
    assert [row.text("name") for row in open_table(data, COLUMNS).rows] == [name]


def test_mongolian_text_survives() -> None:
    name = "ᠤᠯᠠᠭᠠᠨᠬᠣᠲᠠ"
    assert rows_of(open_table(write_csv(("代码", "名称"), [("01", name)]), COLUMNS)) == [(2, "01", name)]
