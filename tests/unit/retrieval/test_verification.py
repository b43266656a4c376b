from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator, Sequence

import opencc
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.article.loader import article_from_text
from bot.article.model import Article
from bot.retrieval.analysis import Analyzer
from bot.retrieval.verification import (
    Action,
    Difference,
    Piece,
    Verdict,
    Verification,
    Verifier,
)
from bot.retrieval.wording import read_wording

TRIALS = "实体肿瘤占所有肿瘤的90%以上。"
OPENING = "2024年10月，由河南省医学科学院牵头组建的中原细胞和免疫治疗实验室揭牌。"
TALES = (
    "",
    " \n\t",
    "\u200b\u200c\u202e\u2066",
    "😀🎉👨‍👩‍👧",
    "1️⃣",
    "\x00\x01\x02渐冻症",
    "\ud800渐冻症",
    "مرحبا كيف حالك",
    "'; DROP TABLE quotes; --",
    "<script>alert('张毅')</script>",
    "？？？？",
    "“”",
    "——",
    "\n\n—— \n",
    "a" * 4096,
    "细胞" * 2048,
    "（" * 4096,
    "是。" * 2048,
    "https://" * 512,
    "来源：" * 1000,
)


@pytest.fixture(scope="module")
def verifier(article: Article, analyzer: Analyzer) -> Verifier:
    """A verifier of the project's article that knows words."""
    return Verifier(article, analyzer)


@pytest.fixture(scope="module")
def sentences(article: Article) -> list[str]:
    """All sentences of the project's article."""
    return [article.text[span.start : span.end] for span in article.sentences]


def changes_of(result: Verification) -> list[tuple[str, str, str]]:
    """Action, the words asked, the words of the article."""
    return [
        (
            str(change.action),
            result.text[change.asked.start : change.asked.end],
            "".join(quote.text for quote in change.quotes),
        )
        for change in result.changes
    ]


def said(result: Verification) -> list[str]:
    """The article's words of each piece."""
    return ["".join(quote.text for quote in piece.quotes) for piece in result.pieces]


def letters(text: str) -> str:
    """What must never differ in a text that is found: its letters and digits, unspaced."""
    return "".join(character for character in text if character.isalnum())


def assert_sound(verifier_article: Article, result: Verification) -> None:
    """Quotes are verbatim, pieces in order and apart, changes inside their pieces."""
    end = 0
    for piece in result.pieces:
        assert end <= piece.asked.start <= piece.asked.end <= len(result.text)
        end = piece.asked.end
        assert bool(piece.changes) == (piece.verdict in (Verdict.ALTERED, Verdict.ABSENT))
        _assert_changes_inside(piece)
        quotes = [*piece.quotes, *(quote for change in piece.changes for quote in change.quotes)]
        for quote in (*quotes, *result.elsewhere):
            span = quote.span
            assert verifier_article.text[span.start : span.end] == quote.text
    assert bool(result) == (result.occurrences > 0)
    assert bool(result) == (result.verdict in (Verdict.FOUND, Verdict.NORMALISED))


def _assert_changes_inside(piece: Piece) -> None:
    at = piece.asked.start
    for change in piece.changes:
        assert at <= change.asked.start <= change.asked.end <= piece.asked.end
        at = change.asked.end
        assert (change.action is Action.ADDED) == (not change.quotes)
        assert (change.action is Action.REMOVED) == (len(change.asked) == 0)


# Originals


def test_every_sentence_is_found(verifier: Verifier, sentences: Sequence[str]) -> None:
    """Word for word, with its place."""
    found = {sentence: verifier.check(sentence) for sentence in sentences}
    assert dict.fromkeys(sentences, Verdict.FOUND) == {
        sentence: result.verdict for sentence, result in found.items()
    }
    assert all(sentence in said(result) for sentence, result in found.items())


