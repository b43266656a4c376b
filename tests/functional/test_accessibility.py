"""axe-core on the chat page, with the bot behind it: light and dark, phone and desk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from tests.functional.processes import bot
from tests.functional.test_bot_in_browser import ADDRESS, say

pytestmark = pytest.mark.asyncio(loop_scope="session")

WALLS = {"light": "#d9e6c8", "dark": "#101d2b"}
STOPPING = ("serious", "critical")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def address() -> AsyncIterator[str]:
    """The playground with the bot in it, for all tests here: none changes what the next sees."""
    async with bot("run", BOT_PLAYGROUND_PORT="0", BOT_TOKEN="") as running:
        yield (await running.wait_for(ADDRESS)).group(1)
        await running.stop()


@pytest_asyncio.fixture(
    loop_scope="session",
    params=[("light", 360), ("dark", 360), ("light", 1280), ("dark", 1280)],
    ids=lambda param: f"{param[0]}-{param[1]}",
)
async def chat(
    request: pytest.FixtureRequest, browser: Browser, address: str
) -> AsyncIterator[Page]:
    """The page in one scheme and at one width."""
    scheme, width = request.param
    context = await browser.new_context(
        locale="zh-CN",
        viewport={"width": width, "height": 740},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    page = await context.new_page()
    page.set_default_timeout(10_000)
    await page.goto(address)
    # axe does not see through gradients, so it is shown the one colour that is hardest to read on.
    await page.evaluate(
        "wall => document.documentElement.style.setProperty('--wall', wall)", WALLS[scheme]
    )
    yield page
    await context.close()


async def findings(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds that is serious: the rules, and where."""
    results: Any = await Axe().run(page)
    return [
        (each["id"], [node["html"][:120] for node in each["nodes"]])
        for each in results.response["violations"]
        if each["impact"] in STOPPING
    ]


async def test_the_check_sees(chat: Page) -> None:
    """A button without a name, and words too pale to read, are found."""
    await chat.evaluate(
        """() => {
          const send = document.getElementById("send");
          for (const name of ["aria-label", "title"]) send.removeAttribute(name);
          const label = document.getElementById("as-label");
          [label.style.color, label.style.background] = ["#888", "#999"];
        }"""
    )
    rules = {rule for rule, _ in await findings(chat)}
    assert {"button-name", "color-contrast"} <= rules


async def test_the_private_chat(chat: Page) -> None:
    """Welcome, quotes, buttons, the keyboard under the input, the open menu of commands."""
    await chat.get_by_label("身份").select_option(label="Alex")
    await say(chat, "/start")
    await expect(chat.get_by_role("log").get_by_role("article").last).to_be_visible()
    await say(chat, "渐冻症的临床研究是什么时候开始的")
    await expect(chat.locator("blockquote").last).to_be_visible()
    assert [] == await findings(chat)
    await chat.get_by_role("button", name="命令菜单").click()
    await expect(chat.get_by_role("menuitem").first).to_be_visible()
    assert [] == await findings(chat)


async def test_an_empty_chat(chat: Page) -> None:
    """The suggestions of a chat in which nothing was said."""
    await chat.get_by_role("tab").nth(2).click()
    await expect(chat.get_by_role("group", name="试着问一句")).to_be_visible()
    assert [] == await findings(chat)


async def test_the_group_with_the_panel_open(chat: Page) -> None:
    """Three people, a reply, an admin's settings; then the traffic, with a call unfolded."""
    await chat.get_by_role("tab").nth(1).click()
    await chat.get_by_label("身份").select_option(index=1)
    await say(chat, "@quoting_bot 张毅取得了哪些成果")
    await expect(chat.locator("blockquote").last).to_be_visible()
    await say(chat, "/settings")
    await expect(chat.get_by_role("button", name="✓ 不刪").last).to_be_visible()
    assert [] == await findings(chat)
    await chat.get_by_role("button", name="Bot API 往来", exact=True).click()
    panel = chat.get_by_role("complementary", name="Bot API 往来")
    await panel.get_by_text("sendMessage").first.click()
    await expect(panel.get_by_text("请求").first).to_be_visible()
    assert [] == await findings(chat)


async def test_a_dialog(chat: Page) -> None:
    """The chooser of chats, opened by a button that shares."""
    await say(chat, "/verify")
    await expect(chat.get_by_role("log").get_by_role("article").last).to_be_visible()
    await chat.evaluate("document.getElementById('alert-text').textContent = '提示'")
    await chat.evaluate("document.getElementById('alert').showModal()")
    await expect(chat.get_by_role("dialog")).to_be_visible()
    assert [] == await findings(chat)


@pytest.mark.parametrize("role", ["log", "tablist", "tabpanel", "status"])
async def test_what_a_screen_reader_is_told(chat: Page, role: Any) -> None:  # noqa: ANN401 - playwright's literals
    """The parts of the page have their roles; what is new in the log is read out."""
    assert 1 <= await chat.locator(f"[role={role}]").count()
    await expect(chat.get_by_role("log")).to_have_attribute("aria-live", "polite")
    for button in await chat.get_by_role("button").all():
        assert (await button.text_content() or "").strip() or await button.get_attribute(
            "aria-label"
        )
