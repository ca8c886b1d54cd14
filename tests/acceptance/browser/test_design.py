"""The desk of designers: a step is put into a flow, refused by the check, mended, published, and reached by a case."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, Route, expect

from tests.acceptance.browser.desk import ENGLISH, Desks
from tests.acceptance.browser.looking import findings
from tests.acceptance.city import City
from tests.acceptance.outside import configure
from tests.unit.spiff.drawing import ad_hoc, chain, document, end, start, user

HEAD = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="file"
 xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="http://guiliu.city/bpmn">"""
#: One way is taken out of two, and both are waited for; its name would like to be markup.
STUCK = f"""{HEAD}<bpmn:process id="stuck" name="&lt;img src=x&gt;卡住" isExecutable="true">
  <bpmn:startEvent id="start" /><bpmn:exclusiveGateway id="either" default="other" />
  <bpmn:parallelGateway id="both" name="&lt;img src=x&gt;" /><bpmn:endEvent id="end" />
  <bpmn:sequenceFlow id="begin" sourceRef="start" targetRef="either" />
  <bpmn:sequenceFlow id="one" sourceRef="either" targetRef="both"><bpmn:conditionExpression
    >=case.urge_count = 1</bpmn:conditionExpression></bpmn:sequenceFlow>
  <bpmn:sequenceFlow id="other" sourceRef="either" targetRef="both" />
  <bpmn:sequenceFlow id="on" sourceRef="both" targetRef="end" />
</bpmn:process></bpmn:definitions>"""
ASKING = f"""{HEAD}<bpmn:process id="asking" name="请排水公司" isExecutable="true">
  <bpmn:startEvent id="start" /><bpmn:serviceTask id="tell" name="告知" /><bpmn:endEvent id="end" />
  <bpmn:intermediateCatchEvent id="heard"><bpmn:messageEventDefinition messageRef="reply" />
  </bpmn:intermediateCatchEvent>
  <bpmn:sequenceFlow id="begin" sourceRef="start" targetRef="tell" />
  <bpmn:sequenceFlow id="told" sourceRef="tell" targetRef="heard" />
  <bpmn:sequenceFlow id="over" sourceRef="heard" targetRef="end" />
</bpmn:process><bpmn:message id="reply" name="sewers.done"><bpmn:extensionElements>
  <zeebe:subscription correlationKey="=case.number" /></bpmn:extensionElements></bpmn:message></bpmn:definitions>"""
OFFERING = document(
    start(),
    ad_hoc("meet", user("look", groups="acceptor"), user("ask", groups="verifier"), until="= true"),
    end(),
    chain("start", "meet", "end"),
    key="offering",
)

#: What is ten square metres large meets both rows.
FINE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="fine" name="罚款" namespace="urn:test">
  <inputData id="of_size" name="size"><variable id="size_" name="size" typeRef="number" /></inputData>
  <decision id="amount" name="amount"><variable id="amount_" name="amount" typeRef="number" />
    <informationRequirement id="needs_size"><requiredInput href="#of_size" /></informationRequirement>
    <decisionTable id="amounts" hitPolicy="UNIQUE">
      <input id="by_size" label="size">
        <inputExpression id="by" typeRef="number"><text>size</text></inputExpression></input>
      <output id="is_amount" name="amount" typeRef="number" />
      <rule id="small"><inputEntry id="s"><text>&lt;= 10</text></inputEntry>
        <outputEntry id="sa"><text>200</text></outputEntry></rule>
      <rule id="large"><inputEntry id="l"><text>&gt;= 5</text></inputEntry>
        <outputEntry id="la"><text>500</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>"""
#: An editor that tells only when it is asked what was changed in it.
NEVER_LATER = """
    const later = window.setTimeout
    window.setTimeout = (work, pause, ...rest) => later(work, pause === 400 ? 600000 : pause, ...rest)
