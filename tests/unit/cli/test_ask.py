from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import main
from bot.cli.ask import Broken, Request, read_requests
from bot.retrieval.encoder import load_encoder

Run = Callable[..., tuple[int, list[str], str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process: exit code, lines of output, standard error."""

    def run(*argv: str, stdin: bytes = b"", **environ: str) -> tuple[int, list[str], str]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        # Encoding the bank takes two minutes where it was not done before.
        code = main(argv, {"BOT_ENCODER": "false"} | environ)
        captured = capsys.readouterr()
        return code, captured.out.splitlines(), captured.err

    return run


def test_reads_lines_and_objects() -> None:
    """A line is a question or an object; blank lines are skipped, broken ones reported."""
    lines = [
        "渐冻症\n".encode(),
        b"\n",
        '{"question": "那是哪年", "previous": ["李峰"]}\n'.encode(),
        b'{"question": 1}\n',
        b'{"question": "a", "previous": "b"}\n',
        b'{"previous": []}\n',
        b"{nonsense\n",
        b"\xff\xfe\n",
        "\ufeff最后".encode(),
    ]
    requests = list(read_requests(lines))

    assert [
        Request("渐冻症"),
        Request("那是哪年", ("李峰",)),
        Broken('"question" must be a string'),
        Broken('"previous" must be a list of strings'),
        Broken('"question" must be a string'),
    ] == requests[:5]
    assert isinstance(requests[5], Broken)
    assert requests[5].message.startswith("the line is not JSON")
    assert [Broken("the line is not UTF-8"), Request("最后")] == requests[6:]


def test_prints_the_stable_json(run: Run) -> None:
    """The object has exactly the promised keys, and its quote is placed and marked."""
    code, lines, _ = run("ask", "--json", "渐冻症的临床研究是什么时候开始的")
    answer = json.loads(lines[0])

    assert (0, 1) == (code, len(lines))
    assert {
        "question", "answered", "confidence", "quotes", "related", "topics", "note", "reason",
        "answer_id", "care",
    } == set(answer)  # fmt: skip
    quote = answer["quotes"][0]
    assert {
        "text", "highlights", "speaker", "section", "paragraph", "source", "score",
    } == set(quote)  # fmt: skip
    start, end = quote["highlights"][0]
    assert "2024年10月" == quote["text"][start:end]
    assert {
        "file": "seeds/000_d0bb78783c343212.txt",
        "lines": [21, 24],
    } == quote["source"]
    assert ("站在前沿", 17, True, None, []) == (
        quote["section"], quote["paragraph"], answer["answered"], answer["reason"],
        answer["related"],
    )  # fmt: skip


def test_prints_the_quote_for_the_eye(run: Run) -> None:
    """Without --json the quote stands with its place."""
    code, lines, _ = run("ask", "渐冻症的临床研究是什么时候开始的")

    assert 0 == code
    assert "2024年10月" in lines[0]
    assert "站在前沿" in lines[1]
    assert "seeds/000_d0bb78783c343212.txt:21-24" in lines[1]


def test_a_broken_line_does_not_stop_the_rest(run: Run) -> None:
    """An error stands in its place, and the next question is answered."""
    code, lines, _ = run("ask", "--json", stdin="{broken\n\n今天天气怎么样\n".encode())
    broken, answer = map(json.loads, lines)

    assert 0 == code
    assert {"error"} == set(broken)
    assert (False, "not_in_article", []) == (
        answer["answered"], answer["reason"], answer["quotes"]
    )  # fmt: skip


def test_asks_of_another_text(run: Run, tmp_path: Path, cache_dir: Path) -> None:
    """--article takes a plain text, and locators name its file."""
    path = tmp_path / "river.txt"
    path.write_text("长江全长约6300公里。\n\n黄河全长约5464公里。\n", encoding="utf-8")
    code, lines, _ = run(
        "ask", "--json", "--article", str(path), "黄河有多长", BOT_CACHE_DIR=str(cache_dir)
    )
    quote = json.loads(lines[0])["quotes"][0]

    assert 0 == code
    assert ("黄河全长约5464公里。", {"file": str(path), "lines": [3, 3]}, None) == (
        quote["text"], quote["source"], quote["section"]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("ask", "--article", "nowhere.txt", "x"), 1, "error: nowhere.txt: No such file"),
        (("ask", "--article", "EMPTY", "x"), 1, "there is no text in it"),
        (("ask", "--article", "BINARY", "x"), 1, "not a UTF-8 text"),
        (("ask", "--colour"), 2, "--colour"),
        (("ask", "one", "two"), 2, "two"),
        (("dance",), 2, "dance"),
    ],
)
def test_bad_arguments_and_articles(
    run: Run, tmp_path: Path, argv: tuple[str, ...], code: int, said: str
) -> None:
    """Bad arguments exit with 2, a bad article with 1 and one line."""
    (tmp_path / "EMPTY").write_text("\n")
    (tmp_path / "BINARY").write_bytes(b"\xff\x00\xfe")
    placed = [str(tmp_path / each) if each.isupper() else each for each in argv]
    actual, lines, error = run(*placed)

    assert (code, []) == (actual, lines)
    assert said in error
    if code == 1:
        assert 1 == error.count("\n")


def test_a_bad_index_is_one_line(run: Run, tmp_path: Path) -> None:
    """The operator is told what to run; exit 1."""
    code, lines, error = run("ask", "x", BOT_DATA_DIR=str(tmp_path))

    assert (1, []) == (code, lines)
    assert "run: python -m bot index" in error
    assert 1 == error.count("\n")


def test_a_bad_setting_is_one_line(run: Run) -> None:
    """Settings exit with 2, naming the variable."""
    code, _, error = run("ask", "x", BOT_LOG_LEVEL="LOUD")

    assert 2 == code
    assert error.startswith("error: BOT_LOG_LEVEL: ")
    assert 1 == error.count("\n")


@pytest.mark.skipif(load_encoder() is None, reason="there is no encoder for this machine")
def test_nobody_waits_for_vectors(run: Run, tmp_path: Path) -> None:
    """Where the sentence vectors are not made yet, the answer is by words, and that is said."""
    question = "渐冻症的临床研究是什么时候开始的"
    code, lines, said = run("ask", question, BOT_ENCODER="true", BOT_CACHE_DIR=str(tmp_path))

    assert 0 == code
    assert "2024年10月" in "".join(lines)
    assert "python -m bot index --vectors" in said
    assert not list(tmp_path.glob("vectors-*"))