@pytest.mark.parametrize("conversion", ["s2t", "s2tw", "s2hk"])
def test_every_sentence_is_found_in_traditional_characters(
    verifier: Verifier, sentences: Sequence[str], conversion: str
) -> None:
    """In three spellings; the script is named where it differs."""
    convert = opencc.OpenCC(conversion).convert
    for sentence in sentences:
        asked = convert(sentence)
        result = verifier.check(asked)
        script = {Difference.SCRIPT} if asked != sentence else set()
        assert (sentence, script) == (said(result)[0], set(result.differences))
        assert bool(result), sentence


def _full_width(text: str) -> str:
    return "".join(
        chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else character for character in text
    )


def _spaced(text: str) -> str:
    return " ".join(text)


def _hard_wrapped(text: str) -> str:
    return "\n".join(text[at : at + 17] for at in range(0, len(text), 17))


def _other_marks(text: str) -> str:
    return text.translate(str.maketrans("“”‘’", "「」『』"))


def _upper(text: str) -> str:
    return re.sub("[a-z]+", lambda match: match.group().upper(), text)


@pytest.mark.parametrize(
    ("dress", "difference"),
    [
        (_full_width, Difference.WIDTH),
        (_spaced, Difference.SPACES),
        (_hard_wrapped, Difference.SPACES),
        (_other_marks, Difference.QUOTATION_MARKS),
        (_upper, Difference.CASE),
    ],
)
def test_every_sentence_is_found_in_another_dress(
    verifier: Verifier,
    sentences: Sequence[str],
    dress: object,
    difference: Difference,
) -> None:
    """And the dress is named, nothing else."""
    assert callable(dress)
    for sentence in sentences:
        asked = dress(sentence)
        result = verifier.check(asked)
        expected = () if asked == sentence else (difference,)
        assert (True, expected) == (bool(result), result.differences), asked


def test_the_whole_dress_at_once(verifier: Verifier, sentences: Sequence[str]) -> None:
    """Traditional, full width and letter-spaced together."""
    convert = opencc.OpenCC("s2tw").convert
    for sentence in sentences:
        assert bool(verifier.check(_spaced(_full_width(convert(sentence))))), sentence


@given(st.data())
def test_any_cut_between_clauses_is_found(
    verifier: Verifier, article: Article, data: st.DataObject
) -> None:
    """One clause or many, over paragraphs too, as long as they are of one section."""
    section = data.draw(st.sampled_from(article.sections))
    text = "\n".join(
        article.text[paragraph.span.start : paragraph.span.end] for paragraph in section.paragraphs
    )
    cuts = [0, *(match.end() for match in re.finditer("[，。；！？]", text)), len(text)]
    start, end = sorted(data.draw(st.tuples(st.sampled_from(cuts), st.sampled_from(cuts))))
    asked = text[start:end].strip("\n”’")
    if letters(asked):
        result = verifier.check(asked)
        assert (Verdict.FOUND, letters(asked)) == (result.verdict, letters(said(result)[0]))


def test_a_text_over_two_paragraphs_is_located_in_each(verifier: Verifier) -> None:
    """However many empty lines are between them; each quote stays in one paragraph."""
    asked = "把医生当成一门谋生的职业。读研期间"
    assert [1] == [len(piece.quotes) for piece in verifier.check(asked).pieces]
    two = "您追逐的光，是什么？”\n\n“是带领团队开展创新基础研究和临床转化"
    result = verifier.check(two)
    assert Verdict.FOUND is result.verdict
    assert [2, 3] == [
        quote.locator.paragraph_in_section for piece in result.pieces for quote in piece.quotes
    ]


def test_a_text_over_two_sections_is_in_pieces(verifier: Verifier) -> None:
    """Between sections the reading order is the editor's."""
    result = verifier.check("无畏前行，留下一路熠熠星光。\n师道如光，照我前行。")
    assert (Verdict.STITCHED, ["无畏前行，留下一路熠熠星光。", "师道如光，照我前行。"]) == (
        result.verdict,
        said(result),
    )


