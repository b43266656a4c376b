"""Continuous integration runs what a developer runs."""

from __future__ import annotations

import os

import yaml

from bot.project import PROJECT_ROOT

(WORKFLOW,) = (PROJECT_ROOT / ".github/workflows").iterdir()


def test_the_workflow_calls_the_projects_own_script() -> None:
    """Nothing is tested there that cannot be here; the token it is given may read alone."""
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    ran = [step["run"] for step in workflow["jobs"]["check"]["steps"] if "run" in step]
    assert [".ci/run", "make audit"] == ran[1:]
    assert {"contents": "read"} == workflow["permissions"]
    assert os.access(PROJECT_ROOT / ".ci/run", os.X_OK)
