"""The bot itself in the playground, as a newcomer meets it after `make run`."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.functional.processes import bot

pytestmark = pytest.mark.asyncio(loop_scope="session")

ADDRESS = re.compile(r"open (http://127\.0\.0\.1:\d+)")


@pytest_asyncio.fixture(loop_scope="session")
async def chat(page: Page) -> AsyncIterator[Page]:
    """The page, opened, with the bot behind it."""
    async with bot("run", BOT_PLAYGROUND_PORT="0", BOT_TOKEN="") as running:
        match = await running.wait_for(ADDRESS)
        await page.goto(match.group(1))
        yield page
        # The page's streams end with the server, which is no error of the page's.
        await page.goto("about:blank")
        await running.stop()


async def say(page: Page, text: str) -> None:
    """Type and send."""
    field = page.get_by_role("textbox", name="消息")
    await field.fill(text)
    await field.press("Enter")


async def test_asks_and_sees_the_quote(chat: Page) -> None:
    """The quote is drawn as one, the answering words are bold, the place stands beneath."""
    await say(chat, "渐冻症的临床研究是什么时候开始的")
    quote = chat.locator("blockquote").last

    await expect(quote).to_contain_text("鞘内注射临床研究")
    await expect(quote.locator("b, strong")).to_have_text("2024年10月")
    await expect(chat.get_by_role("log")).to_contain_text("站在前沿 · 第4段（原文第21—24行）")


async def test_chooses_a_topic_and_turns_the_page(chat: Page) -> None:
    """/topics offers buttons; a topic's page is turned in place."""
    await say(chat, "/topics")
    await chat.get_by_role("button", name="育人", exact=True).click()
    await expect(chat.get_by_role("log")).to_contain_text("育人（1/7）")

    await chat.get_by_role("button", name="▶").click()

    await expect(chat.get_by_role("log")).to_contain_text("育人（2/7）")
    await expect(chat.get_by_role("log")).not_to_contain_text("育人（1/7）")


async def test_start_brings_the_keyboard_of_topics(chat: Page) -> None:
    """The most asked topics stay under the input, and pressing one answers."""
    await say(chat, "/start")
    await chat.get_by_role("button", name="渐冻症与Treg", exact=True).last.click()

    await expect(chat.get_by_role("log")).to_contain_text("渐冻症与Treg（1/")


async def test_is_asked_in_the_group(chat: Page) -> None:
    """In the group the bot answers a mention, and keeps silent without one."""
    await chat.get_by_role("tab").nth(1).click()
    await say(chat, "你们好")
    await say(chat, "@quoting_bot 谁写了这篇文章的图片由谁提供")

    await expect(chat.locator("blockquote").last).to_contain_text("图片由许冬冬提供")
    assert 1 == await chat.locator("blockquote").count()


async def test_says_honestly_what_the_article_does_not_say(chat: Page) -> None:
    """Another subject gets one sentence and topics, never a quote."""
    await say(chat, "番茄炒蛋怎么做")

    await expect(chat.get_by_role("log")).to_contain_text("文中没有出现")
    assert 0 == await chat.locator("blockquote").count()
