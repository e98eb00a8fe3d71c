"""The way in: sign in and out, a wrong password, the wait, a session that ended, and what scripts cannot read."""

import re
from contextlib import suppress
from datetime import timedelta

from playwright.sync_api import BrowserContext, Page, expect
from playwright.sync_api import Error as PlaywrightError

from shared.clock import now
from tests.browser.chromium import sign_in
from tests.builders.bank import Bank
from tests.builders.mailbox import newest_code
from tests.services.identity.app import Authenticator


class TestSigningIn:
    def test_shows_accounts_balances_movements_and_announcements(self, ada: Page) -> None:
        accounts = ada.get_by_role("region", name="Your accounts")
        expect(accounts.get_by_role("link")).to_have_count(2)
        expect(accounts.get_by_text("Rainy days")).to_be_visible()
        expect(ada.get_by_text("Total in EUR")).to_be_visible()
        expect(ada.get_by_text("My half of the taxi")).to_be_visible()
        expect(ada.get_by_text("Welcome to Strongroom")).to_be_visible()

    def test_leaves_no_token_where_a_script_can_read_it(self, ada: Page, context: BrowserContext) -> None:
        assert ada.evaluate("() => document.cookie") == ""
        stored = ada.evaluate("() => JSON.stringify({...localStorage, ...sessionStorage})")
        assert "eyJ" not in stored
        cookies = [one for one in context.cookies() if "strongroom" in one["name"]]
        assert len(cookies) >= 2
        assert all(one["httpOnly"] and one["sameSite"] == "Strict" for one in cookies)

    def test_asks_nobody_but_the_bank_and_runs_nothing_from_elsewhere(self, page: Page, address: str) -> None:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        answered = page.goto("/")
        assert answered is not None
        assert "default-src 'self'" in answered.headers["content-security-policy"]
        assert "unsafe" not in answered.headers["content-security-policy"]
        sign_in(page, "ben@demo.bank", "demo-password-ben")
        expect(page.get_by_role("region", name="Your accounts").get_by_role("link")).not_to_have_count(0)
        assert asked
        assert [url for url in asked if not url.startswith(address)] == []
        assert page.locator("script:not([src]), [style*='url(']").count() == 0

    def test_survives_a_reload_and_ends_at_sign_out(self, ada: Page) -> None:
        ada.reload()
        expect(ada.get_by_role("heading", name="Home")).to_be_visible()
        ada.get_by_role("button", name="Your account menu").click()
        ada.get_by_role("menuitem", name="Sign out").click()
        expect(ada.get_by_role("heading", name=re.compile("A bank whose books"))).to_be_visible()
        ada.goto("/home")
        expect(ada.get_by_role("heading", name="Sign in")).to_be_visible()

    def test_leads_back_to_where_one_was_going(self, page: Page) -> None:
        page.goto("/security")
        expect(page.get_by_text("You are signed out.")).to_be_visible()
        page.get_by_label("E-mail address").fill("ben@demo.bank")
        page.get_by_label("Password", exact=True).fill("demo-password-ben")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="Where you are signed in")).to_be_visible()

    def test_with_wrong_passwords_says_how_long_to_wait(self, bank: Bank, page: Page) -> None:
        email = bank.new_customer().email
        page.goto("/sign-in")
        page.get_by_label("E-mail address").fill(email)
        button = page.get_by_role("main").get_by_role("button", name="Sign in")
        locked = page.get_by_text(re.compile(r"You can try again in \d+ second"))
        for attempt in range(14):
            page.get_by_label("Password", exact=True).fill(f"wrong-{attempt}")
            with page.expect_response("**/auth/login") as answered:
                button.click()
            if answered.value.status == 429:
                break
        expect(locked).to_be_visible()
        expect(button).to_be_disabled()

    def test_ended_elsewhere_leads_to_sign_in(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer()
        sign_in(page, customer.email, customer.password)
        customer.http.post("/auth/logout-all")
        bank.wait_until(lambda: customer.http.get("/auth/me").status_code == 401)
        with suppress(PlaywrightError):  # the page may have noticed by itself and be there already
            page.get_by_role("link", name="Support").click(timeout=2_000)
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


class TestJoining:
    def test_goes_on_after_a_reload_and_opens_the_first_account(self, page: Page) -> None:
        page.goto("/register")
        page.get_by_label("First name").fill("Nora")
        page.get_by_label("Last name").fill("Neumann")
        page.get_by_label("Date of birth").fill("1991-02-03")
        page.get_by_role("button", name="Continue").click()
        page.get_by_label("E-mail address").fill("nora.neumann@example.org")
        page.get_by_label("Phone, with country code").fill("+49 30 901820199")
        page.get_by_label("Street and number").fill("Neugasse 1")
        page.reload()
        expect(page.get_by_label("Street and number")).to_have_value("Neugasse 1")
        page.get_by_label("Postal code").fill("10115")
        page.get_by_label("City").fill("Berlin")
        page.get_by_label("State or region").fill("Berlin")
        page.get_by_role("button", name="Continue").click()
        page.get_by_text("Everyday").first.click()
        page.get_by_label("Password", exact=True).fill("quiet rivers carry letters")
        page.get_by_role("button", name="Become a customer").click()
        expect(page.get_by_role("heading", name="Home")).to_be_visible()
        expect(page.get_by_role("region", name="Your accounts").get_by_role("link")).to_have_count(1)

    def test_forgotten_password_is_replaced_by_the_mailed_code(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer()
        page.goto("/forgotten-password")
        page.get_by_label("E-mail address").fill(customer.email)
        page.get_by_role("button", name="Send the code").click()
        code = newest_code(bank, customer.email, subject="Your code to choose a new password")
        page.get_by_label("Code from the e-mail").fill(code)
        page.get_by_label("New password").fill("seven slow trains at noon")
        page.get_by_role("button", name="Set the new password").click()
        expect(page.get_by_text("Your password is changed.")).to_be_visible()
        page.get_by_label("Password", exact=True).fill("seven slow trains at noon")
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="Home")).to_be_visible()


