"""A customer of a test's bank: registered through the public API, logged in, with one open account."""

import secrets
from typing import TYPE_CHECKING, Any

import httpx

from shared.ids import new_id

if TYPE_CHECKING:
    from tests.builders.bank import Bank


class BankCustomer:
    """A customer of a test's bank, with a client that is logged in as them and one open account."""

    def __init__(self, bank: "Bank", *, email: str, password: str, customer_id: str) -> None:
        """Log in."""
        self.bank, self.email, self.password, self.customer_id = bank, email, password, customer_id
        self.token = bank.login(email, password)
        self.http = bank.client(self.token)
        self.account: dict[str, Any] = {}

    @classmethod
    def joins(cls, bank: "Bank", *, product: str, deposit_minor: int) -> "BankCustomer":
        """Register with an account, wait until it is open, and pay in (at the teller's unless the owner may)."""
        email, password = f"test-{new_id()}@demo.bank", f"Vault-{new_id()}"
        body = {
            "email": email,
            "password": password,
            "first_name": "Toni",
            "last_name": "Tester",
            "phone": f"+49151{secrets.randbelow(90_000_000) + 10_000_000}",
            "date_of_birth": "1990-05-17",
            "address": {
                "street": "Probeweg 1",
                "city": "Berlin",
                "state": "Berlin",
                "postal_code": "10115",
                "country": "DE",
            },
            "account": {"product": product},
        }
        joined = bank.client().post("/customers", json=body, headers={"idempotency-key": new_id()})
        assert joined.status_code == 201, joined.text
        customer = cls(bank, email=email, password=password, customer_id=joined.json()["customer"]["id"])
        account_id = joined.json()["account"]["id"]
        bank.wait_until(lambda: customer.read_account(account_id)["status"] == "open")
        if deposit_minor:
            customer.pay_in(deposit_minor)
        return customer

    def read_account(self, account_id: str) -> dict[str, Any]:
        """Read an account and keep it as the customer's."""
        self.account = self.http.get(f"/accounts/{account_id}").json()
        return self.account

    @property
    def account_id(self) -> str:
        """Give the id of the account."""
        return str(self.account["id"])

    def pay_in(self, amount_minor: int) -> dict[str, Any]:
        """Pay cash in: oneself where the product allows, else at tess's counter."""
        own = self.account["product"] == "everyday"
        http = self.http if own else self.bank.client(self.bank.login_demo("tess"))
        body = {"account_id": self.account_id, "amount_minor": amount_minor, "currency": "EUR"}
        answer = http.post("/deposits", json=body, headers={"idempotency-key": new_id()})
        assert answer.status_code == 201, answer.text
        booked: dict[str, Any] = answer.json()
        return booked

    def pay(self, payee: "BankCustomer", amount_minor: int, *, key: str | None = None) -> httpx.Response:
        """Order a transfer to another customer's account and give the answer as it is."""
        body = {
            "from_account_id": self.account_id,
            "to_account_number": payee.account["account_number"],
            "amount_minor": amount_minor,
            "currency": "EUR",
        }
        return self.http.post("/transfers", json=body, headers={"idempotency-key": key or new_id()})

    def booked_minor(self) -> int:
        """Read the booked balance in minor units."""
        answer = self.http.get(f"/balances/{self.account_id}")
        assert answer.status_code == 200, answer.text
        return int(answer.json()["booked_minor"])

    def inbox(self) -> list[dict[str, Any]]:
        """Read up to 200 items of the inbox, newest first."""
        answer = self.http.get("/notifications", params={"limit": 200})
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.json()["items"]
        return items
