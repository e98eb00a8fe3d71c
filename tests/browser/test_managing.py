"""What people settle by themselves: an account's life, help with files, what reaches them."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.chromium import sign_in
from tests.builders.bank import Bank

SCRIPT = "<img src=x onerror='window.taken = 1'><script>window.taken = 1</script>"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


class TestAnAccount:
    def test_is_frozen_in_one_tap_and_unfrozen_with_the_password(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer(deposit_minor=5_000)
        sign_in(page, customer.email, customer.password)
        page.goto(f"/accounts/{customer.account_id}")
        page.get_by_role("button", name="Freeze").click()
        expect(page.get_by_text("This account is frozen")).to_be_visible()
        assert customer.pay(bank.new_customer(), 100).json()["code"] == "transactions.account-frozen"
        page.get_by_role("button", name="Lift the freeze").click()
        page.get_by_label("Password, or code of your authenticator").fill(customer.password)
        page.get_by_role("button", name="Confirm and send").click()
        expect(page.get_by_role("button", name="Freeze")).to_be_visible()
        assert customer.pay(bank.new_customer(), 100).status_code == 201

    def test_with_money_and_no_other_is_not_closed_and_shows_the_way_out(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer(deposit_minor=5_000)
        sign_in(page, customer.email, customer.password)
        page.goto(f"/accounts/{customer.account_id}")
        page.get_by_role("button", name="Close", exact=True).click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_text("An account with money on it cannot be closed")).to_be_visible()
        dialog.get_by_role("button", name="Close this account").click()
        expect(dialog.get_by_text("There is still money")).to_be_visible()
        assert customer.read_account(customer.account_id)["status"] == "open"
        dialog.get_by_role("link", name="Send money").click()
        expect(page.get_by_role("heading", name="Send money")).to_be_visible()

    def test_is_closed_and_pays_the_rest_to_another(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer(deposit_minor=5_000)
        opened = customer.http.post("/accounts", json={"product": "everyday"}, headers={"idempotency-key": "second"})
        bank.wait_until(lambda: customer.http.get(f"/accounts/{opened.json()['id']}").json()["status"] == "open")
        sign_in(page, customer.email, customer.password)
        page.goto(f"/accounts/{customer.account_id}")
        page.get_by_role("button", name="Close", exact=True).click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_label("Pay the rest to")).to_be_visible()
        dialog.get_by_role("button", name="Close this account").click()
        expect(page.get_by_text("closed", exact=True)).to_be_visible()
        assert customer.http.get(f"/balances/{opened.json()['id']}").json()["booked_minor"] == 5_000

    def test_says_its_limits(self, ada: Page) -> None:
        ada.get_by_role("link", name=re.compile("Rainy days")).click()
        ada.get_by_text("Limits and terms").click()
        expect(ada.get_by_text("At most at once")).to_be_visible()
        expect(ada.locator("details[open] [data-minor='1000']").first).to_be_visible()

    def test_is_limited_by_its_owner_at_once_and_less_so_a_day_later(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer(deposit_minor=50_000)
        sign_in(page, customer.email, customer.password)
        page.goto(f"/accounts/{customer.account_id}")
        page.get_by_role("button", name="Limits", exact=True).click()
        dialog = page.get_by_role("dialog")
        at_once = dialog.get_by_label("At most at once (EUR)")
        at_once.fill("much")
        expect(dialog.get_by_text("Write the amount like this")).to_be_visible()
        at_once.fill("40.00")
        dialog.get_by_role("button", name="Save").click()
        expect(dialog.get_by_text("Saved.")).to_be_visible()
        other = bank.new_customer()
        bank.wait_until(lambda: customer.pay(other, 4_001).json().get("code") == "transactions.limit-exceeded")
        at_once.fill("400.00")
        dialog.get_by_role("button", name="Save").click()
        expect(dialog.get_by_text("Higher limits hold from")).to_be_visible()
        kept = customer.http.get(f"/accounts/{customer.account_id}/limits").json()
        assert kept["own"]["per_transaction_minor"] == 4_000
        assert kept["waiting"]["limits"]["per_transaction_minor"] == 40_000


class TestPrivacy:
    def test_shows_who_of_the_bank_looked_at_what(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer()
        sign_in(page, customer.email, customer.password)
        page.goto("/security")
        expect(page.get_by_text("Nobody of the bank has looked at your data.")).to_be_visible()
        desk = bank.client(bank.login_demo("tess"))
        assert desk.get(f"/accounts/{customer.account_id}").status_code == 200
        page.reload()
        looks = page.get_by_role("list", name="Who looked at your data").get_by_role("listitem")
        expect(looks).to_have_count(1)
        expect(looks.first).to_contain_text("Your accounts")
        expect(looks.first).to_contain_text("Teller")


class TestATicket:
    def test_is_raised_with_a_file_answered_with_one_and_rated(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer()
        sign_in(page, customer.email, customer.password)
        page.goto("/tickets/new")
        page.get_by_label("Subject").fill("My card of paper")
        page.get_by_label("Tell us what happened").fill("It became wet.")
        chooser = page.locator("input[type=file]")
        chooser.set_input_files(
            [
                {"name": "wet.png", "mimeType": "image/png", "buffer": PNG},
                {"name": "dry.txt", "mimeType": "text/plain", "buffer": b"not this one"},
            ]
        )
        page.get_by_role("button", name="Take dry.txt out").click()
        page.get_by_role("button", name="Send to the bank").click()
        files = page.get_by_role("list", name="Files").get_by_role("listitem")
        expect(files).to_have_count(1)
        page.locator("input[type=file]").set_input_files(
            {"name": "more.txt", "mimeType": "text/plain", "buffer": b"still wet"}
        )
        page.get_by_role("button", name="Send", exact=True).click()
        expect(files).to_have_count(2)
        with page.expect_download() as saved:
            page.get_by_role("link", name="Save wet.png").click()
        assert Path(saved.value.path()).read_bytes() == PNG
        ticket_id = page.url.rpartition("/")[2]
        desk = bank.client(bank.login_demo("sue"))
        solved = desk.post(f"/tickets/{ticket_id}/resolve", json={"resolution": "A new one is on its way."})
        assert solved.status_code == 200, solved.text
        page.get_by_text("Good", exact=True).locator("xpath=..").click()
        page.get_by_label("What should we know?").fill("Quick.")
        page.get_by_role("button", name="Send the rating").click()
        expect(page.get_by_text("You rated our help with 4 of 5.")).to_be_visible()
        assert customer.http.get(f"/tickets/{ticket_id}").json()["rating"]["score"] == 4


class TestScript:
    def test_stays_text_wherever_people_write(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer()
        body = {"type": "general", "subject": SCRIPT, "description": SCRIPT}
        ticket_id = customer.http.post("/tickets", json=body).json()["id"]
        desk = bank.client(bank.login_demo("sue"))
        assert desk.post(f"/tickets/{ticket_id}/messages", json={"text": SCRIPT}).status_code == 201
        named = {"nickname": SCRIPT[:50], "version": customer.account["version"]}
        assert customer.http.patch(f"/accounts/{customer.account_id}", json=named).status_code == 200
        told = {"title": SCRIPT, "message": SCRIPT, "audience": "all"}
        announced = bank.client(bank.login_demo("sam")).post("/announcements", json=told)
        assert announced.status_code == 201, announced.text
        try:
            sign_in(page, customer.email, customer.password)
            expect(page.get_by_text(SCRIPT[:50]).first).to_be_visible()
            expect(page.get_by_text(SCRIPT).first).to_be_visible()  # the title of the announcement
            page.goto("/announcements")
            expect(page.get_by_text(SCRIPT).first).to_be_visible()
            page.goto(f"/tickets/{ticket_id}")
            expect(page.get_by_text(SCRIPT)).not_to_have_count(0)
            expect(page.get_by_role("main").get_by_text(SCRIPT).last).to_be_visible()
            assert page.locator("img[src=x]").count() == 0
            assert page.evaluate("() => window.taken") is None
        finally:
            bank.client(bank.login_demo("sam")).delete(f"/announcements/{announced.json()['id']}")


class TestPreferences:
    def test_are_kept_and_security_stays_mailed(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer()
        sign_in(page, customer.email, customer.password)
        page.goto("/inbox")
        page.get_by_role("link", name="Preferences").click()
        expect(page.get_by_role("checkbox", name="Security: E-mail")).to_be_disabled()
        page.get_by_role("checkbox", name="Fees: E-mail").uncheck()
        page.get_by_label("Nothing but security disturbs me").click()
        page.get_by_label("Tell me when at least this much moves").fill("500.00")
        page.get_by_label(re.compile("falls below")).fill("20.00")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Saved", exact=True)).to_be_visible()
        kept = customer.http.get("/notifications/preferences").json()
        assert kept["events"]["fee"] == {"mail": False, "push": True}
        assert kept["quiet_hours"]["from"] == "22:00"
        assert kept["large_movement"] == {"from_minor": 50_000, "currency": "EUR"}
        assert [line["below_minor"] for line in kept["balance_below"]] == [2_000]
        page.reload()
        expect(page.get_by_role("checkbox", name="Fees: E-mail")).not_to_be_checked()


class TestTheProfile:
    def test_keeps_every_address_with_its_days(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer()
        sign_in(page, customer.email, customer.password)
        page.goto("/profile")
        addresses = page.get_by_role("list", name="Addresses").get_by_role("listitem")
        expect(addresses).to_have_count(1)
        page.get_by_role("button", name="Add an address").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("What for").select_option("mailing")
        dialog.get_by_label("Street and number").fill("Postfach 12")
        dialog.get_by_label("Postal code").fill("50667")
        dialog.get_by_label("City").fill("Köln")
        dialog.get_by_label("State or region").fill("NRW")
        dialog.get_by_role("button", name="Save").click()
        expect(addresses).to_have_count(2)
        expect(addresses.first).to_contain_text("Postfach 12, 50667 Köln")
        kept = customer.http.get("/customers/me/addresses").json()["items"]
        assert [one["type"] for one in kept if one["present"]] == ["home", "mailing"]
