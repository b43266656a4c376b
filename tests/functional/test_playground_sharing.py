"""Sharing on the chat page in a real browser: inline, guest, photos, links, topics, traffic."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect
from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Message,
    MessageEntity,
    SwitchInlineQueryChosenChat,
    Update,
)
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.playground import PlaygroundServer, World
from bot.playground.photos import plain_png

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUOTE = "渐冻症的研究始于二〇二四年"
PAGE = 8
RESULTS = 20


def buttons() -> InlineKeyboardMarkup:
    """One button of each kind that leads elsewhere."""
    chosen = SwitchInlineQueryChosenChat("肝衰竭", allow_group_chats=True)
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton("复制", copy_text=CopyTextButton(QUOTE))],
            [InlineKeyboardButton("在此再查", switch_inline_query_current_chat="细胞")],
            [InlineKeyboardButton("分享", switch_inline_query="渐冻症")],
            [InlineKeyboardButton("分享到群", switch_inline_query_chosen_chat=chosen)],
            [InlineKeyboardButton("打开话题", url="https://t.me/quoting_bot?start=t_topic-1")],
        ]
    )


def article(number: int, query: str) -> InlineQueryResultArticle:
    """A result with a quotation and a button."""
    entity = MessageEntity(MessageEntity.BLOCKQUOTE, 0, len(QUOTE))
    return InlineQueryResultArticle(
        id=str(number),
        title=f"第{number}条 {query}",
        description=QUOTE,
        input_message_content=InputTextMessageContent(f"{QUOTE}\n出处", entities=[entity]),
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("展开", callback_data="more")]]),
    )


async def offer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Offer 20 results, 8 a page, and the private chat."""
    query = update.inline_query
    assert query is not None
    first = int(query.offset or 0)
    numbers = range(first, 0 if "没有" in query.query else min(first + PAGE, RESULTS))
    button = InlineQueryResultsButton("在私聊里问", start_parameter="ask")
    await query.answer(
        [article(number + 1, query.query) for number in numbers],
        next_offset=str(first + PAGE) if numbers and first + PAGE < RESULTS else "",
        button=button,
    )


