"""One screen of the app: its address, what says that it is there, and what is done on the way to it."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect


@dataclass(frozen=True)
class Screen:
    """One screen: its path, the heading that says it is there, and what is done on the way to it."""

    name: str
    path: str
    heading: str
    person: str | None = "ada"
    reach: Callable[[Page], None] = lambda _page: None

    def open(self, page: Page) -> None:
        """Go there and wait until everything on it has been answered."""
        page.goto(self.path)
        self.reach(page)
        expect(page.get_by_role("heading", name=self.heading).first).to_be_visible()
        expect(page.locator("[aria-label=Loading]")).to_have_count(0)
        page.wait_for_timeout(150)  # a chart draws itself once more after its first frame