def test_a_printed_heading_is_found(verifier: Verifier) -> None:
    """It is in no quote; its name says which."""
    result = verifier.check("向最强者学习\n1981年，张毅从南阳市方城县的一个小村庄走出来")
    assert (Verdict.FOUND, ("向最强者学习",)) == (result.verdict, result.pieces[0].headings)
    assert ["1981年，张毅从南阳市方城县的一个小村庄走出来"] == said(result)


def test_a_word_is_located_and_counted(verifier: Verifier, article: Article) -> None:
    """Too short to be a quote: how often it stands there matters."""
    result = verifier.check("张毅")
    assert (Verdict.FOUND, article.text.count("张毅")) == (result.verdict, result.occurrences)
    assert 5 == len(result.elsewhere)


@pytest.mark.parametrize(
    ("asked", "left_out"),
    [
        (f"“{OPENING}”", []),
        (f"『{OPENING}』", []),
        (f'"{OPENING}"', []),
        (f"> {OPENING}", [">"]),
        (f"😀 {OPENING} 👍🏽", ["😀", "👍🏽"]),
        (f"{OPENING}\nhttps://example.org/a?b=c", ["https://example.org/a?b=c"]),
        (f"{OPENING}\n——《让中国细胞治疗“闪耀”世界》· 实验室与转化 · 第1段（原文第114行）", None),
        (f"{OPENING}\n（来源：医药卫生报 2025-04-10）", None),
        (f"{OPENING}（《医药卫生报》2025年4月10日 记者 常娟）", None),
    ],
)
def test_what_stands_beside_a_quote_is_left_out(
    verifier: Verifier, asked: str, left_out: list[str] | None
) -> None:
    """Quotation marks round it, pictures, links, a source line with the article's own names."""
    result = verifier.check(asked)
    expected = [asked[len(OPENING) :].strip()] if left_out is None else left_out
    assert (Verdict.FOUND, expected) == (
        result.verdict,
        [asked[span.start : span.end] for span in result.left_out],
    )


@pytest.mark.parametrize(
    "line", ["来源：新华社", "——李四", "（医药卫生报2025年4月11日）", "张毅说这不是真的", "——2024"]
)
def test_a_source_line_that_says_more_is_checked(verifier: Verifier, line: str) -> None:
    """Another paper, person or date is not the article's."""
    assert not verifier.check(f"{OPENING}\n{line}")


# Mutants


def _characters(sentence: str, rng: random.Random) -> Iterator[str]:
    """One character inside the sentence replaced, dropped, doubled or put in."""
    places = [at for at in range(1, len(sentence) - 1) if sentence[at].isalnum()]
    for at in rng.sample(places, min(2, len(places))):
        other = rng.choice([letter for letter in "的了人大中上5T" if letter != sentence[at]])
        yield sentence[:at] + other + sentence[at + 1 :]
        yield sentence[:at] + sentence[at + 1 :]
        yield sentence[:at] + other + sentence[at:]


def _numbers(sentence: str, rng: random.Random) -> Iterator[str]:
    for match in re.finditer(r"\d+", sentence):
        number = int(match.group())
        for other in (number + 1, number * 10, max(0, number - rng.randint(1, 9))):
            if other != number:
                yield sentence[: match.start()] + str(other) + sentence[match.end() :]
        yield sentence[: match.start()] + sentence[match.end() :]


def _negations(sentence: str) -> Iterator[str]:
    for match in re.finditer("不|没有|未|没|无", sentence):
        yield sentence[: match.start()] + sentence[match.end() :]
    for word in ("是", "能", "会", "可以", "进行", "获得", "完成", "带领"):
        if word in sentence:
            yield sentence.replace(word, "不" + word, 1)
            yield sentence.replace(word, "没有" + word, 1)


def _words(sentence: str, rng: random.Random, analyzer: Analyzer) -> Iterator[str]:
    tokens = [token for token in analyzer.tokens(sentence) if token.end - token.start > 1][1:-1]
    for token in rng.sample(tokens, min(2, len(tokens))):
        for other in ("", "完全", "据说" + sentence[token.start : token.end]):
            yield sentence[: token.start] + other + sentence[token.end :]


