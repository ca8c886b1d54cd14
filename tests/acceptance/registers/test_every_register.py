"""What holds for every register: a dry run changes nothing, applying is guarded, exports come back as imports."""

from __future__ import annotations

import json

import pytest

from tests.acceptance.city import City
from tests.acceptance.registers.exchanges import SAMPLES, Sample, applied, staged

pytestmark = pytest.mark.asyncio(loop_scope="module")
each = pytest.mark.parametrize("sample", SAMPLES, ids=[sample.path for sample in SAMPLES])


async def numbers(city: City, sample: Sample) -> list[int]:
    page = await (await city.person("leader")).get(f"{sample.path}/versions")
    return [item["number"] for item in page.body["items"]]


@each
async def test_a_dry_run_reports_and_changes_nothing(city: City, sample: Sample) -> None:
    before = await numbers(city, sample)
    designer = await city.person("designer")
    report = await staged(designer, sample, sample.good)
    assert (report.status, report.body["rows_taken"], report.body["rows_refused"]) == (201, 1, 0)
    assert report.body["changes"]["added"] + report.body["changes"]["changed"] >= 1
    again = await designer.get(f"{sample.path}/imports/{report.body['id']}")
    assert (await numbers(city, sample), again.body) == (before, report.body)


@each
async def test_the_same_file_is_the_same_import(city: City, sample: Sample) -> None:
    designer = await city.person("designer")
    first, second = await staged(designer, sample, sample.good), await staged(designer, sample, sample.good)
    assert (first.body["id"], first.body["sha256"]) == (second.body["id"], second.body["sha256"])


@each
async def test_what_is_wrong_is_reported_by_its_place_in_both_languages(city: City, sample: Sample) -> None:
    report = await staged(await city.person("designer"), sample, sample.bad)
    assert (report.status, report.body["rows_taken"], report.body["rows_refused"]) == (201, 0, 1)
    (finding,) = [found for found in report.body["findings"] if found["severity"] == "refused"]
    assert finding["row"] == 2 or finding["pointer"].startswith("/features/0")
    assert finding["message_zh"]
    assert finding["message_en"] != finding["message_zh"]


@each
async def test_refusals_that_nobody_has_seen_stop_an_import(city: City, sample: Sample) -> None:
    designer = await city.person("designer")
    report = await staged(designer, sample, sample.bad)
    path = f"{sample.path}/imports/{report.body['id']}/apply"
    unseen = await designer.post(path, {"refusals_seen": 0})
    assert (unseen.status, unseen.code, unseen.body["pointer"]) == (422, "refusals_not_seen", "/refusals_seen")


@each
async def test_nothing_new_is_no_version(city: City, sample: Sample) -> None:
    """A merged file of which nothing was taken leaves the register as it is, or empty."""
    before = await numbers(city, sample)
    designer = await city.person("designer")
    refused = await applied(designer, sample, await staged(designer, sample, sample.bad))
    assert (refused.status, refused.code) in {(409, "register_unchanged"), (422, "nothing_taken")}
    assert await numbers(city, sample) == before


@each
async def test_an_import_is_applied_once_and_says_so_again(city: City, sample: Sample) -> None:
    before = await numbers(city, sample)
    designer = await city.person("designer")
    report = await staged(designer, sample, sample.good)
    key = {"idempotency_key": f"apply{sample.path}"}
    answers = [await applied(designer, sample, report, **key), await applied(designer, sample, report, **key)]
    assert (answers[0].status, answers[0].body) == (answers[1].status, answers[1].body)
    number = len(before) + 1
    assert (answers[0].body["number"], answers[0].headers["etag"]) == (number, f'"{number}"')
    assert await numbers(city, sample) == [number, *before]


@each
async def test_an_import_compared_with_an_older_version_is_behind(city: City, sample: Sample) -> None:
    designer = await city.person("designer")
    report = await staged(designer, sample, sample.good.replace("试验".encode(), "另一".encode()))
    stale = await applied(designer, sample, report, if_match='"77"')
    assert (stale.status, stale.code) == (412, "stale_version")


@each
async def test_a_withdrawn_import_is_gone(city: City, sample: Sample) -> None:
    designer = await city.person("designer")
    report = await staged(designer, sample, sample.bad)
    path = f"{sample.path}/imports/{report.body['id']}"
    assert (await designer.send("DELETE", path)).status == 204
    gone = [await designer.get(path), await applied(designer, sample, report)]
    assert [answer.status for answer in gone] == [404, 404]


@each
async def test_what_is_exported_comes_back_unchanged(city: City, sample: Sample) -> None:
    designer = await city.person("designer")
    if not await numbers(city, sample):
        await applied(designer, sample, await staged(designer, sample, sample.good))
    for wanted in sample.formats:
        file = await designer.get(f"{sample.path}/export", format=wanted)
        assert file.status == 200, file
        assert f'.{wanted}"' in file.headers["content-disposition"]
        if sample.path != "/grids":
            content = file.body if isinstance(file.body, bytes) else json.dumps(file.body).encode()
            report = await staged(designer, sample, content, mode="replace")
            assert report.body["rows_refused"] == 0, report.body["findings"]
            assert report.body["changes"] == {"added": 0, "removed": 0, "changed": 0}


@each
async def test_only_who_manages_a_register_imports_and_exports(city: City, sample: Sample) -> None:
    clerk, designer = await city.person("clerk"), await city.person("designer")
    report = await staged(designer, sample, sample.bad)
    one = f"{sample.path}/imports/{report.body['id']}"
    answers = [
        await staged(clerk, sample, sample.good),
        await clerk.get(one),
        await applied(clerk, sample, report),
        await clerk.send("DELETE", one),
        await clerk.get(f"{sample.path}/export"),
    ]
    assert [(answer.status, answer.code) for answer in answers] == [(403, "permission_missing")] * 5


@each
async def test_an_import_of_another_register_is_not_found(city: City, sample: Sample) -> None:
    designer = await city.person("designer")
    other = SAMPLES[SAMPLES.index(sample) - 1]
    report = await staged(designer, other, other.bad)
    assert (await designer.get(f"{sample.path}/imports/{report.body['id']}")).status == 404
