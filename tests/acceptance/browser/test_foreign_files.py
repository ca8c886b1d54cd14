"""Files of other tools and versions: taken in, opened, or refused by name, never an empty page."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect

from tests.acceptance.browser.desk import Desks
from tests.acceptance.browser.looking import findings
from tests.acceptance.city import City
from tests.unit.spiff.test_pools import FLOWS, pools
from tests.unit.spiff.test_repairs import CAMUNDA_7

HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="{0}" name="{0}" namespace="urn:test">'
#: Of DMN 1.5, with nothing that 1.3 does not know.
TABLE = (
    HEAD.format("fee")
    + """
  <inputData id="of_size" name="size"><variable id="size_" name="size" typeRef="number" /></inputData>
  <decision id="amount" name="amount"><variable id="amount_" name="amount" typeRef="number" />
    <informationRequirement id="needs_size"><requiredInput href="#of_size" /></informationRequirement>
    <decisionTable id="amounts" hitPolicy="UNIQUE">
      <input id="by_size"><inputExpression id="by" typeRef="number"><text>size</text></inputExpression></input>
      <output id="is_amount" name="amount" typeRef="number" />
      <rule id="small"><inputEntry id="s"><text>&lt;= 10</text></inputEntry>
        <outputEntry id="sa"><text>200</text></outputEntry></rule>
      <rule id="large"><inputEntry id="l"><text>&gt; 10</text></inputEntry>
        <outputEntry id="la"><text>500</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>"""
)
#: What came with DMN 1.4.
LOOP = (
    HEAD.format("sum")
    + """
  <decision id="all" name="all"><variable id="all_" name="all" />
    <for id="each" iteratorVariable="one">
      <in id="in"><literalExpression id="l"><text>[1, 2]</text></literalExpression></in>
      <return id="back"><literalExpression id="r"><text>one * 2</text></literalExpression></return></for>
  </decision>
</definitions>"""
)
#: Known to DMN 1.3, and to no page of the editor.
CONTEXT = (
    HEAD.format("parts")
    + """
  <decision id="both" name="both"><variable id="both_" name="both" />
    <context id="c"><contextEntry id="e"><variable id="v" name="a" />
      <literalExpression id="l"><text>1</text></literalExpression></contextEntry></context>
  </decision>
</definitions>"""
)

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.browser]


async def drop(page: Page, name: str, text: str) -> None:
    """Let go of a file over the page."""
    held = await page.evaluate_handle(
        """([name, text]) => {
          const held = new DataTransfer()
          held.items.add(new File([text], name))
          return held
        }""",
        [name, text],
    )
    await page.dispatch_event("main .around > :first-child", "drop", {"dataTransfer": held})


async def decision(desks: Desks, city: City, key: str, source: str) -> Page:
    """The page of a new draft."""
    designer = await city.person("designer")
    path = f"/decisions/{key}/draft"
    kept = await designer.send("PUT", path, source.encode(), if_match='"0"', content_type="application/xml")
    assert kept.status == 201, kept
    return await desks.open("designer", f"/design/decisions/{key}")


async def test_a_file_of_another_tool_is_dropped_and_taken_in_with_a_word_on_each_thing(desks: Desks) -> None:
    page = await desks.open("designer", "/design?kind=forms")
    await expect(page.get_by_role("button", name="新建")).to_be_visible()
    await drop(page, "notes.txt", "?")
    await expect(page.get_by_role("alert").filter(has_text="notes.txt")).to_be_visible()
    await drop(page, "foreign.bpmn", CAMUNDA_7.decode())
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("listitem").first).to_be_visible()
    assert await findings(page) == []
    await dialog.get_by_role("button", name="打开").click()
    await expect(page.locator(".djs-shape").first).to_be_visible()
    await drop(page, "foreign.bpmn", CAMUNDA_7.decode())
    check = page.get_by_role("region", name="检查", exact=True)
    await expect(check.get_by_role("status").get_by_role("listitem").first).to_be_visible()
    await drop(page, "pools.bpmn", pools(*FLOWS).decode())
    await expect(check.get_by_role("status").filter(has_text="crew")).to_be_visible()


async def test_the_pools_of_a_file_become_drafts_of_their_own(desks: Desks, city: City) -> None:
    page = await desks.open("designer", "/design")
    await expect(page.get_by_role("button", name="新建")).to_be_visible()
    await drop(page, "pools.bpmn", pools(*FLOWS).decode())
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("status").get_by_role("listitem")).to_have_text(
        [re.compile("desk"), re.compile("crew")]
    )
    await page.route("**/processes/crew/draft", lambda route: route.abort(), times=1)
    await dialog.get_by_role("button", name="打开").click()
    await expect(dialog.get_by_role("alert")).to_be_visible()
    # The first one has been saved by now; the second time only the other is.
    await dialog.get_by_role("button", name="打开").click()
    await expect(page.locator(".djs-shape").first).to_be_visible()
    designer = await city.person("designer")
    assert [(await designer.get(f"/processes/{key}/draft")).status for key in ("desk", "crew")] == [200, 200]


async def test_a_decision_of_a_newer_dmn_is_drawn_and_kept_as_the_editor_writes_it(desks: Desks, city: City) -> None:
    page = await decision(desks, city, "fee", TABLE)
    said = page.get_by_role("status").filter(has_text="这个文件是 DMN 1.5")
    await expect(said).to_be_visible()
    await expect(page.locator("td.output-cell").first).to_contain_text("200")
    assert await findings(page) == []
    await page.locator("td.output-cell").first.click()
    await page.locator("td.output-cell .cm-content").fill("300")
    await page.get_by_role("button", name="试算", exact=True).first.click()
    await expect(said).to_have_count(0)
    await expect(page.get_by_role("status").filter(has_text="草稿已保存")).to_be_visible()
    kept = (await (await city.person("designer")).get("/decisions/fee/draft")).body.decode()
    assert "20191111" in kept
    assert "20230324" not in kept
    assert "300" in kept


async def test_what_the_editor_would_lose_or_cannot_draw_is_named(desks: Desks, city: City) -> None:
    page = await decision(desks, city, "sum", LOOP)
    await expect(page.get_by_role("alert")).to_contain_text("编辑器不认识其中的 for")
    await expect(page.get_by_text(re.compile("[●◐] 可以发布"))).to_be_visible()
    assert await findings(page) == []
    page = await decision(desks, city, "parts", CONTEXT)
    await expect(page.get_by_role("status").filter(has_text="both：这种写法在这里没有编辑页")).to_be_visible()
    await expect(page.get_by_text(re.compile("[●◐] 可以发布"))).to_be_visible()
