from __future__ import annotations

import functools

import pytest

from bot.chat import QuotingApplication
from bot.errors import StoreUnavailable
from bot.playground import World
from bot.playground.model import Message
from bot.storage.interfaces import ChatPreferences
from bot.storage.memory import MemoryPreferences
from tests.integration.conftest import Running
from tests.integration.talk import (
    ADMIN,
    ALS,
    GROUP,
    GUEST,
    READER,
    count,
    group_said,
    labels,
    pressed,
    said,
)


class Clock:
    """Seconds that stand still."""

    now = 1000.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def _names(panel: Message, label: str) -> bool:
    return label.removesuffix("分鐘") in (panel.text or "")


def _changed(panel: Message, before: str | None) -> bool:
    return panel.text != before


async def test_an_admin_sees_the_settings(world: World, chat: QuotingApplication) -> None:
    """What holds now, in words, and a tick on each button that is chosen."""
    panel = await group_said(world, "/settings", user_id=ADMIN)
    ticked = [label for row in labels(panel) for label in row if label.startswith("✓")]
    assert ["✓ 也回回覆", "✓ 不刪", "✓ 跟隨提問者"] == ticked
    assert 5 == len((panel.text or "").splitlines())


@pytest.mark.parametrize(
    ("user_id", "refusal"),
    [(READER, "只有管理员能改本群的设置"), (GUEST, "Only admins can change the settings")],
)
async def test_others_are_refused_in_their_language(
    world: World, chat: QuotingApplication, user_id: int, refusal: str
) -> None:
    """Both the command and a press of an admin's buttons."""
    told = await group_said(world, "/settings", user_id=user_id)
    assert (True, []) == ((told.text or "").startswith(refusal), labels(told))
    panel = await group_said(world, "/settings", user_id=ADMIN)
    alert = await pressed(world, panel, "5分鐘", user_id)
    assert (True, True) == (alert.show_alert, (alert.text or "").startswith(refusal))
    assert ChatPreferences() == await chat.services.preferences.of_chat(GROUP)


async def test_settings_belong_to_groups(world: World, chat: QuotingApplication) -> None:
    """In private the command says so, and names /language."""
    told = await said(world, "/settings")
    assert ([], True) == (labels(told), "/language" in (told.text or ""))


async def test_an_anonymous_admin_is_an_admin(world: World, chat: QuotingApplication) -> None:
    """Who writes in the group's own name."""
    sender = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    group = {"id": GROUP, "type": "supergroup", "title": "G"}
    entity = {"type": "bot_command", "offset": 0, "length": 9}
    message = {"message_id": 900, "date": 1, "chat": group, "from": sender, "sender_chat": group}
    world.send_update({"message": {**message, "text": "/settings", "entities": [entity]}})
    panel = await world.wait_for_bot_message(chat_id=GROUP)
    assert 4 <= len(labels(panel))


async def test_a_press_changes_the_setting_and_the_panel(
    world: World, chat: QuotingApplication
) -> None:
    """The panel says in words what holds now."""
    panel = await group_said(world, "/settings", user_id=ADMIN)
    for label in ("只回標記", "30分鐘", "English"):
        before = panel.text
        await pressed(world, panel, label, ADMIN)
        await world.wait_for(functools.partial(_changed, panel, before))
    assert ChatPreferences("en", on_reply=False, delete_minutes=30) == (
        await chat.services.preferences.of_chat(GROUP)
    )
    assert [
        "My settings in this group; admins can change them.",
        "",
        "When I answer: when I am mentioned, or asked with /ask",
        "My answers: deleted after 30 min",
        "Language: English",
    ] == (panel.text or "").splitlines()


async def test_on_mention_only_a_reply_is_met_with_silence(world: World, running: Running) -> None:
    """A mention and /ask are answered, also within a reply."""
    preferences = MemoryPreferences()
    await preferences.set_chat(GROUP, ChatPreferences(on_reply=False))
    async with running(preferences=preferences):
        first = await group_said(world, "@quoting_bot 你好")
        world.send_text(ALS, chat_id=GROUP, reply_to=first)
        answers = [
            await group_said(world, f"@quoting_bot {ALS}", reply_to=first),
            await group_said(world, f"/ask {ALS}", reply_to=first),
        ]
    assert ([True, True], 3) == (
        ["2024年10月" in answer.quotes()[0] for answer in answers],
        count(world, "sendMessage"),
    )


