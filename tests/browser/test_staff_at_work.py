"""What staff do all day: each kind of work once, from the console, seen from the other side by the API."""

import re

import pytest
from playwright.sync_api import Page, expect

from shared.ids import new_id
from tests.browser.chromium import drag, enter
from tests.builders.bank import Bank
from tests.builders.bank_customer import BankCustomer


@pytest.fixture(scope="module")
def client_of_ours(bank: Bank) -> BankCustomer:
    """Give a customer with some money, whom the desk has to do with."""
    return bank.new_customer(deposit_minor=40_000)


def _raise(customer: BankCustomer, subject: str) -> dict[str, str]:
    body = {"type": "general", "subject": subject, "description": "Please help."}
    raised = customer.http.post("/tickets", json=body)
    assert raised.status_code == 201, raised.text
    found: dict[str, str] = raised.json()
    return found


class TestTheWorkHome:
    def test_has_numbers_that_equal_the_lists_behind_them(self, client_of_ours: BankCustomer, page: Page) -> None:
        _raise(client_of_ours, "Counted on the first page")
        enter(page, "sue")
        tile = page.get_by_role("main").get_by_role("link", name=re.compile("Tickets nobody has"))
        expect(tile).to_have_text(re.compile(r"\d"))  # the tile is there before its number has come
        count = int(re.findall(r"\d+", tile.inner_text())[0])
        assert count >= 1
        tile.click()
        page.wait_for_url("**/staff/tickets?queue=unassigned")
        expect(page.get_by_role("region", name="Tickets").locator("tbody tr")).to_have_count(count)


class TestTheSearch:
    def test_finds_by_number_name_address_phone_ticket_and_transaction(
        self, client_of_ours: BankCustomer, page: Page
    ) -> None:
        customer, ticket = client_of_ours, _raise(client_of_ours, "To be found")
        phone = customer.http.get("/customers/me").json()["phone"]
        entry = customer.http.get("/transactions").json()["items"][0]["id"]
        enter(page, "sam")
        for sought, where in (
            (customer.account["account_number"], "Customers"),
            (customer.email, "Customers"),
            (phone, "Customers"),
            (ticket["number"], "Tickets"),
        ):
            page.goto(f"/staff/search?q={sought.replace('+', '%2B')}")
            expect(page.get_by_role("list", name=where).get_by_role("listitem"), sought).to_have_count(1)
        page.goto(f"/staff/search?q={entry}")
        page.get_by_role("region", name="Transaction").get_by_role("link", name=entry).click()
        expect(page.get_by_role("heading", name="Transaction", exact=True)).to_be_visible()


class TestANewCustomer:
    def test_is_welcomed_with_account_and_deposit_and_becomes_known(self, bank: Bank, page: Page) -> None:
        enter(page, "tess")
        page.get_by_role("link", name="New customer").click()
        email = f"desk-{new_id()}@demo.bank"
        for label, text in (
            ("First name", "Dana"),
            ("Last name", "Desk"),
            ("E-mail address", email),
            ("Phone", f"+4915{int(new_id()[-8:], 16) % 10**9:09d}"),
            ("Date of birth", "1985-02-03"),
            ("Street and number", "Schalterweg 1"),
            ("Postal code", "10115"),
            ("City", "Berlin"),
            ("State", "Berlin"),
        ):
            page.get_by_label(label, exact=True).fill(text)
        page.get_by_label("Amount in EUR").fill("25.00")
        page.get_by_role("button", name="Open the account").click()
        expect(page.get_by_text("The account is open")).to_be_visible()
        page.get_by_role("link", name="Customer", exact=True).click()
        expect(page.get_by_role("heading", name="Know your customer")).to_be_visible()
        customer_id = page.url.rpartition("/")[2]
        sam = bank.client(bank.login_demo("sam"))
        account = sam.get("/accounts", params={"customer_id": customer_id}).json()["items"][0]
        assert sam.get(f"/balances/{account['id']}").json()["booked_minor"] == 2_500
        page.context.clear_cookies()
        enter(page, "olu")
        page.goto(f"/staff/customers/{customer_id}")
        page.get_by_label("Level").select_option("3")
        card = page.locator("section").filter(has=page.get_by_role("heading", name="Know your customer"))
        card.get_by_label("Reason").fill("Passport seen.")
        card.get_by_role("button", name="Record the decision").click()
        expect(card.get_by_text("KYC level 3")).to_be_visible()
        assert sam.get(f"/customers/{customer_id}/kyc").json()["kyc_level"] == 3


