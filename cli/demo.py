"""Play one story over HTTP through the gateway and show each answer (`strongroom demo`).

Two new customers every time: registration → login → open → deposit → transfer → both balances → the payee's inbox.
"""

import secrets
import time
from typing import Any

from rich.console import Console

from cli.bank_client import BankClient, Surprise
from shared.ids import new_id
from shared.money import format_money

DEPOSIT_MINOR = 10_000
TRANSFER_MINOR = 2_550
INBOX_PATIENCE_SECONDS = 10.0


class Demo:
    """The story, told step by step."""

    def __init__(self, client: BankClient, console: Console) -> None:
        """Begin with new names, so that it can be told any number of times."""
        self._client = client
        self._console = console
        self._number = 0
        self._tag = new_id()[-12:]

    def play(self) -> None:
        """Play all of it.

        :raises Surprise: at the first answer that is not the expected one
        """
        payer_token, payer = self._join("Pia")
        payee_token, payee = self._join("Quentin")
        deposit = {**_euro(DEPOSIT_MINOR), "account_id": payer["id"], "description": "Cash"}
        booked = self._call("POST", "/deposits", 201, token=payer_token, body=deposit, key=f"demo-deposit-{self._tag}")
        self._show("POST /deposits", 201, f"{_money(booked)} into {payer['account_number']}, entry {booked['id']}")
        order = {
            **_euro(TRANSFER_MINOR),
            "from_account_id": payer["id"],
            "to_account_number": payee["account_number"],
            "description": "Half of the lunch",
        }
        moved = self._call("POST", "/transfers", 201, token=payer_token, body=order, key=f"demo-transfer-{self._tag}")
        answered = time.monotonic()
        self._show("POST /transfers", 201, f"{_money(moved)} to {payee['account_number']}, entry {moved['id']}")
        self._check_balance(payer, payer_token, DEPOSIT_MINOR - TRANSFER_MINOR)
        self._check_balance(payee, payee_token, TRANSFER_MINOR)
        self._check_inbox(payee_token, answered)

    def _call(self, method: str, path: str, *statuses: int, **options: Any) -> dict[str, Any]:
        return self._client.call(method, path, *statuses, **options)

    def _show(self, call: str, status: int, answer: str) -> None:
        self._number += 1
        self._console.print(f"[bold]{self._number:>2}[/] {call} [green]{status}[/]  {answer}", soft_wrap=True)

    def _join(self, first_name: str) -> tuple[str, dict[str, Any]]:
        """Register a person, log in and open an account that its owner may pay into."""
        email, password = f"{first_name.lower()}-{self._tag}@demo.bank", f"Vault-{new_id()}"
        body = {
            "email": email,
            "password": password,
            "first_name": first_name,
            "last_name": "Demo",
            "phone": f"+49151{secrets.randbelow(10**8):08}",  # one phone, one customer
            "date_of_birth": "1990-05-17",
            "address": {
                "street": "Probeweg 1",
                "city": "Berlin",
                "state": "Berlin",
                "postal_code": "10115",
                "country": "DE",
            },
        }
        joined = self._call("POST", "/customers", 201, body=body, key=f"demo-customer-{new_id()}")
        self._show("POST /customers", 201, f"{email} is customer {joined['customer']['id']}")
        token = self._client.login(email, password)
        self._show("POST /auth/login", 200, "an access token for 5 minutes")
        order = {"product": "everyday", "nickname": "Demo"}
        opened = self._call("POST", "/accounts", 201, 202, token=token, body=order, key=f"demo-account-{new_id()}")
        account = self._client.wait_until_open(opened["id"], token)
        self._show("POST /accounts", 201, f"{account['account_number']} is {account['status']}")
        return token, account

    def _check_balance(self, account: dict[str, Any], token: str, expected_minor: int) -> None:
        balance = self._call("GET", f"/balances/{account['id']}", 200, token=token)
        shown = format_money(balance["booked_minor"], balance["currency"])
        self._show("GET /balances/{id}", 200, f"{account['account_number']} has {shown}")
        if balance["booked_minor"] != expected_minor:
            raise Surprise(f"the balance is {balance['booked_minor']}, expected {expected_minor}")

    def _check_inbox(self, token: str, since: float) -> None:
        while True:
            items = self._call("GET", "/notifications", 200, token=token)["items"]
            waited = time.monotonic() - since
            if items:
                title = items[0].get("title", "an item")
                self._show("GET /notifications", 200, f"{title!r}, {waited:.2f} s after the transfer")
                return
            if waited > INBOX_PATIENCE_SECONDS:
                raise Surprise(f"the payee's inbox is empty {waited:.0f} s after the transfer")
            time.sleep(0.02)


def _euro(amount_minor: int) -> dict[str, object]:
    return {"amount_minor": amount_minor, "currency": "EUR"}


def _money(entry: dict[str, Any]) -> str:
    return format_money(entry["amount_minor"], entry["currency"])