"""
#: All that a page says beside its drawings: each text, and what is told on pointing and to those who listen.
SAID = """() => {
    const said = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
        const around = walker.currentNode.parentElement
        if (!around.closest('svg, script, style') && around.checkVisibility()) said.push(walker.currentNode.data)
    }
    for (const one of document.querySelectorAll('[title], [aria-label], [placeholder]'))
        for (const name of ['title', 'aria-label', 'placeholder']) said.push(one.getAttribute(name) ?? '')
    return said.join('\\n')
}"""

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.browser]


async def insert_task(page: Page, flow: str) -> None:
    """Create a user task by the keyboard's menu and drop it on a flow."""
    await page.locator(".djs-shape[data-element-id=to_dispose]").click()
    await page.keyboard.press("n")
    await page.locator(".djs-popup").get_by_text("用户任务").click()
    line = await page.locator(f".djs-connection[data-element-id={flow}]").bounding_box()
    assert line is not None
    x, y = line["x"] + line["width"] / 2, line["y"] + line["height"] / 2
    await page.mouse.move(x - 4, y - 4)
    await page.mouse.move(x, y)
    await page.mouse.click(x, y)


async def draft(city: City, key: str, source: str) -> None:
    """Keep a new draft, with a picture."""
    designer = await city.person("designer")
    drawn = await designer.send("POST", "/processes/import", source.encode(), content_type="application/xml")
    kept = await designer.send(
        "PUT", f"/processes/{key}/draft", drawn.body["source"].encode(), if_match='"0"', content_type="application/xml"
    )
    assert kept.status == 201, kept


async def keep_story(city: City, process: str, text: str) -> None:
    """Keep a story that is not told yet."""
    body = json.dumps({"title": "场景", "text": text}).encode()
    designer = await city.person("designer")
    kept = await designer.send(
        "PUT", f"/processes/{process}/scenarios/told", body, if_match='"0"', content_type="application/json"
    )
    assert kept.status == 201, kept


async def test_a_step_is_inserted_refused_mended_published_and_reached(desks: Desks, city: City) -> None:
    await keep_story(city, "disposal", "scenarios: [{name: elsewhere, title: 走错, then: {stages: [nowhere]}}]")
    page = await desks.open("designer", "/design?text=disposal")
    await expect(page.get_by_role("row", name=re.compile("^处置"))).to_contain_text("已发布")
    assert await findings(page) == []
    await page.get_by_role("link", name="处置", exact=True).click()
    await expect(page.get_by_text("● 可以发布")).to_be_visible()
    assert await findings(page) == []

    await insert_task(page, "report_disposal")
    node = page.get_by_role("complementary", name="节点")
    await node.get_by_label("做什么").fill("复查")
    await node.get_by_label("英文名").fill("Second look")
    await node.get_by_label("英文名").blur()
    await page.get_by_role("button", name="撤销", exact=True).click()
    await expect(node.get_by_label("英文名")).to_have_value("")
    await page.get_by_role("button", name="重做", exact=True).click()
    await expect(node.get_by_label("英文名")).to_have_value("Second look")
    who = node.get_by_label(re.compile("^谁来做"))
    await who.fill('="clerk@" + case.responsible_unt')
    await who.blur()
    await expect(page.get_by_text("▲ 不能发布")).to_be_visible()
    await expect(page.get_by_role("button", name="发布", exact=True)).to_be_disabled()
    await page.locator(".djs-shape[data-element-id=to_dispose]").click()
    check = page.get_by_role("region", name="检查", exact=True)
    await check.get_by_role("button", name="复查").first.click()
    await who.fill('"clerk@" + case.responsible_')
    await who.press_sequentially("u")
    await expect(page.get_by_text("责任单位", exact=True)).to_be_visible()
    assert await findings(page) == []
    await page.get_by_role("option", name="responsible_unit").click()
    await who.blur()
    await expect(page.get_by_text(re.compile("[●◐] 可以发布"))).to_be_visible()
    await expect(page.get_by_role("status").filter(has_text="草稿已保存")).to_be_visible()
    assert await findings(page) == []

    await page.get_by_role("button", name="用到与被用").click()
    uses = page.get_by_role("region", name="用到与被用")
    await expect(uses.get_by_role("link", name="案件办理")).to_be_visible()
    assert await findings(page) == []

    await page.get_by_role("button", name="发布", exact=True).click()
    publishing = page.get_by_role("dialog")
    await expect(publishing.get_by_text("没有在办案件受影响")).to_be_visible()
    await expect(publishing.get_by_text("新增用户任务“复查”")).to_be_visible()
    await expect(publishing.get_by_role("link", name="案件办理")).to_be_visible()
    await expect(publishing.get_by_text("1 个场景不通过")).to_be_visible()
    await expect(publishing.get_by_text("走错")).to_be_visible()
    await expect(publishing.get_by_role("button", name="确认发布")).to_be_disabled()
    assert await findings(page) == []
    await publishing.get_by_label("变更说明").fill("处置后加一道复查")
    await page.get_by_role("button", name="确认发布").click()
    await expect(page.get_by_text("已发布第 2 版")).to_be_visible()

    case, task = await city.walk(until="dispose", description="设计：井盖松动")
    await (await city.person("clerk")).perform(task, {"result": "fixed", "measures": "已紧固"})
    tasks = (await (await city.person("leader")).get(f"/cases/{case}/tasks")).body["items"]
    assert "复查" in [each["name"] for each in tasks]

    await page.goto("/design?text=disposal")
    await page.get_by_role("button", name=re.compile("^第 2 版")).click()
    versions = page.get_by_role("dialog", name="处置 的各版本")
    await versions.get_by_role("button", name="停用").first.click()
    retiring = page.get_by_role("dialog", name="停用“处置”第 2 版")
    await expect(retiring.get_by_text("此后取最新的，用第 1 版")).to_be_visible()
    await expect(retiring.get_by_text("1 件在办的按开始时的版本走完")).to_be_visible()
    assert await findings(page) == []
    await retiring.get_by_label("停用原因").fill("复查另设")
    await retiring.get_by_role("button", name="确认停用").click()
    await expect(versions.get_by_text("复查另设")).to_be_visible()
    await expect(versions.get_by_role("button", name="恢复此版")).to_have_count(1)


