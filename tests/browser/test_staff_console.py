"""The console: each role has its places, the desk takes few actions, a second person decides, customers have none."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.chromium import enter, sign_in
from tests.builders.bank import Bank

EVERYBODY = {"Work", "Search", "Accounts", "Transactions", "Approvals", "The day", "Products and rates"}
EVERYBODY |= {"Branches and staff", "Services", "Policy", "My security"}
BOOKS, DESK = {"Books", "Reports"}, {"Tickets", "Announcements", "Dead letters", "Mails"}
COUNTER, CLEARING = {"Teller desk", "New customer"}, {"Reconciliation"}
PLACES = {
    "tess": EVERYBODY | COUNTER,
    "olu": EVERYBODY | BOOKS | COUNTER | CLEARING | {"Know your customer"},
    "amir": EVERYBODY | BOOKS | CLEARING | {"Invariants", "Audit"},
    "sue": EVERYBODY | DESK | {"Reports"},
    "sam": EVERYBODY | BOOKS | DESK | COUNTER | CLEARING | {"Invariants", "Know your customer"},
    "alma": EVERYBODY | BOOKS | DESK | {"Invariants", "Audit", "Users and roles"},
}
ADDRESSES = {
    "Know your customer": "kyc",
    "Teller desk": "desk", "New customer": "new-customer", "Tickets": "tickets", "Books": "books",
    "Reconciliation": "reconciliation", "Reports": "reports", "Invariants": "invariants", "Audit": "audit",
    "Announcements": "announcements", "Users and roles": "users", "Dead letters": "dead-letters", "Mails": "deliveries",
}  # fmt: skip


class _Counted:
    """Counts what a person does, so that a screen stays short."""

    def __init__(self) -> None:
        """Begin with nothing done."""
        self.actions = 0

    def fill(self, field: Locator, text: str) -> None:
        """Fill a field in one action."""
        self.actions += 1
        field.fill(text)

    def click(self, target: Locator) -> None:
        """Press something in one action."""
        self.actions += 1
        target.click()


def _tab_to(page: Page, field: Locator) -> None:
    for _ in range(60):
        if field.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail("the keyboard does not get there")


class TestTheWayIn:
    @pytest.mark.parametrize("name", sorted(PLACES))
    def test_leads_staff_to_the_places_of_their_role_and_no_other_is_found(self, page: Page, name: str) -> None:
        enter(page, name)
        links = page.get_by_role("navigation", name="Main navigation").get_by_role("link")
        shown = {re.sub(r"\d+$", "", text).strip() for text in links.all_inner_texts()}
        assert shown == PLACES[name]
        for place in sorted(ADDRESSES.keys() - PLACES[name]):
            page.goto(f"/staff/{ADDRESSES[place]}")
            expect(page.get_by_role("heading", name="Not found"), place).to_be_visible()

    def test_is_no_way_for_a_customer_who_downloads_nothing_of_it(self, page: Page) -> None:
        fetched: list[str] = []
        page.on("request", lambda request: fetched.append(request.url))
        sign_in(page, "ada@demo.bank", "demo-password-ada")
        for path in ("/staff", "/staff/desk", "/staff/audit"):
            page.goto(path)
            expect(page.get_by_role("heading", name="Not found")).to_be_visible()
        pages = ("staff-layout", "work-page", "desk-page", "audit-page")
        assert not [path for path in fetched if any(name in path for name in pages)]


class TestTheDesk:
    def test_books_a_deposit_in_at_most_five_actions(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer(product="current")
        number = customer.read_account(customer.account_id)["account_number"]
        enter(page, "tess")
        did = _Counted()
        did.click(page.get_by_role("link", name="Teller desk"))
        did.fill(page.get_by_label("Account number"), number)
        did.fill(page.get_by_label("Amount in EUR"), "12.50")
        expect(page.get_by_text("available")).to_be_visible()
        did.click(page.get_by_role("button", name=re.compile("Book the deposit")))
        expect(page.get_by_role("status", name="Booked")).to_be_visible()
        assert did.actions <= 5
        assert customer.http.get(f"/balances/{customer.account_id}").json()["booked_minor"] == 1_250

    def test_works_with_the_keyboard_alone(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer(product="current")
        number = customer.read_account(customer.account_id)["account_number"]
        enter(page, "tess")
        page.get_by_role("link", name="Teller desk").press("Enter")
        for label, text in (("Account number", number), ("Amount in EUR", "7.00")):
            _tab_to(page, page.get_by_label(label))
            page.keyboard.type(text)
        expect(page.get_by_text("available")).to_be_visible()
        page.keyboard.press("Enter")
        expect(page.get_by_role("status", name="Booked")).to_be_visible()
        assert customer.http.get(f"/balances/{customer.account_id}").json()["booked_minor"] == 700

    def test_above_the_limit_a_second_person_approves_in_three_actions(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer(product="current")
        number = customer.read_account(customer.account_id)["account_number"]
        enter(page, "olu")
        page.goto(f"/staff/desk?account={number}")
        page.get_by_label("Amount in EUR").fill("60000.00")
        expect(page.get_by_text("available")).to_be_visible()
        page.get_by_role("button", name=re.compile("Book the deposit")).click()
        expect(page.get_by_text("A second person has to agree")).to_be_visible()
        assert customer.http.get(f"/balances/{customer.account_id}").json()["booked_minor"] == 0
        page.goto("/staff/approvals")
        card = page.locator("section").filter(has_text=customer.account_id)
        expect(card.get_by_text("You asked for this yourself")).to_be_visible()
        expect(card.get_by_role("button")).to_have_count(0)
        officer = bank.client(bank.login_demo("olu"))
        waiting = officer.get("/approvals", params={"status": "pending"}).json()["items"]
        [own] = [one["id"] for one in waiting if one["subject_id"] == customer.account_id]
        assert officer.post(f"/approvals/{own}/approve", json={}).status_code == 403
        page.context.clear_cookies()
        enter(page, "sam")
        did = _Counted()
        did.click(page.get_by_role("navigation").get_by_role("link", name="Approvals"))
        did.fill(card.get_by_label("Reason"), "Seen the cash.")
        did.click(card.get_by_role("button", name="Approve"))
        assert did.actions <= 3
        bank.wait_until(
            lambda: customer.http.get(f"/balances/{customer.account_id}").json()["booked_minor"] == 6_000_000
        )


class TestTheWorkHome:
    def test_has_the_numbers_of_the_lists_behind_it(self, furnished: Bank, page: Page) -> None:
        enter(page, "sam")
        main = page.get_by_role("main")
        main.get_by_label("Loading").first.wait_for(state="detached")
        rows = main.locator("tbody tr")
        lists = {
            "Approvals waiting": main.get_by_role("heading", level=2),
            "My tickets": rows,
            "Tickets nobody has": rows,
            "Promises at risk": rows,
            "Broken promises": rows,
            "Dead letters": rows,
            "Broken invariants": rows.filter(has_text="Broken"),
        }
        for name, behind in lists.items():
            page.goto("/staff")
            tile = main.get_by_role("link", name=re.compile(rf"^\d+ {name}$"))
            count = int(tile.inner_text().split()[0])
            tile.click()
            page.wait_for_url(re.compile("/staff/."))
            expect(page.locator("[aria-label=Loading]")).to_have_count(0)
            expect(behind, name).to_have_count(count)
        assert furnished.client(furnished.login_demo("sam")).get("/approvals?status=pending").json()["items"]


class TestTheTickets:
    def test_are_answered_with_a_note_that_the_customer_never_sees(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer()
        raised = customer.http.post(
            "/tickets", json={"type": "general", "subject": "Where is my card?", "description": "I wait."}
        ).json()
        enter(page, "sue")
        page.goto(f"/staff/tickets/{raised['id']}")
        page.get_by_label("Internal: the customer does not see it").check()
        page.get_by_label("Note for colleagues").fill("Asked the printer.")
        page.get_by_role("button", name="Keep the note").click()
        expect(page.get_by_text("Asked the printer.")).to_be_visible()
        page.get_by_label("Internal: the customer does not see it").uncheck()
        page.get_by_label("Answer to the customer").fill("It is on its way.")
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.get_by_role("listitem").filter(has_text="It is on its way.")).to_be_visible()
        seen = [one["text"] for one in customer.http.get(f"/tickets/{raised['id']}").json()["messages"]]
        assert seen == ["It is on its way."]


class TestACustomer:
    def test_is_found_by_a_name_and_shown_in_full(self, page: Page) -> None:
        enter(page, "olu")
        page.keyboard.press("Control+k")
        page.get_by_label("Search customers, accounts, tickets").fill("Ada")
        page.get_by_role("list", name="Customers").get_by_role("link").first.click()
        for title in ("Accounts", "Activity", "Know your customer", "Notes", "Addresses", "Sign-ins"):
            expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
        page.get_by_label(re.compile("New note")).fill("Called about her card.")
        page.get_by_role("button", name="Keep the note").click()
        expect(page.get_by_role("cell", name="Called about her card.").first).to_be_visible()
