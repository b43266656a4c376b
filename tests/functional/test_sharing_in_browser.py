"""What a reader does with a quote, with the bot itself in the playground."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.functional.test_bot_in_browser import chat, say

__all__ = ["chat"]

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "渐冻症的临床研究是什么时候开始的"


async def test_widens_a_quote_to_its_paragraph_and_back(chat: Page) -> None:
    """The button shows the sentences round the quote, in the same bubble."""
    await say(chat, QUESTION)
    log = chat.get_by_role("log")
    await expect(log).to_contain_text("鞘内注射临床研究")
    await chat.get_by_role("button", name="上下文", exact=True).click()

    await expect(log).to_contain_text("是全球首次实施Treg细胞的鞘内给药")


async def test_sends_a_quote_as_a_picture(chat: Page) -> None:
    """The card appears as a photo, with its words beneath for those who do not see it."""
    await say(chat, QUESTION)
    await chat.get_by_role("button", name="图片", exact=True).click()

    await expect(chat.get_by_role("log").locator("img").last).to_be_visible()
    await expect(chat.get_by_role("log").get_by_role("article").last).to_contain_text(
        "鞘内注射临床研究"
    )


async def test_verifies_a_sentence(chat: Page) -> None:
    """A changed number is found out, and the article's own words are shown."""
    await say(chat, "/verify 我们还为9例渐冻症患者成功完成鞘内细胞注射。")

    answer = chat.get_by_role("log").get_by_role("article").last
    await expect(answer).to_contain_text("3例渐冻症患者")
    await expect(answer).to_contain_text("9")


async def test_draws_the_timeline(chat: Page) -> None:
    """/timeline brings a picture, and a button its events as text."""
    await say(chat, "/timeline")
    log = chat.get_by_role("log")

    await expect(log.locator("img").last).to_be_visible()
    await chat.get_by_role("button", name="文字版", exact=True).click()
    await expect(log).to_contain_text("1931")


async def test_reads_a_slip_and_says_so(chat: Page) -> None:
    """The correction is told, and can be undone."""
    await say(chat, "渐动症的研究什么时候开始")
    log = chat.get_by_role("log")
    await expect(log).to_contain_text("按“渐冻症”查找")

    await chat.get_by_role("button", name="按原字查").click()

    await expect(log).not_to_contain_text("按“渐冻症”查找")
