"""Quotes and dates as pictures: the quote card and the timeline, PNG, for phones."""

from bot.pictures.card import draw_card
from bot.pictures.events import Event, load_timeline
from bot.pictures.theme import DARK, LIGHT, Theme
from bot.pictures.timeline import draw_timeline

__all__ = ["DARK", "LIGHT", "Event", "Theme", "draw_card", "draw_timeline", "load_timeline"]
