from __future__ import annotations

import pytest

from bot.retrieval.medical import seeks_advice


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("我妈妈得了渐冻症，你们医院能治吗", True),
        ("我能参加渐冻症的研究吗", True),
        ("该吃什么药", True),
        ("我能参加吗", True),
        ("我爸58岁确诊淋巴瘤，可以做CAR-T吗", True),
        ("my dad has ALS, is Treg safe for him?", True),
        ("渐冻症的临床研究是什么时候开始的", False),
        ("张毅获得了什么奖", False),
        ("实验室研究什么", False),
        ("How many papers were published?", False),
    ],
)
def test_knows_who_asks_for_advice(question: str, expected: bool) -> None:
    """A question about somebody's own illness, not about the article's facts."""
    assert expected is seeks_advice(question)
