"""A browser for the tests: any Chromium of this machine, with no network but this machine's own."""

import os
import shutil
from importlib.resources import files

import pytest
from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="session")
def chromium():
    """Where Chromium is. CI must have one; elsewhere these tests can be left out."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        give_up = pytest.fail if os.environ.get("CI") else pytest.skip
        give_up("No Chromium on this machine (Debian, Ubuntu: apt install chromium).")
    return found


@pytest.fixture(scope="session")
def browser(chromium):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser):
    """Open a page with given HTML or at an address; fail at the end if its scripts complained.

    Sentences in `expected` are no complaints.
    """
    complaints, contexts, borne = [], [], []

    def complain(message):
        if message.type == "error" and "net::ERR" not in message.text:
            complaints.append(message.text)

    def open_page(html=None, url=None, expected=(), **settings):
        borne.extend(expected)
        context = browser.new_context(**{"viewport": {"width": 1040, "height": 900}} | settings)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", complain)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if url:
            page.goto(url)
        else:
            page.set_content(html)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [one for one in complaints if one not in borne] == []


@pytest.fixture(scope="session")
def axe():
    """The script of axe-core, as the package axe-playwright-python carries it."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
