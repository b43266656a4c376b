from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.callback_data import MAX_BYTES, Action, Press, clamp, is_topic_id, pack, unpack

KEYS = st.from_regex(r"[A-Za-z0-9_.-]{1,32}", fullmatch=True)
KEYLESS = (Action.LIST, Action.LITERAL, Action.CHOOSE, Action.EVENTS)
USERS = st.integers(0, 2**63 - 1)


@st.composite
def presses(draw: st.DrawFn) -> Press:
    """Everything a button may stand for."""
    action = draw(st.sampled_from(Action))
    key = "" if action in KEYLESS else draw(KEYS)
    return Press(action, key, draw(st.integers(0, 9999)), draw(USERS))


@given(presses())
def test_what_is_packed_is_unpacked_the_same(press: Press) -> None:
    """A button means the same before and after a restart."""
    assert press == unpack(pack(press))


@given(presses())
def test_every_button_fits(press: Press) -> None:
    """Telegram takes at most 64 bytes."""
    assert len(pack(press).encode()) <= MAX_BYTES


@given(st.text() | st.none() | st.from_regex(r"1:[a-z]?:.*:[0-9]*:[0-9]*", fullmatch=True))
def test_anything_at_all_is_either_a_press_or_nothing(data: str | None) -> None:
    """Forged data never raise, and what is taken for a press would be packed the same way but
    for leading zeros.
    """
    press = unpack(data)
    assert press is None or press == unpack(pack(press))


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        "0:p:als:0:1",
        "2:p:als:0:1",
        "1:z:als:0:1",
        "1:p::0:1",
        "1:l:als:0:1",
        "1:p:als:-1:1",
        "1:p:als:10000:1",
        "1:p:als:٣:1",
        "1:p:als:0:1\n",
        "1:p:als:0:9999999999999999999",
        "1:p:" + "a" * 60 + ":0:1",
    ],
)
def test_stale_and_forged_data_mean_nothing(data: str | None) -> None:
    """Another version, an unknown action, a missing part, numbers out of range."""
    assert unpack(data) is None


@pytest.mark.parametrize(
    "press", [Press(Action.PAGE), Press(Action.PAGE, "主题"), Press(Action.LIST, "a")]
)
def test_a_button_that_would_be_misread_is_never_made(press: Press) -> None:
    """Better no button than one that leads elsewhere."""
    with pytest.raises(ValueError, match="no button can carry"):
        pack(press)


@given(st.text())
def test_a_topic_id_is_what_can_be_packed(text: str) -> None:
    """The check at the start and the packing agree."""
    try:
        pack(Press(Action.OPEN, text))
        packed = True
    except ValueError:
        packed = False
    assert packed == is_topic_id(text)


@given(st.integers(0, 9999), st.integers(1, 50))
def test_a_page_is_clamped_into_the_pages_there_are(page: int, pages: int) -> None:
    """The nearest page that exists."""
    assert min(page, pages - 1) == clamp(page, pages)