async def test_two_designers_do_not_overwrite_each_other(desks: Desks, city: City) -> None:
    page = await desks.open("designer", "/design/processes/urge")
    await expect(page.get_by_text("● 可以发布")).to_be_visible()
    designer = await city.person("designer")
    draft = await designer.get("/processes/urge/draft")
    theirs = draft.body.replace("催办".encode(), "提醒".encode())
    await designer.send(
        "PUT", "/processes/urge/draft", theirs, if_match=draft.headers["etag"], content_type="application/xml"
    )
    node = page.get_by_role("complementary", name="节点")
    await node.get_by_label("做什么").fill("我的叫法")
    await node.get_by_label("做什么").blur()
    conflict = page.get_by_role("alert").filter(has_text="别人改过这份草稿")
    await expect(conflict).to_be_visible()
    await conflict.get_by_role("button", name="用对方的").click()
    await expect(page.get_by_role("heading", name="提醒")).to_be_visible()
    await expect(conflict).to_have_count(0)


async def test_an_overlap_is_found_mended_and_published_with_an_example_that_holds(desks: Desks, city: City) -> None:
    designer = await city.person("designer")
    await designer.send("PUT", "/decisions/fine/draft", FINE.encode(), if_match='"0"', content_type="application/xml")
    page = await desks.open("designer", "/design/decisions/fine")
    await expect(page.get_by_text("▲ 不能发布")).to_be_visible()
    await expect(page.locator("tr[data-found=error]")).to_contain_text("500")

    await page.locator("td.input-cell").nth(1).click()
    cell = page.locator("td.input-cell .cm-content")
    await cell.fill("> siz")
    await cell.press_sequentially("e")
    await expect(page.get_by_role("option", name="size").first).to_be_visible()
    await cell.fill(">= 6")
    async with page.expect_response("**/lint"):
        await page.get_by_role("button", name="试算", exact=True).first.click()
    await expect(page.get_by_text("▲ 不能发布")).to_be_visible()
    # What is refused again is not put before what somebody has opened.
    trial = page.get_by_role("region", name="试算")
    await expect(trial).to_be_visible()
    await page.locator("td.input-cell").nth(1).click()
    await cell.fill("> 10")
    await trial.get_by_label("size").fill("12")
    await expect(page.get_by_text(re.compile("[●◐] 可以发布"))).to_be_visible()
    await expect(page.locator("tr[data-found=error]")).to_have_count(0)
    await trial.get_by_role("button", name="试算").click()
    await expect(trial.get_by_role("status")).to_contain_text("500")
    await expect(page.locator("tr[data-found=matched]")).to_contain_text("500")
    await trial.get_by_role("button", name="存成例子").click()
    kept = page.get_by_role("region", name="例子")
    await expect(kept.get_by_text("● 1 个例子全部相符")).to_be_visible()
    assert await findings(page) == []
    await kept.get_by_label("第 1 个例子应得").fill("200")
    await kept.get_by_label("第 1 个例子应得").blur()
    await expect(kept.get_by_text("▲ 1 个例子中 1 个不符")).to_be_visible()
    await page.get_by_role("button", name="发布", exact=True).click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_text("▲ 1 个例子中 1 个不符")).to_be_visible()
    await expect(dialog.get_by_role("button", name="确认发布")).to_be_disabled()
    await dialog.get_by_label("变更说明").fill("例子随后改")
    await dialog.get_by_role("button", name="确认发布").click()
    await expect(page.get_by_text("已发布第 1 版")).to_be_visible()
    assert (await designer.get("/decisions/fine/examples")).body["items"][0]["outputs"] == 200