def _mutants(article: Article, analyzer: Analyzer) -> Iterator[str]:
    rng = random.Random(20250410)  # noqa: S311 - the same mutants every time
    sentences = [article.text[span.start : span.end] for span in article.sentences]
    for sentence in sentences:
        yield from _characters(sentence, rng)
        yield from _numbers(sentence, rng)
        yield from _negations(sentence)
        yield from _words(sentence, rng, analyzer)
    for _ in range(150):
        one, other = rng.sample(sentences, 2)
        yield one + other
        yield one[: len(one) // 2] + other[len(other) // 2 :]


@pytest.fixture(scope="module")
def mutants(article: Article, analyzer: Analyzer) -> list[str]:
    """Sentences with one thing wrong; those that say the article's own words all the same (a
    doubled word cut in half, two neighbours stitched) are left out by plain string search.
    """
    unmarked = re.sub("[“”‘’\n]", "", article.text)
    return [
        mutant
        for mutant in dict.fromkeys(_mutants(article, analyzer))
        if re.sub("[“”‘’\n]", "", mutant) not in unmarked
    ]


def test_no_mutant_is_found(verifier: Verifier, article: Article, mutants: list[str]) -> None:
    """Over 1,000 of them: characters, words, numbers, negations, stitches."""
    assert len(mutants) > 1000
    results = [verifier.check(mutant) for mutant in mutants]
    assert [] == [result.text for result in results if result]
    for result in results:
        assert_sound(article, result)


def test_no_mutant_is_found_in_traditional_characters(
    verifier: Verifier, mutants: list[str]
) -> None:
    """Nor there."""
    convert = opencc.OpenCC("s2t").convert
    assert [] == [mutant for mutant in mutants[::3] if verifier.check(convert(mutant))]


def test_a_verifier_without_words_finds_the_same(
    article: Article, verifier: Verifier, mutants: list[str]
) -> None:
    """The analyzer is for reading only: verdicts are the same without it."""
    plain = Verifier(article)
    for mutant in mutants[::7]:
        assert verifier.check(mutant).verdict is plain.check(mutant).verdict


def test_a_lost_negation_at_the_beginning_is_seen(verifier: Verifier) -> None:
    """The words that are left do stand in the article, and say the contrary."""
    result = verifier.check("允许造假。“如果某个数据造假了")
    assert (Verdict.ALTERED, [("removed", "", "绝不")]) == (
        result.verdict,
        [(action, asked, printed) for action, asked, printed in changes_of(result)],
    ) or [("removed", "", "不")] == changes_of(result)


# What is shown of an alteration


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("实体肿瘤占所有肿瘤的95%以上。", [("changed", "95%", "90%")]),
        ("实体肿瘤占所有肿瘤的90%以上！", [("changed", "！", "。")]),
        ("张毅说得对，" + TRIALS, [("added", "张毅说得对，", "")]),
        ("科研工作不允许失败，但绝不允许造假。", [("added", "不", "")]),
        ("科研工作允许失败，但允许造假。", [("changed", "允许", "绝不允许")]),
        ("2010年，张毅回到郑州大学第一附属医院。", [("removed", "", "几经波折，")]),
        ("李毅始终没有放弃", [("changed", "李毅", "张毅")]),
        ("50多名硕士研究生", [("changed", "50", "150")]),
        ("024年10月", [("changed", "024", "2024")]),
        ("三张幻灯片", [("changed", "三张", "两三张")]),
        ("AR-T细胞疗法", [("changed", "AR-T", "CAR-T")]),
        ("占全球的54", [("changed", "54", "54%")]),
        ("2025年1月2日，国家药品监督管理局批准", [("changed", "2025年", "今年")]),
        (
            "“我们为3例渐冻症患者完成鞘内细胞注射，”张毅说。",
            [("removed", "", "还"), ("removed", "", "成功"), ("changed", "，", "。")],
        ),
    ],
)
def test_an_alteration_is_shown_word_by_word(
    verifier: Verifier, asked: str, expected: list[tuple[str, str, str]]
) -> None:
    """What was added, what removed, and what stands there instead."""
    result = verifier.check(asked)
    assert (Verdict.ALTERED, expected) == (result.verdict, changes_of(result))