class TestAnAccount:
    def test_is_frozen_with_a_reason_and_unfrozen(self, client_of_ours: BankCustomer, page: Page) -> None:
        account_id = client_of_ours.account_id
        enter(page, "olu")
        page.goto(f"/staff/accounts/{account_id}")
        for name, state in (("Freeze", "frozen"), ("Lift the freeze", "open")):
            page.get_by_role("button", name=name, exact=True).click()
            dialog = page.get_by_role("dialog")
            dialog.get_by_label("Reason").fill("A question about it.")
            dialog.get_by_role("button", name=name, exact=True).click()
            expect(page.get_by_role("definition").filter(has_text=re.compile(f"^{state}$"))).to_be_visible()
        assert client_of_ours.read_account(account_id)["status"] == "open"

    def test_has_limits_that_are_lowered_at_once_and_raised_by_two(
        self, bank: Bank, client_of_ours: BankCustomer, page: Page
    ) -> None:
        account_id = client_of_ours.account_id
        enter(page, "olu")
        page.goto(f"/staff/accounts/{account_id}")
        page.get_by_role("button", name="Change the limits").click()
        dialog = page.get_by_role("dialog")
        for amount, said in (("50.00", "Saved"), ("80.00", "Nothing has been booked or changed yet.")):
            dialog.get_by_label("At most at once (EUR)").fill(amount)
            dialog.get_by_label("Reason").fill("Asked for at the desk.")
            dialog.get_by_role("button", name="Save").click()
            expect(dialog.get_by_role("status").filter(has_text=said)).to_be_visible()
        limits = client_of_ours.http.get(f"/accounts/{account_id}/limits").json()
        assert limits["own"]["per_transaction_minor"] == 5_000
        sam = bank.client(bank.login_demo("sam"))
        waits = [
            one
            for one in sam.get("/approvals", params={"status": "pending"}).json()["items"]
            if one["command"] == "raise-limits" and one["subject_id"] == account_id
        ]
        assert sam.post(f"/approvals/{waits[0]['id']}/approve", json={}).status_code == 200
        limits = client_of_ours.http.get(f"/accounts/{account_id}/limits").json()
        assert limits["own"]["per_transaction_minor"] == 8_000

    def test_gets_back_what_was_set_aside(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer(deposit_minor=9_000)
        hold = {"account_id": customer.account_id, "amount_minor": 4_000, "currency": "EUR"}
        held = customer.http.post("/holds", json=hold, headers={"idempotency-key": new_id()})
        assert held.status_code == 201, held.text
        enter(page, "olu")
        page.goto(f"/staff/accounts/{customer.account_id}")
        row = page.get_by_role("region", name="Holds").locator("tbody tr")
        row.get_by_role("button", name="Release").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Reason").fill("The shop was closed.")
        dialog.get_by_role("button", name="Release").click()
        expect(row.get_by_text("Released")).to_be_visible()
        assert customer.http.get(f"/balances/{customer.account_id}").json()["available_minor"] == 9_000


class TestATransaction:
    def test_is_reversed_with_a_reason(self, bank: Bank, page: Page) -> None:
        one, other = bank.new_customer(deposit_minor=5_000), bank.new_customer()
        entry = one.pay(other, 1_500).json()["id"]
        enter(page, "olu")
        page.goto(f"/staff/transactions/{entry}")
        page.get_by_label("Reason").fill("Booked to the wrong account.")
        page.get_by_role("button", name="Reverse it").click()
        expect(page.get_by_text("Reversed by")).to_be_visible()
        assert (one.booked_minor(), other.booked_minor()) == (5_000, 0)


class TestTheBoard:
    def test_is_worked_by_keyboard_and_by_dragging(self, bank: Bank, client_of_ours: BankCustomer, page: Page) -> None:
        ticket = _raise(client_of_ours, "Moved about")
        desk = bank.client(bank.login_demo("sue"))
        enter(page, "sue")
        page.goto("/staff/tickets?as=board")
        card = page.get_by_role("region", name="Open").get_by_role("listitem").filter(has_text=ticket["number"])
        expect(card).to_be_visible()
        column = page.get_by_role("region", name="In progress")
        drag(page, card, column)
        expect(column.get_by_role("link", name=re.compile(ticket["number"]))).to_be_visible()
        assert desk.get(f"/tickets/{ticket['id']}").json()["status"] == "in-progress"
        moved = page.get_by_role("button", name=f"Move {ticket['number']} to Waiting for the customer")
        moved.focus()
        page.keyboard.press("Enter")
        there = page.get_by_role("region", name="Waiting for the customer")
        expect(there.get_by_role("link", name=re.compile(ticket["number"]))).to_be_visible()
        assert desk.get(f"/tickets/{ticket['id']}").json()["status"] == "waiting-on-customer"

    def test_says_who_else_has_a_ticket_open(self, bank: Bank, client_of_ours: BankCustomer, page: Page) -> None:
        ticket = _raise(client_of_ours, "Seen by two")
        desk = bank.client(bank.login_demo("sam"))
        assert desk.post(f"/tickets/{ticket['id']}/viewing", json={}).status_code < 300
        enter(page, "sue")
        page.goto(f"/staff/tickets/{ticket['id']}")
        expect(page.get_by_text("Also open at:")).to_be_visible()


class TestProducts:
    def test_get_a_rate_and_other_terms_once_another_agrees(self, bank: Bank, page: Page) -> None:
        enter(page, "sam")
        page.goto("/staff/products")
        expect(page.get_by_role("list", name="What holds from when").get_by_role("listitem").first).to_be_visible()
        reasons = page.get_by_label("Reason")
        page.get_by_label("Change the terms of").select_option(label="Everyday account")
        page.get_by_label("From the day (today if empty)").fill("2030-01-01")
        reasons.first.fill("From the new decade on.")
        page.get_by_role("button", name="Change the terms", exact=True).click()
        expect(page.get_by_role("status").filter(has_text="Nothing has been booked or changed yet.")).to_be_visible()
        olu = bank.client(bank.login_demo("olu"))
        waits = [
            one
            for one in olu.get("/approvals", params={"status": "pending"}).json()["items"]
            if one["command"] == "change-product"
        ]
        alma = bank.client(bank.login_demo("alma"))
        assert alma.post(f"/approvals/{waits[0]['id']}/approve", json={}).status_code == 200
        page.reload()
        days = page.get_by_role("list", name="What holds from when")
        page.locator("section").filter(has=days).get_by_label("Product").select_option(label="Everyday account")
        expect(days.get_by_role("listitem").first).to_contain_text("to come")


class TestABranch:
    def test_is_opened_and_changed_with_a_note(self, bank: Bank, page: Page) -> None:
        name = f"Branch {new_id()[-6:]}"
        enter(page, "sam")
        page.goto("/staff/branches")
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_label("Place").fill("Hamburg")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("cell", name=name).first).to_be_visible()
        sam = bank.client(bank.login_demo("sam"))
        assert name in [one["name"] for one in sam.get("/branches").json()["items"]]