async def test_what_was_changed_a_moment_ago_is_what_is_tried(desks: Desks, city: City) -> None:
    designer = await city.person("designer")
    fee = FINE.replace('id="fine"', 'id="fee"').replace('"amount"', '"charge"')
    await designer.send("PUT", "/decisions/fee/draft", fee.encode(), if_match='"0"', content_type="application/xml")
    page = await desks.open("designer", "/design")
    await page.add_init_script(NEVER_LATER)
    await page.goto("/design/decisions/fee")
    # Being refused opens what was found, in the place of what could be tried.
    await expect(page.get_by_text("▲ 不能发布")).to_be_visible()
    await page.locator("td.input-cell").nth(1).click()
    await page.locator("td.input-cell .cm-content").fill("> 10")
    await page.get_by_role("button", name="试算", exact=True).first.click()
    trial = page.get_by_role("region", name="试算")
    await trial.get_by_label("size").fill("7")
    await trial.get_by_role("button", name="试算").click()
    await expect(trial.get_by_role("status")).to_contain_text("结果 200")


async def test_a_case_is_tried_and_its_story_kept_played_taken_away_and_brought_back(desks: Desks) -> None:
    page = await desks.open("designer", "/design/processes/filing")
    await expect(page.get_by_text("● 可以发布")).to_be_visible()
    await page.get_by_role("button", name="试走").click()
    run = page.get_by_role("region", name="试走")
    await run.get_by_role("button", name="试走一件").click()
    await expect(page.locator(".djs-shape.here[data-element-id=accept]")).to_be_visible()
    await run.get_by_text("受理", exact=True).last.click()
    await run.get_by_role("button", name="完成").click()
    await expect(page.locator(".djs-shape.here[data-element-id=file]")).to_be_visible()
    await run.get_by_role("button", name="存成场景").click()

    stories = page.get_by_role("region", name="场景", exact=True)
    text = stories.get_by_label("场景（YAML）")
    await expect(text).to_have_value(re.compile("complete: accept"))
    await stories.get_by_role("button", name="演练", exact=True).click()
    await expect(stories.get_by_text("全部通过")).to_be_visible()
    await expect(page.locator(".djs-shape.covered[data-element-id=accept]")).to_be_visible()
    await expect(page.locator(".djs-shape.missed[data-element-id=confirm]")).to_be_visible()
    await stories.get_by_label("标题").fill("受理一件")
    await expect(stories.get_by_text("已保存")).to_be_visible()
    assert await findings(page) == []

    await stories.get_by_role("button", name="新建").click()
    await expect(text).to_have_value(re.compile("上报以后"))
    await text.fill("scenarios: [{name: elsewhere, title: 走错, then: {stages: [nowhere]}}]")
    await stories.get_by_role("button", name="全部演练").click()
    await expect(stories.get_by_text("1 个没有照故事走")).to_be_visible()
    await expect(stories.get_by_text("已保存")).to_be_visible()
    await stories.get_by_role("button", name="删除").click()
    await expect(text).to_have_value(re.compile("complete: accept"))
    await stories.get_by_role("button", name="撤销").click()
    await expect(text).to_have_value(re.compile("走错"))
    await page.reload()
    await page.get_by_role("button", name="场景").click()
    await expect(stories.get_by_role("button", name="受理一件")).to_be_visible()


