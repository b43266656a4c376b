"""Many readers who ask one question each, so that every answer can be told."""

from __future__ import annotations

from collections import Counter

from bot.playground import World
from bot.playground.model import Chat, JsonValue, Message, User

FIRST_READER = 20_000
QUESTION = "渐冻症的临床研究是什么时候开始的"


class CrowdedWorld(World):
    """A world that counts the answers each reader has; readers ask in their private chats."""

    def __init__(self) -> None:
        super().__init__()
        self.size = 0
        self.answers: Counter[int] = Counter()

    def add_message(self, chat: Chat, sender: User, **fields: JsonValue) -> Message:
        """Store a message; the bot's are counted."""
        if sender.is_bot:
            self.answers[chat.id] += 1
        return super().add_message(chat, sender, **fields)

    def ask(self, count: int) -> None:
        """Have so many more readers ask, once each."""
        for reader in range(FIRST_READER + self.size, FIRST_READER + self.size + count):
            self.add_user(reader, f"Reader {reader}")
            self.send_text(QUESTION, user_id=reader)
        self.size += count

    async def wait_for_answers(self, count: int, seconds: float = 60) -> None:
        """Wait until so many readers have an answer."""
        await self.wait_for(lambda: len(self.answers) >= count, seconds)

    def twice(self) -> set[int]:
        """Readers who have more than one answer."""
        return {reader for reader, count in self.answers.items() if count > 1}
