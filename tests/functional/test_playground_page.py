"""The chat page in a real browser, with a small echo bot behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, Route, expect
from telegram import (
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MessageEntity,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.playground import PlaygroundServer, World

pytestmark = pytest.mark.asyncio(loop_scope="session")

BUTTONS = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("下一页", callback_data="v1:next"),
            InlineKeyboardButton("谁能翻页", callback_data="v1:who"),
        ]
    ]
)
KEYS = ReplyKeyboardMarkup([["细胞治疗", "渐冻症"]], resize_keyboard=True, is_persistent=True)


async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Quote what was said, the second word bold; `/start` brings a reply keyboard."""
    message = update.effective_message
    assert message is not None
    text = message.text or ""
    if text == "/start":
        await message.reply_text("请问", reply_markup=KEYS)
        return
    kind = MessageEntity.EXPANDABLE_BLOCKQUOTE if len(text) > 100 else MessageEntity.BLOCKQUOTE
    entities = [MessageEntity(kind, 0, len(text)), MessageEntity(MessageEntity.BOLD, 0, 2)]
    await message.reply_text(
        f"{text}\n第1段", entities=entities, reply_markup=BUTTONS, do_quote=True
    )


async def press(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Turn the page, or say who may."""
    query = update.callback_query
    assert query is not None
    if query.data == "v1:who":
        await query.answer("只有提问的人可以翻页", show_alert=True)
    else:
        await query.answer("第二页")
        await query.edit_message_text("第二页的引文", reply_markup=BUTTONS)


@pytest.fixture
def world() -> World:
    """A fresh world."""
    return World()


@pytest_asyncio.fixture(loop_scope="session")
async def url(world: World) -> AsyncIterator[str]:
    """The page's address, with the echo bot running."""
    async with PlaygroundServer(world, port=0) as server:
        builder = ApplicationBuilder().token(world.token).base_url(f"{server.url}/bot")
        application: Any = builder.build()
        application.add_handler(MessageHandler(filters.TEXT & filters.UpdateType.MESSAGE, answer))
        application.add_handler(CallbackQueryHandler(press))
        async with application:
            await application.start()
            await application.updater.start_polling(allowed_updates=Update.ALL_TYPES)
            await application.bot.set_my_commands([BotCommand("start", "开始")])
            yield server.url
            await application.updater.stop()
            await application.stop()


def bubbles(page: Page, text: str) -> Locator:
    """The messages that hold `text`."""
    said = page.locator(".text").filter(has_text=text)
    return page.get_by_role("log").get_by_role("article").filter(has=said)


async def say(page: Page, text: str) -> None:
    """Type a message and send it with Enter."""
    box = page.get_by_role("textbox", name="消息")
    await box.fill(text)
    await box.press("Enter")


async def test_asks_and_sees_the_quote(page: Page, url: str) -> None:
    """An answer is drawn as a quotation with its bold words, under what it answers."""
    await page.goto(url)
    await say(page, "渐冻症的研究")
    quote = page.locator("blockquote")
    await expect(quote).to_have_text("渐冻症的研究")
    await expect(quote.locator("strong")).to_have_text("渐冻")
    reply = bubbles(page, "第1段")
    await expect(reply.get_by_role("button", name="小林")).to_contain_text("渐冻症的研究")
    # The line break after a quotation is the quotation's own end, not an empty line.
    await expect(reply.locator(".text")).to_contain_text("渐冻症的研究第1段")


async def test_long_quotes_unfold(page: Page, url: str) -> None:
    """An expandable quote shows three lines and, asked for, the rest."""
    await page.goto(url)
    await say(page, "中原细胞治疗实验室" * 30)
    fold = page.get_by_role("button", name="展开引文")
    await expect(fold).to_be_visible()
    folded = page.locator("blockquote .folded")
    assert await folded.evaluate("e => e.clientHeight < e.scrollHeight")
    await fold.click()
    assert await folded.evaluate("e => e.clientHeight >= e.scrollHeight")
    await expect(page.get_by_role("button", name="收起引文")).to_be_visible()


async def test_short_expandable_quotes_have_no_control(page: Page, url: str, world: World) -> None:
    """Where three lines hold it all there is nothing to expand."""
    await page.set_viewport_size({"width": 1280, "height": 800})
    await page.goto(url)
    await say(page, "字" * 101)
    await expect(bubbles(page, "第1段")).to_be_visible()
    await expect(page.get_by_role("button", name="展开引文")).to_be_hidden()


async def test_presses_buttons(page: Page, url: str) -> None:
    """A press turns the page in place, with a toast; an alert waits to be closed."""
    await page.goto(url)
    await say(page, "渐冻症")
    await page.get_by_role("button", name="下一页").click()
    await expect(bubbles(page, "第二页的引文")).to_be_visible()
    await expect(page.get_by_role("status")).to_have_text("第二页")
    await expect(bubbles(page, "第1段")).to_have_count(0)
    await page.get_by_role("button", name="谁能翻页").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("只有提问的人可以翻页")
    await dialog.get_by_role("button", name="好").click()
    await expect(dialog).to_be_hidden()


async def test_edits_its_own_message(page: Page, url: str, world: World) -> None:
    """An edited message changes in place and says that it was edited."""
    await page.goto(url)
    await say(page, "干细包")
    own = page.locator("article.own")
    await own.hover()
    await own.get_by_role("button", name="编辑").click()
    await say(page, "干细胞")
    await expect(own).to_contain_text("干细胞")
    await expect(own).to_contain_text("已编辑")
    assert "干细胞" == world.messages()[0].text


async def test_reply_keyboard(page: Page, url: str) -> None:
    """The keys under the input send their labels, and can be put away."""
    await page.goto(url)
    await page.get_by_role("button", name="开始").click()
    keys = page.get_by_role("group", name="快捷键盘")
    await keys.get_by_role("button", name="细胞治疗").click()
    await expect(page.locator("blockquote")).to_have_text("细胞治疗")
    await page.get_by_role("button", name="收起快捷键盘").click()
    await expect(keys).to_be_hidden()


async def test_commands_menu(page: Page, url: str) -> None:
    """The menu lists the bot's commands; choosing one sends it."""
    await page.goto(url)
    await expect(page.get_by_role("button", name="命令菜单")).to_be_visible()
    await page.get_by_role("textbox", name="消息").press_sequentially("/st")
    item = page.get_by_role("menuitem", name="/start")
    await expect(item).to_contain_text("开始")
    await item.click()
    await expect(bubbles(page, "请问")).to_be_visible()


async def test_a_late_menu_stays_away(page: Page, url: str) -> None:
    """A command that was sent before the list came is not offered any more."""
    await page.goto(url)
    waiting: list[Route] = []

    async def hold(route: Route) -> None:
        waiting.append(route)

    await page.route("**/playground/commands*", hold)
    await say(page, "/start")
    await expect(bubbles(page, "请问")).to_be_visible()
    async with page.expect_response("**/playground/commands*"):
        for route in waiting:
            await route.continue_()
    await expect(page.get_by_role("menuitem")).to_have_count(0)
    await page.get_by_role("button", name="命令菜单").focus()
    await expect(page.get_by_role("menuitem")).to_have_count(0)


async def test_group(page: Page, url: str, world: World) -> None:
    """In the group three people talk; the bot answers who mentions it or replies to it."""
    await page.goto(url)
    await page.get_by_role("tab", name="读报小组").click()
    await say(page, "天气不错")
    await page.get_by_label("身份").select_option(label="Alex")
    await page.get_by_role("button", name="提到 @quoting_bot").click()
    box = page.get_by_role("textbox", name="消息")
    await expect(box).to_have_value("@quoting_bot ")
    await box.press_sequentially("渐冻症")
    await box.press("Enter")
    answered = bubbles(page, "第1段")
    await expect(answered).to_contain_text("读报引文")
    await answered.hover()
    await answered.locator(".tools").get_by_role("button", name="回复").click()
    await expect(page.get_by_text("回复 读报引文")).to_be_visible()
    await say(page, "然后呢")
    await expect(bubbles(page, "第1段")).to_have_count(2)
    senders = [message.sender.id for message in world.messages(world.group.id)]
    assert [1001, 1003, world.bot.id, 1003, world.bot.id] == senders
    tab = page.get_by_role("tab", name="读报小组")
    await expect(tab).to_have_attribute("aria-selected", "true")


async def test_state_survives_a_reload(page: Page, url: str, world: World) -> None:
    """After a reload the same chat, person and messages are there."""
    await page.goto(url)
    await page.get_by_label("身份").select_option(label="Alex")
    await say(page, "hello")
    await expect(bubbles(page, "第1段")).to_be_visible()
    await page.reload()
    await expect(bubbles(page, "第1段")).to_be_visible()
    await expect(page.get_by_label("身份")).to_have_value("1003")


async def test_language_is_told_to_the_bot(page: Page, url: str, world: World) -> None:
    """The switch of language changes what the bot hears of the person."""
    await page.goto(url)
    await page.get_by_label("语言").select_option(label="繁體中文")
    await world.wait_for(lambda: world.reader.language_code == "zh-hant")


async def test_nothing_said_becomes_markup(page: Page, url: str) -> None:
    """What looks like HTML is shown as it was typed."""
    await page.goto(url)
    said = '<img src=x onerror="alert(1)"><b>粗</b>'
    await say(page, said)
    await expect(page.locator("blockquote")).to_have_text(said)
    await expect(page.locator("#log img, #log b")).to_have_count(0)


async def test_typing_is_shown(page: Page, url: str, world: World) -> None:
    """A chat action shows that the bot is writing."""
    await page.goto(url)
    await expect(page.get_by_text("请问")).to_have_count(0)
    world.announce("action", {"chat_id": 1001, "action": "typing", "thread_id": None})
    await expect(page.get_by_text("正在输入…")).to_be_visible()


async def test_a_returned_server_is_found_again(browser: Browser) -> None:
    """When the server ends and another begins on its port, the page shows the new world."""
    context = await browser.new_context(locale="zh-CN")
    page = await context.new_page()
    async with PlaygroundServer(World(), port=0) as server:
        await page.goto(server.url)
        await expect(page.get_by_role("button", name="开始")).to_be_visible()
    await expect(page.get_by_text("正在连接…")).to_be_visible()
    fresh = World()
    fresh.send_text("新的世界")
    async with PlaygroundServer(fresh, port=server.port):
        await expect(bubbles(page, "新的世界")).to_be_visible()
    await context.close()


@pytest.mark.parametrize("width", [360, 1280])
async def test_nothing_sticks_out(page: Page, url: str, width: int) -> None:
    """At phone and desk width nothing scrolls sideways, and the newest message is in view."""
    await page.set_viewport_size({"width": width, "height": 740})
    await page.goto(url)
    await page.get_by_role("button", name="开始").click()
    await say(page, "https://example.org/" + "a" * 300)
    await expect(bubbles(page, "第1段")).to_be_visible()
    for element in ("document.documentElement", "document.querySelector('#scroll')"):
        assert await page.evaluate(f"{element}.scrollWidth <= {element}.clientWidth")
    await expect(page.get_by_role("button", name="下一页")).to_be_in_viewport()


async def test_keyboard_alone_is_enough(page: Page, url: str) -> None:
    """Tab, arrows, Enter and Escape reach chats, commands, buttons and dialogs."""
    await page.goto(url)
    await say(page, "渐冻症")
    await expect(bubbles(page, "第1段")).to_be_visible()
    await page.get_by_role("button", name="谁能翻页").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.get_by_role("tab", name="私聊").focus()
    await page.keyboard.press("ArrowRight")
    await expect(page.get_by_role("tab", name="群组")).to_be_focused()
    await expect(page.get_by_role("heading", level=1)).to_have_text("读报小组")