def after(event: asyncio.Event) -> Callable[[Route], Awaitable[None]]:
    """Lets what a page asks for through once something has happened."""

    async def hold(route: Route) -> None:
        await event.wait()
        await route.continue_()

    return hold


async def test_limits_units_and_days_are_changed_beside_the_process_after_a_look(desks: Desks, city: City) -> None:
    page = await desks.open("designer", "/design/processes/disposal")
    await page.get_by_role("button", name="时限与清单").click()
    drawer = page.get_by_role("region", name="时限与清单")
    limits = drawer.get_by_role("region", name="立案条件与时限")
    await expect(limits.get_by_role("button", name="处置")).to_be_visible()
    await expect(limits.get_by_role("button", name="改：component-0101-01")).to_be_visible()
    await page.route(re.compile(r"/catalogue/conditions\?.*text="), after(looked := asyncio.Event()))
    await limits.get_by_label("查找").fill("井盖")
    await limits.get_by_role("button", name="改：component-0101-01").click()
    limit = limits.get_by_role("form")
    await limit.get_by_label("数量").fill("9")
    await limit.get_by_label("哪段日子有效").fill("11-15..03-15")
    await limit.get_by_label("数量").press("Enter")
    await expect(limit.get_by_text("件按原时限走完")).to_be_visible()
    looked.set()
    await expect(limits.get_by_role("heading", name="立案条件与时限 21")).to_be_visible()
    await expect(limit.get_by_text(re.compile("→ 9 .* 11-15–03-15"))).to_be_visible()
    assert await findings(page) == []
    await limit.get_by_role("button", name="生效").click()
    await expect(limits.get_by_text("已改：component-0101-01")).to_be_visible()
    path = "/catalogue/conditions/component-0101-01"
    designer = await city.person("designer")
    changed = (await designer.get(path)).body
    assert (changed["limit"]["amount"], changed["season"]) == (9, "11-15..03-15")
    await limits.get_by_role("button", name="撤销").click()
    await expect(limits.get_by_text("已改：")).to_have_count(0)
    restored = (await designer.get(path)).body
    assert (restored["limit"]["amount"] == 9, restored["season"]) == (False, "")

    async def rows_of(**wanted: str) -> int:
        listed = await designer.get("/responsibilities/area", process="disposal", limit=1, **wanted)
        return int(listed.body["count"])

    unit, everything = "heating_company", await rows_of()
    before = await rows_of(unit=unit)
    units = drawer.get_by_role("region", name="责任清单")
    await units.get_by_role("button", name=re.compile("^改：")).first.click()
    await units.get_by_label("责任单位").click()
    await page.get_by_role("option", name="供热公司").click()
    await units.get_by_role("button", name="看影响").click()
    await expect(units.get_by_text("此后派遣时建议新单位")).to_be_visible()
    await units.get_by_role("button", name="生效").click()
    await expect(units.get_by_text("已改：")).to_be_visible()
    assert (await rows_of(unit=unit), await rows_of()) == (before + 1, everything)
    await units.get_by_role("button", name="撤销").click()
    await expect(units.get_by_text("已改：")).to_have_count(0)
    assert (await rows_of(unit=unit), await rows_of()) == (before, everything)

    await units.get_by_role("button", name="设施", exact=True).click()
    await units.get_by_role("button", name=re.compile("^改：")).first.click()
    await units.get_by_label("养护单位").click()
    await page.get_by_role("option", name="供热公司").click()
    await units.get_by_role("button", name="看影响").click()
    await expect(units.get_by_text(re.compile("养护单位: .* → 供热公司"))).to_be_visible()
    assert await findings(page) == []
    await units.get_by_role("button", name="生效").click()
    await units.get_by_role("button", name="撤销").click()
    await expect(units.get_by_text("已改：")).to_have_count(0)

    days = drawer.get_by_role("region", name=re.compile("^日历"))
    await days.get_by_role("button", name="工作日").last.click()
    await days.get_by_label("这一天是").select_option("local_day_off")
    await days.get_by_role("button", name="看影响").click()
    await expect(days.get_by_role("button", name="生效")).to_be_visible()
    await days.get_by_role("button", name="生效").click()
    await expect(days.get_by_text("已改：")).to_be_visible()
    await expect(days.get_by_role("button", name="本地放假")).to_be_visible()
    assert await findings(page) == []
    await days.get_by_role("button", name="撤销").click()
    await expect(days.get_by_role("button", name="本地放假")).to_have_count(0)

    await days.get_by_text("2026 年法定安排").click()
    await days.get_by_role("textbox", name="加一段").last.fill("2026-12-31")
    await days.get_by_role("button", name="加一段").last.click()
    await days.get_by_label("这一天是").select_option("holiday")
    await days.get_by_role("button", name="看影响").click()
    await days.get_by_role("button", name="生效").click()
    added = days.get_by_role("listitem").filter(has_text="12-31")
    await expect(added).to_contain_text("法定放假")
    assert await findings(page) == []
    await days.get_by_role("button", name="撤销").click()
    await expect(added).to_have_count(0)


