"""The forms that are shipped: whole, bilingual, and strict where the trade is."""

from __future__ import annotations

from typing import Any

import pytest

from forms import DataRefused, Text, accept, load_form, standard_forms

ACCEPTED: list[tuple[str, dict[str, Any]]] = [
    ("acceptance", {"decision": "accept", "confirm_on_site": True}),
    ("acceptance", {"decision": "refuse", "refusal_reason": "不属于城市管理范围"}),
    ("confirmation", {"result": "confirmed", "photos": ["media:1"]}),
    ("confirmation", {"result": "confirmed", "place": {"lon": 122.07, "lat": 46.08}}),
    ("filing", {"decision": "file", "condition": "0101-1", "urgency": "urgent"}),
    ("filing", {"decision": "void", "reason": "测试数据"}),
    ("refusal_reply", {"reply": "已告知", "reply_channel": "phone"}),
    ("dispatch", {"decision": "send_back", "reason": "立案条件不明"}),
    ("disposal", {"result": "fixed", "measures": "更换井盖"}),
    ("verification", {"result": "passed"}),
    ("closure", {"decision": "close"}),
    ("return_visit", {"result": "reached", "satisfaction": "4", "note": "很快就修好了"}),
    ("return_visit", {"result": "reached", "satisfaction": "1", "decision": "rework", "reason": "仍有响动"}),
    ("return_visit", {"result": "not_reached"}),
    ("approval", {"decision": "approve"}),
    ("lifting_request", {"reason": "材料已到"}),
    ("return_request", {"reason": "不属于本单位职责", "suggested_unit": "municipal_works"}),
    ("supervision_order", {"kind": "overdue", "opinion": "限期办结", "answer_by": "2026-11-27T18:00:00+08:00"}),
    ("supervision_answer", {"answer": "已安排加派人员"}),
    ("escalation_acknowledgement", {"note": "已督促"}),
    ("suspension_request", {"reason": "冬季无法施工", "until": "2027-04-15T08:30:00+08:00"}),
    ("urging", {"opinion": "请尽快处理"}),
    ("void_request", {"reason": "重复立案"}),
    ("extension_request", {"reason": "需要开挖", "amount": 2}),
    ("redispatch_request", {"reason": "权属已变更"}),
]
REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("acceptance", {"decision": "refuse"}, "/refusal_reason"),
    ("confirmation", {"result": "unable"}, "/note"),
    ("confirmation", {"result": "confirmed", "place": {"lon": 122.07}}, "/place/lat"),
    ("confirmation", {"result": "confirmed", "place": {"lon": 122.07, "lat": 146}}, "/place/lat"),
    ("filing", {"decision": "file"}, "/condition"),
    ("filing", {"decision": "refuse", "reason": "重复", "condition": "0101-1"}, "/condition"),
    ("filing", {"decision": "void", "reason": ""}, "/reason"),
    ("dispatch", {"decision": "dispatch"}, "/responsible_unit"),
    ("disposal", {"result": "fixed"}, "/measures"),
    ("disposal", {"result": "fixed", "measures": "更换", "photos": ["../../x"]}, "/photos/0"),
    ("verification", {"result": "not_passed"}, "/note"),
    ("closure", {"decision": "rework"}, "/reason"),
    ("return_visit", {"result": "reached"}, "/satisfaction"),
    ("return_visit", {"result": "not_reached", "satisfaction": "5"}, "/satisfaction"),
    ("return_visit", {"result": "reached", "satisfaction": "2"}, "/decision"),
    ("approval", {"decision": "reject"}, "/opinion"),
    ("supervision_order", {"kind": "whim", "opinion": "限期办结"}, "/kind"),
    ("suspension_request", {"reason": "冬季无法施工"}, "/until"),
    ("extension_request", {"reason": "需要开挖", "amount": 366}, "/amount"),
]


@pytest.mark.parametrize("key", sorted(standard_forms()))
def test_a_standard_form_is_whole_and_bilingual(key: str) -> None:
    form = load_form(standard_forms()[key])
    assert form.key == key
    fields = [field for row in form.layout for field in row]
    texts: list[Text] = [form.title, *(field.label for field in fields)]
    texts += [option for field in fields for option in field.options.values()]
    assert all(text.zh and text.en and not text.zh.isascii() and text.en.isascii() for text in texts)


@pytest.mark.parametrize(("key", "data"), ACCEPTED)
def test_a_complete_answer_is_accepted(key: str, data: dict[str, Any]) -> None:
    assert data.items() <= accept(load_form(standard_forms()[key]), data).items()


@pytest.mark.parametrize(("key", "data", "pointer"), REFUSED)
def test_what_is_missing_or_does_not_belong_is_named(key: str, data: dict[str, Any], pointer: str) -> None:
    with pytest.raises(DataRefused) as refused:
        accept(load_form(standard_forms()[key]), data)
    assert [problem.pointer for problem in refused.value.problems] == [pointer]


@pytest.mark.parametrize("key", sorted(standard_forms()))
def test_every_standard_form_has_an_answer_in_these_tests(key: str) -> None:
    assert key in {name for name, _ in ACCEPTED}
