"""A newcomer, from an empty page, by what is visible alone: nothing is typed."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.functional.test_bot_in_browser import chat

__all__ = ["chat"]

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("width", [360, 1280])
async def test_reaches_a_quote_a_topic_the_group_and_verify(chat: Page, width: int) -> None:
    """By suggested questions and labelled controls, on a phone and at a desk."""
    await chat.set_viewport_size({"width": width, "height": 740})
    log = chat.get_by_role("log")
    suggested = chat.get_by_role("group", name="试着问一句")
    await suggested.get_by_role("button").last.click()
    answer = log.get_by_role("article").filter(has=chat.locator("blockquote")).last
    await expect(answer).to_contain_text("鞘内注射临床研究")

    await answer.get_by_role("button", name="渐冻症与Treg", exact=True).click()
    page_of_topic = log.get_by_role("article").last
    await expect(page_of_topic).to_contain_text("渐冻症与Treg（1/")

    await answer.hover()
    await answer.locator(".tools").get_by_role("button", name="回复").click()
    await chat.get_by_role("button", name="命令菜单").click()
    await chat.get_by_role("menuitem", name="/verify").click()
    await expect(log.get_by_role("article").last).to_contain_text("是原文，一字不差。")

    await chat.get_by_role("tab", name="群组").click()
    await suggested.get_by_role("button", name="@quoting_bot").first.click()
    answered = log.get_by_role("article").filter(has=chat.locator("blockquote")).last
    await expect(answered).to_contain_text("读报引文")
    await expect(answered).to_contain_text("在文中查看")


async def test_starts_with_the_button_and_asks_with_a_key(chat: Page) -> None:
    """Start brings the keyboard of topics, and a key opens one."""
    await chat.get_by_role("button", name="开始", exact=True).click()
    keys = chat.get_by_role("group", name="快捷键盘")
    await keys.get_by_role("button", name="CAR-T").click()
    await expect(chat.get_by_role("log")).to_contain_text("CAR-T（1/")


async def test_an_admin_changes_the_groups_settings(chat: Page) -> None:
    """From the menu that only admins have; others are refused."""
    await chat.get_by_role("tab", name="群组").click()
    await chat.get_by_role("button", name="命令菜单").click()
    await expect(chat.get_by_role("menuitem", name="/ask")).to_be_visible()
    await expect(chat.get_by_role("menuitem", name="/settings")).to_have_count(0)
    await chat.keyboard.press("Escape")
    await chat.get_by_label("身份").select_option(index=1)
    await chat.get_by_label("语言").select_option(label="简体中文")
    await chat.get_by_role("button", name="命令菜单").click()
    await chat.get_by_role("menuitem", name="/settings").click()
    panel = chat.get_by_role("log").get_by_role("article").last
    await panel.get_by_role("button", name="5分钟").click()
    await expect(panel).to_contain_text("发出 5 分钟后删除")
    await chat.get_by_label("身份").select_option(label="小林")
    await panel.get_by_role("button", name="30分钟").click()
    await expect(chat.get_by_role("dialog")).to_contain_text("只有管理员能改")


async def test_the_language_follows_the_switch_and_the_buttons(chat: Page) -> None:
    """The page's switch is the app's language; /language is the reader's own choice."""
    await chat.get_by_label("语言").select_option(label="English")
    await chat.get_by_role("button", name="命令菜单").click()
    await chat.get_by_role("menuitem", name="/language").click()
    panel = chat.get_by_role("log").get_by_role("article").last
    await expect(panel).to_contain_text("Which language shall I speak?")
    await panel.get_by_role("button", name="繁體中文").click()
    await expect(panel).to_contain_text("你選的是：繁體中文")
    await chat.get_by_role("button", name="命令菜单").click()
    await expect(chat.get_by_role("menuitem", name="/about")).to_contain_text("關於這篇報導")


async def test_a_reading_copy_in_traditional_characters(chat: Page) -> None:
    """Marked as converted, below the quote as printed."""
    await chat.get_by_label("语言").select_option(label="繁體中文")
    await chat.get_by_role("group", name="试着问一句").get_by_role("button").last.click()
    await chat.get_by_role("button", name="繁體對照").click()
    copy = chat.get_by_role("log").get_by_role("article").last
    await expect(copy).to_contain_text("由原文轉換而來")
    await expect(copy.locator("blockquote")).to_contain_text("漸凍症")
    await expect(chat.locator("blockquote").first).to_contain_text("渐冻症")
    await expect(chat.get_by_role("button", name="繁體對照")).to_have_count(0)


async def test_a_call_that_fails_does_not_end_the_talk(chat: Page) -> None:
    """Each failure the panel offers, then a question that is answered."""
    await chat.set_viewport_size({"width": 1280, "height": 740})
    ask = chat.get_by_role("group", name="试着问一句").get_by_role("button").last
    await ask.click()
    log = chat.get_by_role("log")
    answer = log.get_by_role("article").filter(has=chat.locator("blockquote")).last
    await expect(answer).to_be_visible()
    await chat.get_by_role("button", name="Bot API 往来", exact=True).click()
    panel = chat.get_by_role("complementary", name="Bot API 往来")
    pending = panel.get_by_text("还有 1 次调用会失败")
    # 400: the edit is refused, and what it was to say comes as a new message.
    await panel.get_by_role("button", name="400 修改无变化").click()
    await expect(pending).to_be_visible()
    await answer.get_by_role("button", name="上下文").click()
    await expect(pending).to_have_count(0)
    failed = panel.get_by_role("listitem").filter(has_text="editMessageText").first
    await expect(failed.locator(".call-status")).to_have_text("400")
    await expect(log.get_by_role("article").last).to_contain_text("全球首次")
    # Silence: the answer comes all the same, five seconds later.
    await panel.get_by_role("button", name="沉默 5 秒").click()
    await expect(pending).to_be_visible()
    before = await log.get_by_role("article").count()
    await answer.get_by_role("button", name="渐冻症与Treg", exact=True).click()
    await expect(log.get_by_role("article")).to_have_count(before + 1, timeout=15_000)