async def visit(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer as a guest."""
    message = update.guest_message
    assert message is not None
    await message.answer_guest_query(article(1, ""))


async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Bring the buttons, a picture, a link, or the words back."""
    message = update.effective_message
    assert isinstance(message, Message)
    text = message.text or ""
    if text == "按钮":
        await message.reply_text("请选", reply_markup=buttons())
    elif text == "图片":
        await message.reply_photo(plain_png(600, 300), caption=QUOTE)
    elif text == "链接":
        link = MessageEntity(
            MessageEntity.TEXT_LINK, 0, 3, url="https://t.me/quoting_bot?start=p_3"
        )
        await message.reply_text("第3段 t.me/quoting_bot?start=p_4", entities=[link])
    else:
        await message.reply_text(f"收到：{text}")


async def press(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Change the message whose button was pressed."""
    query = update.callback_query
    assert query is not None
    await query.answer()
    await query.edit_message_text("已展开")


@pytest.fixture
def world() -> World:
    """A fresh world."""
    return World()


@pytest_asyncio.fixture(loop_scope="session")
async def url(world: World) -> AsyncIterator[str]:
    """The page's address, with a bot that shares running."""
    async with PlaygroundServer(world, port=0) as server:
        builder = ApplicationBuilder().token(world.token).base_url(f"{server.url}/bot")
        application: Any = builder.build()
        application.add_handler(MessageHandler(filters.UpdateType.GUEST_MESSAGE, visit))
        application.add_handler(MessageHandler(filters.TEXT & ~filters.VIA_BOT, answer))
        application.add_handler(InlineQueryHandler(offer))
        application.add_handler(CallbackQueryHandler(press))
        async with application:
            await application.start()
            await application.updater.start_polling(allowed_updates=Update.ALL_TYPES)
            yield server.url
            await application.updater.stop()
            await application.stop()


def bubbles(page: Page, text: str | re.Pattern[str]) -> Locator:
    """The messages that hold `text`."""
    said = page.locator(".text").filter(has_text=text)
    return page.get_by_role("log").get_by_role("article").filter(has=said)


def results(page: Page) -> Locator:
    """What inline mode offers."""
    return page.get_by_role("listbox", name="内联结果").get_by_role("option")


async def write(page: Page, text: str) -> Locator:
    """Type, and give the input."""
    box = page.get_by_role("textbox", name="消息")
    await box.fill(text)
    return box


async def say(page: Page, text: str) -> None:
    """Type a message and send it with Enter."""
    await (await write(page, text)).press("Enter")


async def test_inline_results_are_paged_and_sent(page: Page, url: str, world: World) -> None:
    """Typing `@bot words` lists results; scrolling brings more; a press sends one via the bot."""
    await page.goto(url)
    await page.get_by_role("tab", name="小周").click()
    await write(page, "@quoting_bot 渐冻症")
    options = results(page)
    await expect(options).to_have_count(PAGE)
    await expect(options.first).to_contain_text("第1条 渐冻症")
    await expect(options.first).to_contain_text(QUOTE)
    await options.last.scroll_into_view_if_needed()
    await expect(options).to_have_count(2 * PAGE)
    await options.last.scroll_into_view_if_needed()
    await expect(options).to_have_count(RESULTS)
    await options.nth(9).click()
    sent = bubbles(page, QUOTE)
    await expect(sent.locator("blockquote")).to_have_text(QUOTE)
    await expect(sent).to_contain_text("来自 @quoting_bot")
    await expect(options.first).to_be_hidden()
    await expect(page.get_by_role("textbox", name="消息")).to_have_value("")
    await sent.get_by_role("button", name="展开").click()
    await expect(bubbles(page, "已展开")).to_be_visible()
    assert [1001] == [message.sender.id for message in world.messages(1004)]


async def test_inline_results_by_keyboard(page: Page, url: str) -> None:
    """Arrows reach the list and the button above it, Escape leaves it, Enter sends."""
    await page.goto(url)
    box = await write(page, "@quoting_bot 细胞")
    options = results(page)
    await expect(options).to_have_count(PAGE)
    await box.press("ArrowDown")
    await expect(options.first).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await expect(page.get_by_role("button", name="在私聊里问")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await expect(options.nth(1)).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(options.first).to_be_hidden()
    await expect(box).to_be_focused()
    await write(page, "@quoting_bot 细胞治疗")
    await expect(options).to_have_count(PAGE)
    await box.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(bubbles(page, QUOTE)).to_be_visible()


async def test_the_button_above_the_results_opens_the_private_chat(page: Page, url: str) -> None:
    """It follows the start parameter; without results it is still there."""
    await page.goto(url)
    await page.get_by_role("tab", name="读报小组").click()
    await write(page, "@quoting_bot 没有这个")
    await expect(page.get_by_text("没有结果")).to_be_visible()
    await page.get_by_role("button", name="在私聊里问").click()
    await expect(bubbles(page, "收到：/start ask")).to_be_visible()
    await expect(page.get_by_role("tab", name="私聊")).to_have_attribute("aria-selected", "true")


async def test_a_guest_answers_a_mention(page: Page, url: str) -> None:
    """In a chat the bot is not in, a mention is answered once, and marked as a guest's."""
    await page.goto(url)
    await page.get_by_role("tab", name="好友").click()
    await expect(page.get_by_text("机器人不在里面")).to_be_visible()
    await say(page, "你看了吗")
    await page.get_by_label("身份").select_option(label="小周")
    await page.get_by_role("button", name="提到 @quoting_bot").click()
    box = page.get_by_role("textbox", name="消息")
    await box.press_sequentially("渐冻症")
    await box.press("Enter")
    visited = bubbles(page, QUOTE)
    await expect(visited).to_contain_text("机器人 · 访客")
    await expect(visited.get_by_role("button", name="小周")).to_contain_text("渐冻症")
    await visited.get_by_role("button", name="展开").click()
    await expect(bubbles(page, "已展开")).to_be_visible()
    # 小周 has no chat with the bot of their own: the private chat is the reader's.
    await page.get_by_role("tab", name="私聊").click()
    await expect(page.get_by_label("身份")).to_have_value("1001")


async def test_photos_are_shown_with_their_caption(page: Page, url: str, world: World) -> None:
    """A photo is drawn from this server, at its shape, its caption beneath it."""
    await page.goto(url)
    await say(page, "图片")
    sent = bubbles(page, QUOTE)
    picture = sent.get_by_role("img", name=f"图片：{QUOTE}")
    await expect(picture).to_have_js_property("naturalWidth", 600)
    shape = await picture.bounding_box()
    assert shape is not None
    assert 2 == pytest.approx(shape["width"] / shape["height"], rel=0.05)
    assert world.token not in (await picture.get_attribute("src") or "")


async def test_links_to_the_bot_are_followed_here(page: Page, url: str, world: World) -> None:
    """A deep link, marked or bare, in a group too, sends its payload in the private chat."""
    await page.goto(url)
    await say(page, "链接")
    await page.get_by_role("button", name="第3段").click()
    await expect(bubbles(page, "收到：/start p_3")).to_be_visible()
    await page.get_by_role("button", name="t.me/quoting_bot?start=p_4").click()
    await expect(bubbles(page, "收到：/start p_4")).to_be_visible()
    await page.get_by_role("tab", name="群组").click()
    await say(page, "看 https://t.me/Quoting_Bot?start=g-1")
    await page.get_by_role("button", name="https://t.me/Quoting_Bot?start=g-1").click()
    await expect(bubbles(page, "收到：/start g-1")).to_be_visible()
    assert 4 == sum(not m.from_bot for m in world.messages())


async def test_copying(page: Page, url: str) -> None:
    """A copy button puts exactly its text on the clipboard, and says so."""
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.goto(url)
    await say(page, "按钮")
    await page.get_by_role("button", name="复制").click()
    await expect(page.get_by_role("status")).to_have_text("已复制")
    assert QUOTE == await page.evaluate("navigator.clipboard.readText()")


async def test_switching_to_inline(page: Page, url: str) -> None:
    """Such buttons fill the input, here or in a chat the reader chooses."""
    await page.goto(url)
    await say(page, "按钮")
    box = page.get_by_role("textbox", name="消息")
    await page.get_by_role("button", name="在此再查").click()
    await expect(box).to_have_value("@quoting_bot 细胞")
    await expect(results(page).first).to_contain_text("第1条 细胞")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="分享", exact=True).click()
    dialog = page.get_by_role("dialog", name="发到哪个会话？")
    await expect(dialog.get_by_role("button")).to_have_count(4)
    await dialog.get_by_role("button", name="小周").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("小周")
    await expect(box).to_have_value("@quoting_bot 渐冻症")
    await expect(results(page).first).to_contain_text("第1条 渐冻症")
    await page.get_by_role("tab", name="私聊").click()
    await page.get_by_role("button", name="分享到群").click()
    await expect(dialog.get_by_role("button")).to_have_text(["读报小组群组", "取消"])
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await page.get_by_role("button", name="打开话题").click()
    await expect(bubbles(page, "收到：/start t_topic-1")).to_be_visible()


async def test_topics_of_the_group(page: Page, url: str, world: World) -> None:
    """A topic shows its own messages; what is written there goes there, and all shows all."""
    await page.goto(url)
    await page.get_by_role("tab", name="群组").click()
    topics = page.get_by_role("group", name="话题")
    await say(page, "@quoting_bot 总")
    await expect(bubbles(page, "收到：@quoting_bot 总")).to_be_visible()
    await topics.get_by_role("button", name="话题二").click()
    await expect(page.get_by_role("log").get_by_role("article")).to_have_count(0)
    await say(page, "@quoting_bot 分")
    await expect(bubbles(page, "收到：@quoting_bot 分")).to_be_visible()
    await topics.get_by_role("button", name="话题一").click()
    await expect(page.get_by_role("log").get_by_role("article")).to_have_count(0)
    await page.reload()
    await expect(topics.get_by_role("button", name="话题一")).to_have_attribute(
        "aria-pressed", "true"
    )
    await topics.get_by_role("button", name="全部").click()
    await expect(page.get_by_role("log").get_by_role("article")).to_have_count(4)
    await expect(bubbles(page, "收到：@quoting_bot 分")).to_contain_text("话题二")
    threads = [message.thread_id for message in world.messages(world.group.id)]
    assert [None, None, 3, 3] == threads


@pytest.mark.parametrize("width", [360, 1280])
async def test_traffic(page: Page, url: str, world: World, width: int) -> None:
    """The panel shows each call with what went over the wire, without the token."""
    await page.set_viewport_size({"width": width, "height": 740})
    await page.goto(url)
    toggle = page.get_by_role("button", name="Bot API 往来", exact=True)
    await say(page, "你好")
    await toggle.click()
    panel = page.get_by_role("complementary", name="Bot API 往来")
    call = panel.get_by_role("listitem").filter(has_text="sendMessage")
    await call.get_by_text("sendMessage").click()
    await expect(call).to_contain_text("收到：你好")
    await expect(call).to_contain_text("200")
    assert world.token not in (await panel.text_content() or "")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.reload()
    await expect(panel).to_be_visible()
    await panel.get_by_role("button", name="关闭 Bot API 往来").click()
    await expect(panel).to_be_hidden()
    await expect(toggle).to_be_focused()


async def test_ordered_failures(page: Page, url: str) -> None:
    """The next call fails as ordered, the panel shows it, and the one after it works."""
    await page.set_viewport_size({"width": 1280, "height": 740})
    await page.goto(url)
    await page.get_by_role("button", name="Bot API 往来", exact=True).click()
    panel = page.get_by_role("complementary", name="Bot API 往来")
    for label, shown in (("403 被屏蔽", "403"), ("断开连接", "断开"), ("429 太频繁", "429")):
        await panel.get_by_role("button", name=label).click()
        await expect(panel.get_by_text("还有 1 次调用会失败")).to_be_visible()
        await say(page, f"试{shown}")
        failed = panel.get_by_role("listitem").filter(has_text="sendMessage").first
        await expect(failed.locator(".call-status")).to_have_text(shown)
        await expect(panel.get_by_text("还有 1 次调用会失败")).to_have_count(0)
    await panel.get_by_role("button", name="沉默 5 秒").click()
    await panel.get_by_role("button", name="400 修改无变化").click()
    await expect(panel.get_by_text("还有 2 次调用会失败")).to_be_visible()
    await panel.get_by_role("button", name="全部取消").click()
    await say(page, "再来")
    await expect(bubbles(page, "收到：再来")).to_be_visible()
