"""The bank's books through the gateway, on real processes: own entries, limits, currencies, trial balance, day book."""

from typing import Any

import httpx
import pytest

from cli.bank_secrets import ensure_secrets
from shared.ids import new_id
from tests.builders.bank import Bank
from tests.builders.bank_customer import BankCustomer
from tests.journeys.test_ledger_commands import post
from tests.journeys.test_money_is_safe import at_once


def order(account_id: str, amount_minor: int, currency: str = "EUR", **more: Any) -> dict[str, Any]:
    """Make the body of one of the bank's own entries."""
    return {"account_id": account_id, "amount_minor": amount_minor, "currency": currency, **more}


def put_contract(bank: Bank, customer: BankCustomer, **terms: Any) -> None:
    """Give a customer's account other terms the way `accounts` does, with its own service token."""
    secret = ensure_secrets(bank.folder.secrets)["ACCOUNTS_CLIENT_SECRET"]
    asked = {"client_id": "accounts", "client_secret": secret, "audience": "transactions"}
    token = httpx.post(f"{bank.url_of('identity')}/internal/service-tokens", json=asked).json()["access_token"]
    account = customer.account
    contract = {
        "version": 2,
        "account_number": account["account_number"],
        "owners": account["owners"],
        "product": account["product"],
        "currency": account["currency"],
        "branch_id": account["branch_id"],
        "customer_may_deposit": True,
        **terms,
    }
    address = f"{bank.url_of('transactions')}/internal/ledger-accounts/{customer.account_id}"
    answer = httpx.put(address, json=contract, headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.text


class TestTheBanksOwnEntries:
    def test_are_booked_by_officers_and_told_to_the_customer(self, bank: Bank) -> None:
        customer, olu = bank.new_customer(deposit_minor=100), bank.client(bank.login_demo("olu"))
        fee = post(olu, "/ledger/fees", order(customer.account_id, 250, description="Replacement card"))
        assert (fee.status_code, fee.json()["type"], customer.booked_minor()) == (201, "fee", -150)
        assert post(olu, "/ledger/interest", order(customer.account_id, 30)).status_code == 201
        debit = order(customer.account_id, 4, direction="debit")
        assert post(olu, "/ledger/interest", debit).status_code == 201
        put_right = {"direction": "credit", "against": "over-short", "reason": "counted again"}
        assert post(olu, "/ledger/adjustments", order(customer.account_id, 24, **put_right)).status_code == 201
        assert customer.booked_minor() == -100
        told = {"fee", "interest-in", "interest-out", "adjustment-in"}
        bank.wait_until(lambda: told <= {item["kind"] for item in customer.inbox()})
        seen = customer.http.get("/transactions", params={"account_id": customer.account_id, "type": "fee"}).json()
        assert [one["postings"][0]["balance_after_minor"] for one in seen["items"]] == [-150]

    @pytest.mark.parametrize("path", ["fees", "interest", "adjustments"])
    def test_are_nothing_for_customers_and_tellers(self, bank: Bank, path: str) -> None:
        customer, tess = bank.new_customer(), bank.client(bank.login_demo("tess"))
        for http in (customer.http, tess):
            assert post(http, f"/ledger/{path}", order(customer.account_id, 1)).status_code == 403

    def test_are_valued_earlier_by_a_supervisor_only(self, bank: Bank) -> None:
        customer = bank.new_customer()
        olu, sam = (bank.client(bank.login_demo(name)) for name in ("olu", "sam"))
        today = olu.get("/business-date").json()["business_date"]
        body = order(customer.account_id, 5, value_date="2000-01-01")
        assert post(olu, "/ledger/fees", body).json()["code"] == "transactions.back-value-not-allowed"
        too_early = post(sam, "/ledger/fees", body)
        assert (too_early.status_code, too_early.json()["code"]) == (422, "transactions.bad-value-date")
        booked = post(sam, "/ledger/fees", {**body, "value_date": too_early.json()["earliest"]}).json()
        assert (booked["value_date"], booked["business_date"]) == (too_early.json()["earliest"], today)
        dry = post(sam, "/ledger/fees", order(customer.account_id, 5), dry_run="true")
        assert (dry.status_code, customer.booked_minor()) == (201, -5)


class TestLimits:
    def test_hold_however_many_ask_at_once(self, bank: Bank) -> None:
        payer, payee = bank.new_customer(deposit_minor=1_000), bank.new_customer()
        put_contract(bank, payer, limits={"kyc_level": 2, "per_day_minor": 250, "per_transaction_minor": 100})
        answers = at_once(12, lambda _number: payer.pay(payee, 60))
        assert sorted(answer.status_code for answer in answers) == [201] * 4 + [409] * 8
        refused = payer.pay(payee, 11).json()
        assert (refused["code"], refused["limit"]) == ("transactions.limit-exceeded", "per-day")
        assert (refused["limit_minor"], refused["used_minor"], refused["amount_minor"]) == (250, 240, 11)
        assert payer.pay(payee, 101).json()["limit"] == "per-transaction"
        assert payer.pay(payee, 10).status_code == 201
        assert (payer.booked_minor(), payee.booked_minor()) == (750, 250)

    def test_and_an_overdraft_are_of_the_account(self, bank: Bank) -> None:
        payer, payee = bank.new_customer(deposit_minor=10), bank.new_customer()
        put_contract(bank, payer, overdraft_limit_minor=90, limits={"per_day_count": 1})
        assert payer.pay(payee, 101).json()["code"] == "transactions.insufficient-funds"
        assert payer.pay(payee, 100).status_code == 201
        parts = payer.http.get(f"/balances/{payer.account_id}").json()
        assert (parts["booked_minor"], parts["overdraft_limit_minor"], parts["available_minor"]) == (-90, 90, 0)
        payee.pay(payer, 50)
        assert payer.pay(payee, 1).json()["limit"] == "per-day-count"


class TestTheBooks:
    def test_balance_in_every_currency_that_accounts_are_kept_in(self, bank: Bank) -> None:
        customer, tess = bank.new_customer(deposit_minor=100), bank.client(bank.login_demo("tess"))
        amir, olu = bank.client(bank.login_demo("amir")), bank.client(bank.login_demo("olu"))
        for currency in ("JPY", "KWD"):
            pair = []
            for _ in range(2):
                opened = post(customer.http, "/accounts", {"product": "current", "currency": currency})
                assert (opened.status_code, opened.json()["currency"]) == (201, currency), opened.text
                pair.append(opened.json()["id"])
            payer, payee = pair
            assert post(tess, "/deposits", order(payer, 1234, currency)).status_code == 201
            move = {"from_account_id": payer, "to_account_id": payee, "amount_minor": 234, "currency": currency}
            assert post(customer.http, "/transfers", move).status_code == 201
            euros = post(customer.http, "/transfers", {**move, "to_account_id": customer.account_id}).json()
            assert euros["code"] == "transactions.currency-mismatch"
            assert post(olu, "/ledger/fees", order(payee, 4, currency)).status_code == 201
            assert customer.http.get(f"/balances/{payee}").json()["booked_minor"] == 230
        found = amir.get("/ledger/trial-balance").json()
        assert found["balanced"] is True
        assert {"EUR", "JPY", "KWD"} <= {one["currency"] for one in found["currencies"]}
        for one in found["currencies"]:
            assert one["debit_minor"] == one["credit_minor"] == sum(line["debit_minor"] for line in one["lines"])
        assert customer.http.get("/ledger/trial-balance").status_code == 403

    def test_day_book_has_every_entry_of_the_day(self, bank: Bank) -> None:
        customer, amir = bank.new_customer(deposit_minor=77), bank.client(bank.login_demo("amir"))
        entries: list[str] = []
        after: dict[str, str] = {}
        while True:
            page = amir.get("/ledger/day-book", params={"limit": "200", **after}).json()
            entries += [one["id"] for one in page["items"]]
            if page["next"] is None:
                break
            after = {"after": page["next"]}
        mine = customer.http.get("/transactions", params={"account_id": customer.account_id}).json()["items"]
        assert mine[0]["id"] in entries
        assert len(entries) == len(set(entries)) == sum(one["entries"] for one in page["totals"])
        history = customer.http.get(f"/balances/{customer.account_id}/history")
        assert (history.status_code, history.json()) == (200, {"items": [], "next": None})
        key = {"idempotency-key": new_id()}
        assert customer.http.post("/ledger/fees", json={}, headers=key).status_code == 403
