"""Persons: whom the article does not name is refused, whatever is asked of them."""

from __future__ import annotations

import pytest

from bot.retrieval import Quoter, Reason

STRANGERS = """
习近平 钟南山 李白 埃隆·马斯克 梅西 马斯克 特朗普 拜登 普京 李强 毛泽东
邓小平 周恩来 屠呦呦 袁隆平 钱学森 施一公 颜宁 饶毅 张文宏 李兰娟 陈薇
吴孟超 裘法祖 贺建奎 曹雪涛 卡尔·朱恩 霍金 蔡磊 爱因斯坦 牛顿 华佗 扁鹊
李时珍 张仲景 姚明 刘翔 苏炳添 谷爱凌 郎平 林丹 马云 马化腾 任正非 雷军
鲁迅 莫言 余华 金庸 托尔斯泰 莎士比亚 杜甫 刘德华 周杰伦 成龙 张艺谋
""".split()
UNTAGGED = """
颜宁 邓宏魁 赖清德 黄荷凤 裴端卿 季维智 闫希军 董晨 田志刚 沈洪兵 尚红 葛均波
仝小林 黄璐琦 蔡英文
侯友宜 赵薇 沈腾 王福生 卞修武 詹启敏 樊锦诗 张桂梅 孙颖莎 梁文锋 王兴兴 焦恩俊 戚薇 景甜 苏童
""".split()
ASKED_TOO = (
    "{}哪年回国的", "介绍一下{}", "文中提到{}了吗", "{}今年多大", "{}教授是做什么的",
    "{}获过什么奖", "张毅和{}是什么关系", "请问{}在文中说了什么",
)  # fmt: skip
PINYIN = ("Zhang Feng", "Feng Zhang", "Li Wei", "Wang Fang", "Yang Lan", "Xu Min", "Chen Jing")
ENGLISH = ("Elon Musk", "Lionel Messi", "Xi Jinping", "Carl June", "Stephen Hawking", "Mo Yan")
ASKED = ("{}说过什么", "{}是谁", "{}和张毅认识吗", "{}得过渐冻症吗", "{}怎么看细胞治疗")
OWN = """
张毅 张教授 常娟 许冬冬 许予明 王宇 陈慰峰 李峰 杨黎 张震 张超奇 李苗苗
奥斯特洛夫斯基 李锋 张义 李淼淼 陈伟峰
""".split()


@pytest.mark.parametrize("name", STRANGERS)
def test_a_person_whom_the_article_does_not_name_is_refused(quoter: Quoter, name: str) -> None:
    """Sixty-two politicians, doctors, athletes and authors, however they are asked about."""
    assert [] == [
        asked for asked in ASKED if quoter.ask(asked.format(name)) or _shows(quoter, asked, name)
    ]


@pytest.mark.parametrize("name", UNTAGGED)
def test_so_is_one_whom_no_dictionary_names(quoter: Quoter, name: str) -> None:
    """By a surname and characters that are no word, where a person is asked for."""
    assert [] == [asked for asked in ASKED_TOO if quoter.ask(asked.format(name))]


@pytest.mark.parametrize("name", PINYIN)
def test_so_are_persons_who_share_a_syllable_with_one_of_the_articles(
    quoter: Quoter, name: str
) -> None:
    """Zhang Feng is neither Zhang Yi nor Li Feng."""
    for asked in ("What did {} say?", "Who is {}?", "Where did {} study?", "{}'s motto"):
        assert not quoter.ask(asked.format(name))
    assert not quoter.ask(f"who is {name.lower()}")


@pytest.mark.parametrize("question", ["Who is Zhang Yi?", "Where did Li Feng study?"])
def test_the_articles_own_names_in_pinyin_are_no_strangers(quoter: Quoter, question: str) -> None:
    """In the order of either language."""
    assert Reason.NOT_IN_ARTICLE is not quoter.ask(question).reason


@pytest.mark.parametrize("name", ENGLISH)
def test_so_are_persons_with_english_names(quoter: Quoter, name: str) -> None:
    """By two capitalised words that the article and its glossary do not have."""
    for asked in ("What did {} say?", "Who is {}?", "Did {} work with Zhang Yi?"):
        assert not quoter.ask(asked.format(name))


@pytest.mark.parametrize("name", OWN)
def test_whom_the_article_names_is_no_stranger(quoter: Quoter, name: str) -> None:
    """By the article's name, another one, or a misspelt one."""
    answer = quoter.ask(f"{name}是谁")
    assert Reason.NOT_IN_ARTICLE is not answer.reason


def _shows(quoter: Quoter, asked: str, name: str) -> bool:
    return bool(quoter.ask(asked.format(name)).related)