async def test_a_groups_language_holds_for_all_its_readers(world: World, running: Running) -> None:
    """Whatever their apps say; buttons and alerts, too. The quote stays as printed."""
    preferences = MemoryPreferences()
    await preferences.set_chat(GROUP, ChatPreferences(language="zh-hant"))
    async with running(preferences=preferences):
        answer = await group_said(world, f"@quoting_bot {ALS}", user_id=GUEST)
        alert = await pressed(world, answer, "上下文", READER)
        private = await said(world, ALS)
    assert ("渐冻症" in answer.quotes()[0], "在文中檢視" in (answer.text or "")) == (True, True)
    assert "這是別人問出來的" == (alert.text or "")[:8]
    assert "在文中查看" in (private.text or "")


async def test_a_groups_menu_speaks_its_language(world: World, chat: QuotingApplication) -> None:
    """Until its language is again that of whoever asks."""
    panel = await group_said(world, "/settings", user_id=ADMIN)
    admin, reader = world.user(ADMIN), world.user(READER)

    def described(command: str) -> str:
        menu = world.profile.menu(world.group, admin if command == "settings" else reader)
        return next((m["description"] for m in menu if m["command"] == command), "")

    await world.wait_for(lambda: described("topics") == "全部话题")
    await pressed(world, panel, "English", ADMIN)
    await world.wait_for(lambda: described("settings") == "Settings of this group (admins)")
    assert ("All topics", "Language: English") == (
        described("topics"),
        (panel.text or "").splitlines()[-1],
    )
    await pressed(world, panel, "Asker's", ADMIN)
    await world.wait_for(lambda: described("topics") == "全部话题")


class FullPreferences(MemoryPreferences):
    """A store that takes nothing more."""

    async def set_chat(self, chat_id: int, preferences: ChatPreferences) -> None:
        """Fail."""
        raise StoreUnavailable("full")


async def test_what_cannot_be_kept_is_said(world: World, running: Running) -> None:
    """The panel stays as it was."""
    async with running(preferences=FullPreferences()):
        panel = await group_said(world, "/settings", user_id=ADMIN)
        before = panel.text
        alert = await pressed(world, panel, "5分鐘", ADMIN)
    assert (True, "設定沒有存下來", before) == (
        alert.show_alert,
        (alert.text or "")[:7],
        panel.text,
    )


async def test_a_forged_setting_is_stale(world: World, chat: QuotingApplication) -> None:
    """Data that no button of ours carries change nothing."""
    panel = await group_said(world, "/settings", user_id=ADMIN)
    query = world.press(panel, data="1:s:delete-9:0:0", user_id=ADMIN)
    assert (await world.wait_for_callback_answer(query)).show_alert
    assert ChatPreferences() == await chat.services.preferences.of_chat(GROUP)


async def test_telegram_is_asked_once_a_minute_who_is_an_admin(
    world: World, running: Running
) -> None:
    """Not at each press; who is made an admin waits that long at most."""
    clock = Clock()
    async with running(clock=clock):
        panel = await group_said(world, "/settings", user_id=ADMIN)
        for label in ("1分鐘", "5分鐘"):
            await pressed(world, panel, label, ADMIN)
            await world.wait_for(functools.partial(_names, panel, label))
        assert 1 == count(world, "getChatMember")
        world.group.members[ADMIN] = "member"
        clock.now += 61
        assert (await pressed(world, panel, "1分鐘", ADMIN)).show_alert
    assert 2 == count(world, "getChatMember")


async def test_where_telegram_does_not_say_nobody_is_an_admin(
    world: World, chat: QuotingApplication
) -> None:
    """Refused for now, and asked anew the next time."""
    world.faults.next("getChatMember", status=400)
    refused = await group_said(world, "/settings", user_id=ADMIN)
    panel = await group_said(world, "/settings", user_id=ADMIN)
    assert ([], 5) == (labels(refused), len(labels(panel)))
