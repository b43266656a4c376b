"""What an operator's monitoring reads; no label ever holds what a person wrote or who it was."""

from __future__ import annotations

import time
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_CORE_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0)
_CALL_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_LAG_BUCKETS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)

_ERRORS = {
    400: "bad_request",
    401: "token_refused",
    403: "forbidden",
    404: "token_refused",
    409: "conflict",
    429: "too_many_requests",
}


class Metrics:
    """One bot's metrics in a registry of their own; times are seconds."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.updates = Counter(
            "bot_updates", "Updates that were begun, by kind.", ["kind"], registry=self.registry
        )
        self.answers = Counter(
            "bot_answers",
            "Answers of the core: `quote`, or the reason for abstaining.",
            ["outcome"],
            registry=self.registry,
        )
        self.core = Histogram(
            "bot_core_seconds",
            "Time the core took for a question that was not remembered, with its wait for a turn.",
            buckets=_CORE_BUCKETS,
            registry=self.registry,
        )
        self.calls = Histogram(
            "bot_telegram_call_seconds",
            "Time of a call of the Bot API without its wait for a rate limit, by method.",
            ["method"],
            buckets=_CALL_BUCKETS,
            registry=self.registry,
        )
        self.errors = Counter(
            "bot_telegram_errors",
            "Calls of the Bot API that failed, by kind.",
            ["kind"],
            registry=self.registry,
        )
        self.failures = Counter(
            "bot_failures", "Updates that met a bug: each is in the log.", registry=self.registry
        )
        self.cries = Counter(
            "bot_distress", "Messages in distress, by kind.", ["kind"], registry=self.registry
        )
        self.votes = Counter(
            "bot_votes", "Votes of readers, by vote.", ["vote"], registry=self.registry
        )
        self.webhook = Counter(
            "bot_webhook_requests",
            "Requests to the webhook, by HTTP status.",
            ["status"],
            registry=self.registry,
        )
        self.pending_updates = Gauge(
            "bot_webhook_pending_updates",
            "Updates that waited at Telegram when it was asked last.",
            registry=self.registry,
        )
        self.queue = Gauge(
            "bot_queue_depth", "Updates in process or waiting.", registry=self.registry
        )
        self.store = Gauge(
            "bot_store_up",
            "1 while the store answers, 0 while the bot goes on without it.",
            registry=self.registry,
        )
        self.loop_lag = Histogram(
            "bot_loop_lag_seconds",
            "How late the event loop woke a timer.",
            buckets=_LAG_BUCKETS,
            registry=self.registry,
        )
        self._last_answer = Gauge(
            "bot_telegram_last_answer_age_seconds",
            "Time since Telegram answered a call as it should.",
            registry=self.registry,
        )
        self._answered_at = float("-inf")
        # Finding the child of a label takes longer than all else that noting a call does.
        self._of_method: dict[str, Histogram] = {}
        self._of_kind: dict[str, Counter] = {}
        self._of_answer: dict[str, Counter] = {}
        self._last_answer.set_function(self.seconds_since_answer)

    def update(self, kind: str) -> None:
        """Note an update that has arrived."""
        _counted(self._of_kind, self.updates, kind)

    def answer(self, kind: str) -> None:
        """Note an answer: `quote`, or the reason why it is none."""
        _counted(self._of_answer, self.answers, kind)

    def distress(self, kind: str) -> None:
        """Note a cry for help."""
        self.cries.labels(kind).inc()

    def telegram_call(self, method: str, status: int, seconds: float) -> None:
        """Note a call that was answered with an HTTP status."""
        histogram = self._of_method.get(method)
        if histogram is None:
            histogram = self._of_method[method] = self.calls.labels(method)
        histogram.observe(seconds)
        if status < 300:
            self._answered_at = time.monotonic()
        else:
            self.errors.labels(_ERRORS.get(status, "server_error")).inc()

    def telegram_failure(self, kind: str) -> None:
        """Note a call that got no answer: `timed_out` or `network`."""
        self.errors.labels(kind).inc()

    def seconds_since_answer(self) -> float:
        """Since Telegram last answered as it should; infinite before the first time."""
        return time.monotonic() - self._answered_at

    def webhook_request(self, status: int) -> None:
        """Note a request to the webhook."""
        self.webhook.labels(str(int(status))).inc()

    def watch_queue(self, depth: Callable[[], float]) -> None:
        """Have the queue's depth asked for whenever somebody looks."""
        self.queue.set_function(depth)

    def watch_store(self, is_up: Callable[[], bool]) -> None:
        """Have it asked whether the store answers whenever somebody looks."""
        self.store.set_function(lambda: float(is_up()))


def _counted(children: dict[str, Counter], counter: Counter, label: str) -> None:
    child = children.get(label)
    if child is None:
        child = children[label] = counter.labels(label)
    child.inc()
