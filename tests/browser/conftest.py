"""One seeded bank and one Chromium for all browser tests; each test has a context of its own, signed in or not."""

from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.chromium import LAUNCH, PATIENCE_MS, Watched, enter, sign_in
from tests.browser.furniture import furnish
from tests.browser.screens import DESKTOP
from tests.builders.bank import Bank


@pytest.fixture(scope="session")
def bank() -> Iterator[Bank]:
    """Give the running bank with its demo people."""
    running = Bank()
    try:
        yield running.start()
    finally:
        running.stop()
        running.remove()


@pytest.fixture(scope="session")
def address(bank: Bank) -> str:
    """Give the address that people type, where the gateway serves the web app."""
    return f"http://localhost:{bank.ports['gateway']}"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Give one real Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**LAUNCH)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser, address: str) -> Iterator[BrowserContext]:
    """Give a browser without a past, in English."""
    opened = chromium.new_context(base_url=address, locale="en-GB", viewport=DESKTOP)
    opened.set_default_timeout(PATIENCE_MS)
    yield opened
    opened.close()


@pytest.fixture
def watched(context: BrowserContext) -> Iterator[Watched]:
    """Give a page that fails its test if its policy blocks anything, or a script breaks."""
    found = Watched(context.new_page())
    yield found
    found.check()


@pytest.fixture
def page(watched: Watched) -> Page:
    """Give a page nobody is signed in at."""
    return watched.page


@pytest.fixture
def ada(page: Page) -> Page:
    """Give a page where ada is signed in and sees her accounts."""
    sign_in(page, "ada@demo.bank", "demo-password-ada")
    return page


def _looked_at(chromium: Browser, address: str) -> Iterator[Watched]:
    opened = chromium.new_context(base_url=address, locale="en-GB", viewport=DESKTOP, reduced_motion="reduce")
    opened.set_default_timeout(PATIENCE_MS)
    yield Watched(opened.new_page())
    opened.close()


@pytest.fixture(scope="session")
def passer_by(chromium: Browser, address: str) -> Iterator[Watched]:
    """Give the one page that all screens for everybody are looked at with."""
    yield from _looked_at(chromium, address)


@pytest.fixture(scope="session")
def furnished(bank: Bank) -> Bank:
    """Give the bank with something on every screen."""
    furnish(bank)
    return bank


@pytest.fixture(scope="session")
def looker(furnished: Bank, chromium: Browser, address: str) -> Iterator[Watched]:
    """Give the one page that all screens of a customer are looked at with: ada's."""
    for watched in _looked_at(chromium, address):
        sign_in(watched.page, "ada@demo.bank", "demo-password-ada")
        yield watched


@pytest.fixture(scope="session")
def colleagues(furnished: Bank, chromium: Browser, address: str) -> Iterator[dict[str, Watched]]:
    """Give the pages that all screens of the console are looked at with: sam's, and alma's for what only she has."""
    with ExitStack() as stack:
        opened = {}
        for name in ("sam", "alma"):
            opened[name] = stack.enter_context(contextmanager(_looked_at)(chromium, address))
            enter(opened[name].page, name)
        yield opened


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the ends of the bank's logs and what the page showed to the report of a test that failed."""
    report = yield
    values = getattr(item, "funcargs", {})
    running, shown = values.get("bank"), values.get("page")
    watched = values.get("looker") or values.get("passer_by")
    if "colleagues" in values and "screen" in values:
        watched = values["colleagues"][values["screen"].person]
    shown = watched.page if isinstance(watched, Watched) else shown
    if report.failed and report.when == "call" and isinstance(shown, Page):
        report.sections.append(("the page", f"{shown.url}\n{shown.locator('body').inner_text()[:4000]}"))
    if report.failed and isinstance(running, Bank):
        report.sections.append(("the bank's logs", running.log_tails(5)))
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder, so that the other stages leave it out."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.journey)