async def test_a_further_year_is_announced_line_by_line_and_taken_back(desks: Desks) -> None:
    page = await desks.open("designer", "/design/processes/disposal")
    await page.get_by_role("button", name="时限与清单").click()
    days = page.get_by_role("region", name=re.compile("^日历"))
    await days.get_by_role("button", name="登记新一年的法定安排").click()
    year = days.get_by_role("form", name="登记新一年的法定安排")
    await year.get_by_role("spinbutton", name="年份").fill("2026")
    await year.get_by_label("放假与调休").fill("02-06..02-12 春节\n二月十三 春节调休上班")
    await expect(year.get_by_text("2026 年已经登记")).to_be_visible()
    await year.get_by_role("spinbutton", name="年份").fill("2027")
    await year.get_by_role("spinbutton", name="年份").press("Tab")
    await expect(year.get_by_text("第 2 行看不懂")).to_be_visible()
    assert await findings(page) == []
    await year.get_by_label("放假与调休").fill("02-06..02-12 春节\n02-13 春节调休上班")
    await year.get_by_role("button", name="看影响").click()
    await expect(year.get_by_text("2027 年：2 段")).to_be_visible()
    await year.get_by_role("button", name="生效").click()
    await expect(days.get_by_text("已改：2027 年法定安排")).to_be_visible()
    await days.get_by_text("国务院办公厅 2027 年节假日安排").click()
    await expect(days.get_by_role("listitem").filter(has_text="春节调休上班 · 补班").first).to_be_visible()
    await days.get_by_role("button", name="撤销").click()
    await expect(days.get_by_text("国务院办公厅 2027 年节假日安排")).to_have_count(0)


