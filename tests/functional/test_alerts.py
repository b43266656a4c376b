"""The alerts fire when they should, and they, the dashboard and the documents name real metrics."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from prometheus_client import Counter, Gauge, Histogram

from bot.metrics import Metrics
from bot.project import PROJECT_ROOT
from tests.functional import deployments

ALERTS = "deploy/alerts.yml"
DASHBOARD = "deploy/dashboard.json"
METRIC = re.compile(r"\bbot_[a-z_]+")
SELECTED = re.compile(r"\b(bot_[a-z_]+)\{([^}]*)\}")
MEND = "no promtool found: install it with `apt-get install prometheus`"


def promtool(*argv: str) -> str:
    """What promtool says; the test is skipped without one, or failed where CI=true."""
    path = shutil.which("promtool")
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(MEND)
        pytest.skip(MEND)
    done = subprocess.run(
        [path, *argv], cwd=PROJECT_ROOT, capture_output=True, text=True, check=False
    )
    assert 0 == done.returncode, done.stdout + done.stderr
    return done.stdout


def served() -> dict[str, set[str]]:
    """The samples that /metrics has or may have, with the names of their labels."""
    found: dict[str, set[str]] = {}
    for metric in vars(Metrics()).values():
        if isinstance(metric, Counter | Gauge | Histogram):
            (family,) = metric.describe()
            endings = {
                "counter": ["_total"],
                "gauge": [""],
                "histogram": ["_bucket", "_count", "_sum"],
            }
            for ending in endings[family.type]:
                found[family.name + ending] = set(metric._labelnames)  # noqa: SLF001 - told no other way
    return found


def expressions(file: str) -> list[str]:
    """The expressions of the alerts, or of the dashboard's panels and variables."""
    text = deployments.text_of(file)
    content: Any = json.loads(text) if file.endswith(".json") else yaml.safe_load(text)

    def below(node: Any) -> Iterator[str]:  # noqa: ANN401 - as nested as the file is
        if isinstance(node, dict):
            for name, value in node.items():
                if name in ("expr", "query") and isinstance(value, str):
                    yield value
                else:
                    yield from below(value)
        elif isinstance(node, list):
            for each in node:
                yield from below(each)

    return list(below(content))


def test_the_alerts_are_sound() -> None:
    """They are read by promtool, which finds no alert twice."""
    assert "SUCCESS" in promtool("check", "rules", "--lint-fatal", ALERTS)


def test_the_alerts_fire_when_they_should() -> None:
    """And are silent while all is well: tests/functional/alerts.yml plays it to promtool."""
    promtool("test", "rules", "tests/functional/alerts.yml")


@pytest.mark.parametrize("file", [ALERTS, DASHBOARD])
def test_every_metric_that_is_asked_for_is_served(file: str) -> None:
    """By its name, with its labels."""
    asked, known = " ".join(expressions(file)), served()
    assert set() == set(METRIC.findall(asked)) - set(known)
    for name, selector in SELECTED.findall(asked):
        labels = set(re.findall(r"(\w+)(?:=~|!~|!=|=)", selector))
        assert set() == labels - known[name] - {"instance", "job"}


def test_every_metric_is_on_the_dashboard() -> None:
    """Whatever the bot tells can be looked at."""
    shown = {family_of(name) for name in METRIC.findall(" ".join(expressions(DASHBOARD)))}
    assert {family_of(name) for name in served()} == shown


def test_the_documents_tell_of_every_alert() -> None:
    """docs/operations.md says for each what it means and what to do."""
    told = re.findall(r"^\| `(Bot\w+)` \|", deployments.section("Metrics and alerts"), re.MULTILINE)
    rules = yaml.safe_load(deployments.text_of(ALERTS))["groups"][0]["rules"]
    assert [rule["alert"] for rule in rules] == told


def family_of(name: str) -> str:
    """`bot_updates_total` -> `bot_updates`."""
    return re.sub(r"_(?:total|bucket|count|sum)$", "", name)
