"""Every list says what state it is in: nothing there yet, being fetched, failed with another try, offline."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.chromium import sign_in
from tests.builders.bank import Bank
from tests.builders.bank_customer import BankCustomer


@dataclass(frozen=True)
class Listing:
    """A screen with a list: its path, what it says when there is nothing, and which requests it is made of."""

    path: str
    empty: str | None
    request: str


LISTINGS = (
    Listing("/home", "Nothing has moved yet.", "/transactions"),
    Listing("/home", "Nothing is planned or set aside.", "/standing-orders"),
    Listing("/home", "You have no account yet.", "/accounts"),
    Listing("/payees", "Nobody yet.", "/payees"),
    Listing("/standing-orders", "You have no standing order.", "/standing-orders"),
    Listing("/statements", "There is no statement of this account yet.", "/statements"),
    Listing("/signatures", "Nothing waits for your signature.", "/cosignatures"),
    Listing("/inbox", None, "/notifications"),
    Listing("/tickets", "You have not asked us anything yet.", "/tickets"),
    Listing("/security", None, "/auth/sessions"),
    Listing("/security", None, "/auth/events"),
    Listing("/security", "Nobody of the bank has looked at your data.", "/customers/me/views"),
    Listing("/profile", "Nothing has been changed.", "/customers/me/history"),
    Listing("/announcements", None, "/announcements"),
    Listing("/open-account", None, "/products"),
    Listing("/inbox/preferences", None, "/notifications/preferences"),
)
PROBLEM = '{"type":"about:blank","title":"Out of order","status":409,"code":"test.out-of-order","request_id":"r-1"}'


@pytest.fixture(scope="module")
def newcomer(bank: Bank) -> BankCustomer:
    """Give a customer to whom nothing has happened yet."""
    return bank.new_customer()


def _matching(listing: Listing) -> re.Pattern[str]:
    return re.compile(rf"/api/v1{re.escape(listing.request)}(\?|/upcoming|$)")


def _keeping(held: list[Route]) -> Callable[[Route], None]:
    """Give what keeps requests waiting."""

    def keep(route: Route) -> None:
        held.append(route)

    return keep


class TestEveryList:
    def test_says_that_nothing_is_there_or_that_it_failed_and_tries_again(
        self, bank: Bank, newcomer: BankCustomer, page: Page
    ) -> None:
        sign_in(page, newcomer.email, newcomer.password)
        broken = page.get_by_role("alert").filter(has_text=re.compile("Out of order"))
        for listing in LISTINGS:
            what = f"{listing.path} {listing.request}"
            page.route(
                _matching(listing),
                lambda route: route.fulfill(status=409, content_type="application/problem+json", body=PROBLEM),
            )
            page.goto(listing.path)
            expect(broken.first, what).to_be_visible()
            expect(broken.get_by_role("button", name="Copy request number").first, what).to_be_visible()
            page.unroute(_matching(listing))
            # All of them at once: each is gone as soon as its list is there.
            again = broken.get_by_role("button", name="Try again")
            again.evaluate_all("buttons => buttons.forEach((one) => one.click())")
            expect(broken, what).to_have_count(0)
            if listing.empty and listing.request != "/accounts":
                expect(page.get_by_text(listing.empty).first, what).to_be_visible()

    def test_says_that_it_is_being_fetched(self, newcomer: BankCustomer, page: Page) -> None:
        sign_in(page, newcomer.email, newcomer.password)
        for listing in LISTINGS:
            held: list[Route] = []
            page.route(_matching(listing), _keeping(held))
            page.goto(listing.path)
            waiting = page.get_by_role("status", name="Loading").first
            expect(waiting, f"{listing.path} {listing.request}").to_be_visible()
            for route in held:
                route.continue_()
            page.unroute(_matching(listing))

    def test_says_that_the_person_is_offline_and_what_may_be_old(
        self, newcomer: BankCustomer, page: Page, context: BrowserContext
    ) -> None:
        sign_in(page, newcomer.email, newcomer.password)
        page.get_by_role("link", name="Support", exact=True).click()
        expect(page.get_by_role("heading", name="Support")).to_be_visible()
        context.set_offline(True)
        expect(page.get_by_text("You are offline. What you see may be out of date.")).to_be_visible()
        context.set_offline(False)
        expect(page.get_by_text("You are offline.")).to_have_count(0)