class TestASecondFactor:
    def test_is_asked_for_and_taken_from_the_authenticator(self, bank: Bank, page: Page) -> None:
        customer = bank.new_customer()
        asked = {"action": "set-up-totp", "password": customer.password}
        proof = customer.http.post("/auth/step-up", json=asked).json()["step_up_token"]
        secret = customer.http.post("/auth/totp", headers={"step-up": proof}).json()["secret"]
        done = customer.http.post("/auth/totp/confirm", json={"code": Authenticator.typed(secret).code(now())})
        assert done.status_code == 200, done.text
        button = page.get_by_role("main").get_by_role("button", name="Sign in")
        _name_oneself(page, customer.email, customer.password)
        page.get_by_role("textbox", name="Code").fill(done.json()["recovery_codes"][0])
        button.click()
        expect(page.get_by_role("heading", name="Home")).to_be_visible()
        # Again with the app's next code: the one that confirmed the app was used for good.
        page.context.clear_cookies()
        _name_oneself(page, customer.email, customer.password)
        page.get_by_role("textbox", name="Code").fill(Authenticator.typed(secret).code(now() + timedelta(seconds=30)))
        button.click()
        expect(page.get_by_role("heading", name="Home")).to_be_visible()

    def test_is_a_mailed_code_for_whoever_has_no_other_as_outside_the_sandbox(self, page: Page) -> None:
        confirmed = {"IDENTITY_EMAIL_CONFIRMATION": "on", "ACCOUNTS_EMAIL_CONFIRMATION": "on"}
        strict = Bank(seeded=False, environment={"IDENTITY_EMAIL_CODES": "on", **confirmed})
        try:
            strict.start()
            address = f"http://localhost:{strict.ports['gateway']}"
            page.goto(f"{address}/register")
            email, password = "mara.mail@example.org", "slow boats carry green apples"
            _join(page, email, password)
            expect(page.get_by_role("heading", name="Confirm your address")).to_be_visible()
            page.get_by_label("Code").fill(newest_code(strict, email, subject="Confirm your e-mail address"))
            page.get_by_role("button", name="Continue").click()
            page.get_by_label("Password", exact=True).fill(password)
            button = page.get_by_role("main").get_by_role("button", name="Sign in")
            button.click()
            expect(page.get_by_text("A code is needed")).to_be_visible()
            page.get_by_role("textbox", name="Code").fill(newest_code(strict, email, subject="Your code to sign in"))
            button.click()
            expect(page.get_by_role("heading", name="Home")).to_be_visible()
            # The same mailbox proves the person again: to see a balance that is kept hidden.
            page.goto(f"{address}/settings")
            wish = page.get_by_label("Keep balances hidden until I enter my password")
            wish.click()
            expect(wish).to_be_checked()
            page.goto(f"{address}/home")
            page.get_by_role("button", name="Show balances").click()
            dialog = page.get_by_role("dialog")
            proof = dialog.get_by_label("Password, or code of your authenticator")
            proof.fill(password)
            dialog.get_by_role("button", name="Show balances").click()
            dialog.get_by_role("button", name="Send me a code by e-mail").click()
            expect(dialog.get_by_text("We sent it.")).to_be_visible()
            proof.fill(newest_code(strict, email, subject="Your code to confirm that this is you"))
            dialog.get_by_role("button", name="Show balances").click()
            expect(page.get_by_role("button", name="Hide balances")).to_be_visible()
            # It is asked before the bank has another phone number of hers, too; the next code is a minute away.
            page.goto(f"{address}/profile")
            page.get_by_label("Phone, with country code").fill("+49 30 901820222")
            page.get_by_role("button", name="Save").click()
            page.get_by_label("Password, or code of your authenticator").fill(password)
            page.get_by_role("button", name="Confirm").click()
            expect(page.get_by_role("button", name="Send me a code by e-mail")).to_be_visible()
            expect(page.get_by_text("Nothing has been changed.")).to_be_visible()
        finally:
            strict.stop()
            strict.remove()


def _name_oneself(page: Page, email: str, password: str) -> None:
    """Sign in as far as the code that is then asked for."""
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("A code is needed")).to_be_visible()


def _join(page: Page, email: str, password: str) -> None:
    """Go through the wizard."""
    page.get_by_label("First name").fill("Mara")
    page.get_by_label("Last name").fill("Maier")
    page.get_by_label("Date of birth").fill("1988-09-10")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Phone, with country code").fill("+49 30 901820111")
    page.get_by_label("Street and number").fill("Postgasse 3")
    page.get_by_label("Postal code").fill("10115")
    page.get_by_label("City").fill("Berlin")
    page.get_by_label("State or region").fill("Berlin")
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("Everyday").first.click()
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Become a customer").click()
