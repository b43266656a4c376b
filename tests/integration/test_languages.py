from __future__ import annotations

import pytest

from bot.chat import QuotingApplication
from bot.errors import StoreUnavailable
from bot.playground import World
from bot.storage.interfaces import ChatPreferences
from bot.storage.memory import MemoryPreferences
from tests.integration.conftest import Running
from tests.integration.talk import ALS, GROUP, GUEST, READER, group_said, labels, pressed, said


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("zh-hans", "在文中查看"),
        ("zh", "在文中查看"),
        ("zh-hant", "在文中檢視"),
        ("zh-TW", "在文中檢視"),
        ("zh-hk", "在文中檢視"),
        ("en", "see it in the text"),
        ("pt-br", "see it in the text"),
    ],
)
async def test_the_bot_speaks_the_language_of_the_app(
    world: World, chat: QuotingApplication, code: str, place: str
) -> None:
    """繁體 for its regions, 简体 for other Chinese, English for all others; the quote stays."""
    world.set_language(READER, code)
    answer = await said(world, ALS)
    assert (True, True) == (place in (answer.text or ""), "渐冻症" in answer.quotes()[0])


async def test_a_chosen_language_is_kept(world: World, running: Running) -> None:
    """From the press on, in all chats of that reader, also after a restart."""
    preferences = MemoryPreferences()
    async with running(preferences=preferences):
        panel = await said(world, "/language")
        assert [["简体中文", "繁體中文", "English"], ["✓ 跟随应用"]] == labels(panel)
        await pressed(world, panel, "繁體中文")
        await world.wait_for(lambda: "你選的是：繁體中文" in (panel.text or ""))
        assert [["简体中文", "✓ 繁體中文", "English"], ["跟隨 App"]] == labels(panel)
    async with running(preferences=preferences):
        answers = [await said(world, ALS), await group_said(world, f"@quoting_bot {ALS}")]
        panel = await said(world, "/language")
        await pressed(world, panel, "跟隨 App")
        await world.wait_for(lambda: "现在跟随你的" in (panel.text or ""))
    assert [True, True] == ["在文中檢視" in (answer.text or "") for answer in answers]
    assert None is await preferences.language_of(READER)


async def test_the_private_menu_follows(world: World, chat: QuotingApplication) -> None:
    """Telegram's menus know two letters of a language, so 繁體 is set for the chat itself."""
    reader = world.user(READER)

    def described() -> str:
        menu = world.profile.menu(world.private_chat(), reader)
        return next((m["description"] for m in menu if m["command"] == "about"), "")

    await world.wait_for(lambda: described() == "关于这篇报道")
    panel = await said(world, "/language")
    await pressed(world, panel, "繁體中文")
    await world.wait_for(lambda: described() == "關於這篇報導")
    await pressed(world, panel, "跟隨 App")
    await world.wait_for(lambda: described() == "关于这篇报道")


async def test_in_a_group_with_a_language_of_its_own(world: World, running: Running) -> None:
    """The reader is told that the group's wins there; only they may press."""
    preferences = MemoryPreferences()
    await preferences.set_chat(GROUP, ChatPreferences(language="en"))
    async with running(preferences=preferences):
        panel = await group_said(world, "/language@quoting_bot")
        assert "In this group the admins chose English" in (panel.text or "")
        assert (await pressed(world, panel, "繁體中文", GUEST)).show_alert
        await pressed(world, panel, "繁體中文", READER)
        await world.wait_for(lambda: "You chose 繁體中文" in (panel.text or ""))
        private = await said(world, ALS)
    assert "在文中檢視" in (private.text or "")


class FullPreferences(MemoryPreferences):
    """A store that takes nothing more."""

    async def set_language(self, user_id: int, language: str | None) -> None:
        """Fail."""
        raise StoreUnavailable("full")


async def test_what_cannot_be_kept_is_said(world: World, running: Running) -> None:
    """An alert, and the panel stays."""
    async with running(preferences=FullPreferences()):
        panel = await said(world, "/language")
        alert = await pressed(world, panel, "English")
    assert (True, "设置没有存下来") == (alert.show_alert, (alert.text or "")[:7])


@pytest.mark.parametrize("code", ["zh-hans", "zh-hant", "en"])
async def test_about_in_three_languages(world: World, chat: QuotingApplication, code: str) -> None:
    """Date, source, author, and that it is no medical advice."""
    world.set_language(READER, code)
    text = (await said(world, "/about")).text or ""
    metadata = chat.services.quoter.article.metadata
    advice = {"zh-hans": "不是医疗建议", "zh-hant": "不是醫療建議", "en": "not medical advice"}
    wanted = ("2025-04-10", metadata.publication or "", metadata.author or "", advice[code])
    assert [True] * 4 == [bool(each) and each in text for each in wanted]


async def test_topics_are_named_in_the_readers_language(
    world: World, chat: QuotingApplication
) -> None:
    """And open by that name."""
    world.set_language(READER, "zh-hant")
    listed = await said(world, "/topics")
    assert "細胞治療是什麼" == labels(listed)[0][0]
    page = await said(world, "漸凍症與Treg")
    assert (page.text or "").startswith("漸凍症與Treg（1/")