@pytest.mark.parametrize("mark", ["²", "①", "\u202e", "2̶", "𝟐", "贰"])
def test_what_only_looks_alike_is_not_found(verifier: Verifier, mark: str) -> None:
    """A superscript, a number in a circle, text turned round, struck through."""
    assert not verifier.check(OPENING.replace("2", mark, 1))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("他们聚焦肿瘤免疫……研发出一类细胞治疗原创新药", 2),
        ("他们聚焦肿瘤免疫［…］研发出一类细胞治疗原创新药", 2),
        (TRIALS + OPENING, 2),
        ("张毅团队共承担国家自然科学基金项目获得3项国际专利", 2),
        (OPENING + "这是一种罕见病治疗药物，" + TRIALS, 3),
    ],
)
def test_stitched_pieces_are_each_located(verifier: Verifier, asked: str, expected: int) -> None:
    """Every piece has its own quotes, and they say what was asked."""
    result = verifier.check(asked)
    assert (Verdict.STITCHED, expected) == (result.verdict, len(result.pieces))
    assert letters(asked) == letters("".join(said(result)))
    assert len({quote.locator for piece in result.pieces for quote in piece.quotes}) == expected


@pytest.mark.parametrize(
    "asked", ["今天天气很好，我们去公园玩吧。", "张毅是河南人", "渐冻症能治好吗？", "hello world"]
)
def test_an_absent_text_gets_the_nearest_sentence(verifier: Verifier, asked: str) -> None:
    """One sentence of the article, or none where no two letters are shared."""
    result = verifier.check(asked)
    assert Verdict.ABSENT is result.verdict
    assert (asked == "hello world") == (result.nearest is None)


def test_the_nearest_sentence_shares_the_rare_words(verifier: Verifier) -> None:
    """Not just the small ones."""
    result = verifier.check("渐冻症怎么治")
    assert result.nearest is not None
    assert "渐冻症" in result.nearest.text


# Any text


@given(
    st.one_of(st.text(max_size=200), st.text(st.sampled_from("张毅细胞治疗。，“”2024年不没有\n ")))
)
@example("张毅\n")
@example("2\n ")
def test_any_text_is_judged_soundly(verifier: Verifier, article: Article, asked: str) -> None:
    """No error; and what is called found has the letters of its quotes."""
    result = verifier.check(asked)
    assert_sound(article, result)
    for piece in result.pieces:
        if piece.verdict is Verdict.FOUND:
            text = asked[piece.asked.start : piece.asked.end]
            quoted = "".join(quote.text for quote in piece.quotes)
            headings = "".join(piece.headings)
            assert read_wording(text).keys in read_wording(headings + quoted).keys


@pytest.mark.parametrize("asked", TALES)
def test_nasty_texts_are_judged_soundly(verifier: Verifier, article: Article, asked: str) -> None:
    """The known tricks, none of which is in the article but 渐冻症."""
    result = verifier.check(asked)
    assert_sound(article, result)
    assert not result


def test_width_and_letters_are_what_is_compared(verifier: Verifier) -> None:
    """A text in NFD or with a byte order mark is the same text."""
    assert verifier.check("\ufeff" + unicodedata.normalize("NFD", OPENING))


def test_other_articles(analyzer: Analyzer) -> None:
    """English, apostrophes, decimals: can't is not cant, 3.5 not 35 and not 13.5."""
    verifier = Verifier(
        article_from_text("We can't pay 13.5 dollars. It was 3.5 before.\n"), analyzer
    )
    asked = [
        "It was 3.5 before.",
        "it WAS 3.5 before",
        "we cant pay",
        "It was 35 before",
        "3.5 dollars",
    ]
    assert [True, True, False, False, False] == [bool(verifier.check(text)) for text in asked]
