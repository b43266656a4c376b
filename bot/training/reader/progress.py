"""How far training has come: the network asked of texts that it does not learn from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import torch

from bot.training.reader.examples import Materials, Question
from bot.training.reader.network import Job, ReaderNetwork


def evaluate(network: ReaderNetwork, materials: Materials, questions: Sequence[Question]) -> str:
    """First passage right by kind, and how well the confidence knows what is not answered."""
    network.eval()
    right: dict[str, list[bool]] = defaultdict(list)
    good: list[float] = []
    bad: list[float] = []
    ranks: list[bool] = []
    for start in range(0, len(questions), 32):
        batch = questions[start : start + 32]
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            outputs = network([Job(q.text.pieces, q.asked) for q in batch], materials.prefix)
        for question, read in zip(batch, outputs, strict=True):
            sure = float(torch.logsumexp(read.scores, 0) - read.none)
            if question.gold:
                hit = read.selected[int(read.scores.argmax())] in question.gold
                right[question.kind].append(hit)
                ranks.append(hit)
                good.append(sure)
            else:
                bad.append(sure)
    parts = [f"{kind} {100 * sum(hits) / len(hits):.0f}" for kind, hits in sorted(right.items())]
    text = f"first right {100 * sum(ranks) / len(ranks):.1f} of {len(ranks)} ({', '.join(parts)})"
    if bad:
        thresholds = sorted(good)
        at = {share: thresholds[int(share * len(good))] for share in (0.05, 0.1, 0.2)}
        text += f"; AUROC {auroc(good, bad):.3f}; refused of {len(bad)} at lost " + ", ".join(
            f"{share:.2f}: {sum(b < t for b in bad) / len(bad):.2f}" for share, t in at.items()
        )
        answered = max(
            (
                sum(g >= t and r for g, r in zip(good, ranks, strict=True)) / len(good)
                + sum(b < t for b in bad) / len(bad),
                t,
            )
            for t in sorted(good + bad)
        )
        t = answered[1]
        text += (
            f"; best balance: answered right "
            f"{100 * sum(g >= t and r for g, r in zip(good, ranks, strict=True)) / len(good):.0f}"
            f" refused {100 * sum(b < t for b in bad) / len(bad):.0f} at {t:.2f}"
        )
    return text


def auroc(good: Sequence[float], bad: Sequence[float]) -> float:
    """The chance that a good one is above a bad one."""
    above = sum((g > b) + 0.5 * (g == b) for g in good for b in bad)
    return above / (len(good) * len(bad))