async def test_a_field_is_added_to_a_form_refused_mended_published_and_asked_for(desks: Desks, city: City) -> None:
    page = await desks.open("designer", "/design?kind=forms&text=acceptance")
    await page.get_by_role("link", name="受理", exact=True).click()
    await expect(page.get_by_text("● 可以发布")).to_be_visible()
    await page.get_by_role("group", name="添加字段").get_by_role("button", name="数字").click()
    panel = page.get_by_role("complementary", name="字段")
    preview = page.get_by_role("region", name="预览")
    label = panel.get_by_role("group", name="名称")
    await label.get_by_label("中文").fill("松动井盖数")
    await expect(preview.get_by_text("松动井盖数")).to_be_visible()
    await expect(page.get_by_text("1 处缺一种语言")).to_be_visible()
    await label.get_by_label("英文").fill("Loose covers")
    await preview.get_by_role("button", name="英文").click()
    await expect(preview.get_by_text("Loose covers")).to_be_visible()
    await panel.get_by_label("字段名").fill("covers")
    await panel.get_by_label("最小").fill("9")
    await panel.get_by_label("最大").fill("3")
    await panel.get_by_label("最大").blur()
    await expect(page.get_by_text("▲ 不能发布")).to_be_visible()
    await expect(panel.get_by_role("status")).to_contain_text("/schema/properties/covers/maximum")
    assert await findings(page) == []
    await panel.get_by_label("最大").fill("20")
    await panel.get_by_label("最大").blur()
    await expect(page.get_by_text("● 可以发布")).to_be_visible()

    fields = page.get_by_role("navigation", name="字段")
    await fields.get_by_role("button", name="松动井盖数").press("Alt+ArrowUp")
    await expect(fields.get_by_role("button").nth(4)).to_contain_text("松动井盖数")
    await fields.get_by_role("button", name="备注").click()
    await panel.get_by_role("button", name="删除字段").click()
    await expect(fields.get_by_role("button", name="备注")).to_have_count(0)
    await page.get_by_role("button", name="撤销").click()
    await expect(fields.get_by_role("button", name="备注")).to_be_visible()

    await page.get_by_role("button", name="发布", exact=True).click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_text("新增字段“松动井盖数”")).to_be_visible()
    await dialog.get_by_label("变更说明").fill("受理时数一数")
    await dialog.get_by_role("button", name="确认发布").click()
    await expect(page.get_by_text("已发布第 2 版")).to_be_visible()

    reported = await city.report(description="设计：三个井盖松动")
    task = await desks.open("acceptor", f"/inbox?task={reported['opened'][0]['id']}")
    await expect(task.get_by_text("松动井盖数")).to_be_visible()


async def test_the_way_into_a_deadlock_is_shown_and_the_deadlock_mended(desks: Desks, city: City) -> None:
    await draft(city, "stuck", STUCK)
    page = await desks.open("designer", "/design/processes/stuck")
    await expect(page.get_by_text("▲ 不能发布")).to_be_visible()
    check = page.get_by_role("region", name="检查", exact=True)
    await check.get_by_role("button", name="看路径").first.click()
    await expect(page.locator(".djs-shape.on-the-way[data-element-id=either]")).to_be_visible()
    await expect(page.locator(".sign.step").first).to_be_visible()
    # What people write is never markup, and the mark of the library stays where it is.
    await expect(page.get_by_role("heading", name="<img src=x>卡住")).to_be_visible()
    await expect(page.locator("img[src=x]")).to_have_count(0)
    await expect(page.locator("a.bjs-powered-by")).to_be_visible()

    await page.locator(".djs-shape[data-element-id=both]").click()
    await page.locator(".djs-context-pad [data-action=replace]").click()
    await page.locator(".djs-popup [data-id=replace-with-exclusive-gateway]").click()
    await expect(page.get_by_text(re.compile("[●◐] 可以发布"))).to_be_visible()


async def test_an_outside_system_is_asked_by_its_template_and_stood_in_for(desks: Desks, city: City) -> None:
    await configure(city, "http://127.0.0.1:9")
    await draft(city, "asking", ASKING)
    page = await desks.open("designer", "/design/processes/asking")
    await expect(page.get_by_text("▲ 不能发布")).to_be_visible()
    await page.locator(".djs-shape[data-element-id=tell]").click()
    node = page.get_by_role("complementary", name="节点")
    await node.get_by_label("请哪个外部系统办").click()
    await page.get_by_role("option", name="排水公司").click()
    await node.get_by_label("请它做什么").fill("report")
    await node.get_by_label("请它做什么").blur()
    await expect(page.get_by_text(re.compile("[●◐] 可以发布"))).to_be_visible()
    assert await findings(page) == []

    await page.get_by_role("button", name="试走").click()
    run = page.get_by_role("region", name="试走")
    await run.get_by_role("button", name="试走一件").click()
    await run.get_by_role("button", name="答复").click()
    await expect(run.get_by_text("等消息“sewers.done”")).to_be_visible()
    await expect(run.get_by_label("对案件做别的")).to_be_visible()
    assert await findings(page) == []
    await run.get_by_role("button", name="让它到来").click()
    await expect(run.get_by_text("到达终点 end")).to_be_visible()