class TestAnAnnouncement:
    def test_is_previewed_and_reaches_customers(self, bank: Bank, page: Page) -> None:
        title = f"Closed on Friday {new_id()[-6:]}"
        enter(page, "sue")
        page.goto("/staff/announcements")
        page.get_by_label("Title").fill(title)
        page.get_by_label("Message").fill("We take a day off.")
        page.get_by_label("For", exact=True).select_option("customers")
        expect(page.get_by_role("region", name="Preview")).to_contain_text(title)
        page.get_by_role("button", name="Announce", exact=True).click()
        ada = bank.client(bank.login_demo("ada"))
        bank.wait_until(lambda: title in [one["title"] for one in ada.get("/announcements").json()["items"]])


class TestThePeople:
    def test_get_other_roles_from_an_administrator(self, bank: Bank, page: Page) -> None:
        enter(page, "alma")
        page.goto("/staff/users")
        row = page.locator("tbody tr").filter(has_text="tess@demo.bank")
        row.get_by_role("button", name=re.compile("Roles")).click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("support").check()
        dialog.get_by_label("Reason").fill("She helps out.")
        dialog.get_by_role("button", name="Save").click()
        expect(dialog).to_have_count(0)
        alma = bank.client(bank.login_demo("alma"))
        try:
            found = alma.get("/users", params={"role": "support"}).json()["items"]
            assert "tess@demo.bank" in [one["email"] for one in found]
        finally:
            tess = next(one for one in alma.get("/users").json()["items"] if one["email"] == "tess@demo.bank")
            body = {"roles": ["teller"], "version": tess["version"]}
            assert alma.patch(f"/users/{tess['id']}", json=body).status_code == 200


class TestTheBooks:
    def test_balance_and_the_audit_names_who_did_what(self, page: Page) -> None:
        enter(page, "amir")
        page.goto("/staff/books")
        expect(page.get_by_text("Balanced", exact=True)).to_be_visible()
        page.goto("/staff/invariants")
        expect(page.get_by_role("cell", name="Holds", exact=True).first).to_be_visible()
        expect(page.get_by_role("cell", name="Broken", exact=True)).to_have_count(0)
        page.goto("/staff/audit?service=accounts")
        page.get_by_role("button", name="Verify the chains").click()
        expect(page.get_by_text("each follows the one before")).to_be_visible()
        rows = page.get_by_role("region", name="Audit").locator("tbody tr")
        expect(rows.first).to_be_visible()
        assert all("accounts:" in text for text in rows.all_inner_texts())

    def test_are_compared_with_a_statement_of_the_clearing_bank(self, page: Page) -> None:
        enter(page, "olu")
        page.goto("/staff/reconciliation")
        page.get_by_label("File").set_input_files(
            {"name": "empty.csv", "mimeType": "text/csv", "buffer": b"not a statement at all"}
        )
        page.get_by_role("button", name="Compare").click()
        expect(page.get_by_role("alert").first).to_be_visible()
