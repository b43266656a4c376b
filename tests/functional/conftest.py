"""A real browser, where the machine has one."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
MEND = "no Chromium found: install it with `apt-get install chromium`"


def chromium_path() -> str:
    """Return the system's Chromium; skip the test without one, or fail it where CI=true."""
    for name in NAMES:
        path = shutil.which(name)
        if path is not None:
            return path
    if os.environ.get("CI") == "true":
        pytest.fail(MEND)
    pytest.skip(MEND)


# Playwright belongs to one event loop: browser, page and the tests that use them share the
# session's (`pytestmark = pytest.mark.asyncio(loop_scope="session")`).
@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for the whole run."""
    path = chromium_path()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A Chinese reader's phone: an empty page that fails the test on any script error."""
    context = await browser.new_context(
        locale="zh-CN", viewport={"width": 390, "height": 844}, color_scheme="light"
    )
    page = await context.new_page()
    page.set_default_timeout(5000)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda message: problems.append(message.text) if message.type == "error" else None,
    )
    yield page
    await context.close()
    assert [] == problems