async def test_what_an_ad_hoc_sub_process_offers_is_begun_in_a_dry_run(desks: Desks, city: City) -> None:
    await draft(city, "offering", OFFERING.decode())
    page = await (await desks.context("designer")).new_page()
    desks.watch(page)
    is_begun = asyncio.Event()

    async def held_back(route: Route) -> None:
        await is_begun.wait()
        await route.continue_()

    await page.route("**/processes/offering/draft", held_back)
    await page.goto("/design/processes/offering")
    await page.get_by_role("button", name="试走").click()
    run = page.get_by_role("region", name="试走")
    await run.get_by_role("button", name="试走一件").click()
    # What is begun before the draft has come waits for it.
    is_begun.set()
    offered = run.locator("form").filter(has_text="可以发起：look")
    await offered.get_by_role("button", name="发起").click()
    await expect(run.get_by_role("listitem").filter(has_text="发起 look")).to_be_visible()
    await run.get_by_role("button", name="完成").click()
    await expect(run.get_by_text("到达终点 end")).to_be_visible()
    await run.get_by_role("button", name="存成场景").click()
    stories = page.get_by_role("region", name="场景", exact=True)
    await expect(stories.get_by_label("场景（YAML）")).to_have_value(re.compile("start: look"))


async def names_in(city: City) -> str:
    """Everything that people have named, which stays as it is in any language; texts in both languages left out."""
    designer = await city.person("designer")
    files = ["/processes/filing/draft", "/decisions/priority/versions/1"]
    lists = ["/processes", "/decisions", "/forms", "/me", "/forms/acceptance/versions/1", "/calendars"]
    rows = ["/calendars/standard", "/catalogue/conditions?limit=200", "/responsibilities/area?limit=200"]
    rows += [f"/processes/filing/{each}" for each in ("uses", "versions", "scenarios")]
    told = [(await designer.get(path)).body for path in files]
    said = [json.dumps((await designer.get(path)).body, ensure_ascii=False) for path in [*lists, *rows]]
    return "中文" + b"".join(told).decode() + re.sub(r'"zh": "[^"]*"', "", "".join(said))


async def chinese_on(page: Page, names: str) -> list[str]:
    """What is Chinese on a page and no name."""
    said = await page.evaluate(SAID)
    return sorted({run for run in re.findall("[\u4e00-\u9fff]+", said) if run not in names})


async def test_the_desk_speaks_english(desks: Desks, city: City) -> None:
    names = await names_in(city)
    page = await desks.open("designer", "/design")
    await page.evaluate(ENGLISH)
    await page.goto("/design")
    await expect(page.get_by_role("link", name="Urging")).to_be_visible()
    assert await chinese_on(page, names) == []
    await page.goto("/design/processes/filing")
    await expect(page.get_by_role("button", name="Publish", exact=True)).to_be_visible()
    await expect(page.locator(".djs-shape[data-element-id=accept]")).to_be_visible()
    tabs = {
        "Uses": "What uses it",
        "Dry run": "Try a case",
        "Scenarios": "New",
        "Differences": "Compare with",
        "Limits and lists": "Five weeks from now",
    }
    for tab, sign in tabs.items():
        await page.get_by_role("button", name=tab, exact=True).click()
        await expect(page.get_by_role("region", name=tab, exact=True).get_by_text(sign).first).to_be_visible()
        assert await chinese_on(page, names) == []
    assert await findings(page) == []
    for path, sign in (("decisions/priority", "Hit policy"), ("forms/acceptance", "Add a field")):
        await page.goto(f"/design/{path}")
        await expect(page.get_by_label(sign).or_(page.get_by_text(sign)).first).to_be_visible()
        assert await chinese_on(page, names) == []
