"""Import of a catalogue: what is taken, what is refused and why, and what it would change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processes.catalogue import Action, Milestone, TimeLimit
from processes.catalogue.files import merged, read_catalogue
from processes.sheets import SheetError, write_csv
from tests.unit.catalogue.sheets_text import COLUMNS, grate, sheet
from tests.unit.sheets.workbooks import HEADER, ROW, workbook


def codes_of(data: bytes) -> list[tuple[str, int | None, str]]:
    report = read_catalogue(data).report
    return [(finding.code, finding.row, finding.column) for finding in report.findings]


def test_the_condition_carries_the_limit() -> None:
    catalogue = read_catalogue(sheet([grate(), grate("堵塞", "1", "工作日", "清通")])).catalogue
    first, second = catalogue.conditions_of("component-0104")
    assert (first.key, first.limit) == ("component-0104-01", TimeLimit(2, "urgent_hour"))
    assert (second.key, second.limit, second.closing) == ("component-0104-02", TimeLimit(1, "work_day"), "清通")
    assert catalogue.subcategory("component-0104").unit_types == ("排水企业", "产权单位")
    assert catalogue.category_class("component-01").name == "公用设施"


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        ("分钟", "minute"),
        ("紧急工作时", "urgent_hour"),
        ("自然日", "natural_day"),
        ("紧急工作日", "natural_day"),
        ("工作时", "work_hour"),
        ("工作日", "work_day"),
        ("工作日·次日起算", "work_day_from_next"),
        ("work_day", "work_day"),
    ],
)
def test_units_are_known_by_their_chinese_names(unit: str, code: str) -> None:
    (condition,) = read_catalogue(sheet([grate(unit=unit)])).catalogue.conditions
    assert condition.limit == TimeLimit(2, code)


def test_amount_and_unit_may_stand_in_one_cell() -> None:
    (condition,) = read_catalogue(sheet([grate(limit="3 工作日", unit="")])).catalogue.conditions
    assert condition.limit == TimeLimit(3, "work_day")


@pytest.mark.parametrize("word", ["component", "部件", "C", "1"])
def test_kinds_are_known_by_code_name_and_alias(word: str) -> None:
    (entry,) = read_catalogue(sheet([grate().replace("component", word, 1)])).catalogue.subcategories
    assert entry.kind == "component"


def test_codes_that_lost_their_zero_are_put_right() -> None:
    rows = [HEADER, ("事件", 1, "市容环境", 10, "暴露生活垃圾", "散落", 4, "工作时", "清走"), ROW]
    catalogue = read_catalogue(workbook(rows)).catalogue
    assert [entry.key for entry in catalogue.subcategories] == ["incident-0110", "component-0101"]


def test_milestones_are_one_condition_and_the_last_carries_the_whole() -> None:
    columns = COLUMNS + ",milestone"
    rows = [grate("塌空", "2", closing="围护") + ",消除隐患", grate("塌空", "5", "工作日", "修好") + ",修复"]
    (condition,) = read_catalogue(sheet(rows, columns=columns)).catalogue.conditions
    assert condition.limit == TimeLimit(5, "work_day")
    assert condition.closing == "修好"
    assert condition.milestones == (
        Milestone("make_safe", TimeLimit(2, "urgent_hour"), "围护"),
        Milestone("repair", TimeLimit(5, "work_day"), "修好"),
    )


@pytest.mark.parametrize(("first", "second"), [("", "修复"), ("消除隐患", ""), ("修复", "修复")])
def test_rows_of_one_condition_must_be_different_milestones(first: str, second: str) -> None:
    rows = [grate("塌空") + f",{first}", grate("塌空", "5") + f",{second}"]
    assert codes_of(sheet(rows, columns=COLUMNS + ",milestone")) == [("duplicate_condition", 3, "filing_condition")]


def test_evidence_and_hints_are_read() -> None:
    columns = COLUMNS + ",evidence,hints"
    rows = [grate() + ",上报 照片 2；verify photo 1 same_view；核查 视频,拍全景；拍近景"]
    catalogue = read_catalogue(sheet(rows, columns=columns)).catalogue
    rules = catalogue.conditions[0].required_evidence
    assert [(rule.usage, rule.medium, rule.least, rule.same_view) for rule in rules] == [
        ("report", "photo", 2, False),
        ("verify", "photo", 1, True),
        ("verify", "video", 1, False),
    ]
    assert catalogue.subcategories[0].hints == ("拍全景", "拍近景")


def test_a_condition_without_rules_asks_for_the_usual_evidence() -> None:
    (condition,) = read_catalogue(sheet([grate()])).catalogue.conditions
    assert [rule.usage for rule in condition.required_evidence] == ["report", "disposal", "verify"]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (grate(limit="两"), "not_a_number", "limit_value"),
        (grate(limit="0"), "bad_limit", "limit_value"),
        (grate(limit="-2"), "not_a_number", "limit_value"),
        (grate(limit="99999999999999999999"), "not_a_number", "limit_value"),
        (grate(limit="1.5"), "not_a_number", "limit_value"),
        (grate(limit="=1+1"), "not_a_number", "limit_value"),
        (grate(unit="天"), "unknown_term", "limit_unit"),
        (grate(unit=""), "empty_cell", "limit_unit"),
        (grate(closing=""), "empty_cell", "closing_condition"),
        (grate(condition=""), "empty_cell", "filing_condition"),
        (grate().replace("component", "设备", 1), "unknown_term", "kind"),
        (grate().replace(",01,", ",0x1,", 1), "bad_code", "class_code"),
        (grate().replace(",04,", ",井,", 1), "bad_code", "sub_code"),
    ],
)
def test_a_bad_row_is_refused_by_column_and_the_others_are_taken(row: str, code: str, column: str) -> None:
    imported = read_catalogue(sheet([grate("甲"), row, grate("乙")]))
    assert [(finding.code, finding.row, finding.column) for finding in imported.report.refused] == [(code, 3, column)]
    assert all(finding.message_zh and finding.message_en for finding in imported.report.findings)
    assert (imported.report.rows_read, imported.report.rows_taken, imported.report.rows_refused) == (3, 2, 1)
    assert [condition.text for condition in imported.catalogue.conditions] == ["甲", "乙"]


def test_an_evidence_rule_that_cannot_be_read_is_refused() -> None:
    assert codes_of(sheet([grate() + ",拍两张"], columns=COLUMNS + ",evidence")) == [("bad_evidence", 2, "evidence")]


def test_a_condition_that_stands_twice_is_refused() -> None:
    assert codes_of(sheet([grate(), grate(limit="5")])) == [("duplicate_condition", 3, "filing_condition")]


def test_a_condition_number_that_stands_twice_is_refused() -> None:
    columns = COLUMNS + ",condition_no"
    rows = [grate("甲") + ",3", grate("乙") + ",3", grate("丙")]
    imported = read_catalogue(sheet(rows, columns=columns))
    assert [finding.code for finding in imported.report.refused] == ["duplicate_number"]
    assert [condition.key for condition in imported.catalogue.conditions] == ["component-0104-03", "component-0104-04"]


def test_a_second_name_for_a_code_is_noted_and_kept_as_alias() -> None:
    other = grate("乙").replace("雨水箅子", "雨水篦子")
    imported = read_catalogue(sheet([grate("甲"), other]))
    assert [(note.code, note.row) for note in imported.report.notes] == [("name_differs", 3)]
    (entry,) = imported.catalogue.subcategories
    assert (entry.name, entry.aliases) == ("雨水箅子", ("雨水篦子",))
    assert len(imported.catalogue.conditions) == 2


def test_a_file_without_one_good_row_gives_an_empty_candidate() -> None:
    imported = read_catalogue(sheet([grate(limit="x")]))
    assert imported.catalogue.conditions == ()
    assert imported.report.rows_refused == 1


def test_a_file_with_another_header_is_refused_whole() -> None:
    with pytest.raises(SheetError, match="missing columns"):
        read_catalogue(b"a,b\n1,2\n")


def test_a_condition_keeps_its_number_and_a_number_is_not_given_again() -> None:
    first = read_catalogue(sheet([grate("甲"), grate("乙"), grate("丙")])).catalogue
    second = read_catalogue(sheet([grate("甲"), grate("乙")]), (first,)).catalogue
    third = read_catalogue(sheet([grate("丁"), grate("乙")]), (first, second)).catalogue
    assert [(condition.text, condition.number) for condition in third.conditions] == [("丁", 4), ("乙", 2)]


def test_the_differences_say_what_is_new_gone_and_changed() -> None:
    before = read_catalogue(sheet([grate("甲"), grate("乙")])).catalogue
    imported = read_catalogue(sheet([grate("甲", limit="3", unit="工作日"), grate("丙")]), (before,))
    found = {(each.action, each.key): each for each in imported.differences}
    assert set(found) == {
        (Action.CHANGED, "component-0104-01"),
        (Action.REMOVED, "component-0104-02"),
        (Action.ADDED, "component-0104-03"),
    }
    (change,) = found[Action.CHANGED, "component-0104-01"].fields
    assert (change.field, change.before, change.after) == ("limit", "2 urgent_hour", "3 work_day")


def test_a_partial_file_can_be_merged_into_the_current_catalogue() -> None:
    other = grate().replace(",04,雨水箅子", ",01,上水井盖")
    current = read_catalogue(sheet([grate("甲"), grate("乙"), other])).catalogue
    imported = read_catalogue(sheet([grate("丙")])).catalogue
    whole = merged(current, imported)
    assert {condition.text for condition in whole.conditions_of("component-0104")} == {"丙"}
    assert len(whole.conditions_of("component-0101")) == 1
    assert [entry.code for entry in whole.classes] == ["01"]


@given(st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", sheet([grate()]), sheet([grate()])[:60]]))
def test_any_bytes_are_read_or_refused(junk: bytes, beginning: bytes) -> None:
    try:
        report = read_catalogue(beginning + junk).report
    except SheetError:
        return
    assert report.rows_taken + report.rows_refused == report.rows_read


@given(st.lists(st.text(max_size=12), min_size=11, max_size=11))
def test_any_cells_are_read_or_refused_by_column(cells: list[str]) -> None:
    columns = tuple(COLUMNS.split(","))
    report = read_catalogue(write_csv(columns, [cells])).report
    assert report.rows_read <= 1
    assert all(finding.column in {*columns, "unit_types"} for finding in report.refused)
