"""The demo people of the sandbox and what they own after the first start."""

from dataclasses import dataclass

EMAIL_DOMAIN = "demo.bank"


@dataclass(frozen=True)
class DemoAccount:
    """An account that a demo customer opens, and the cash that the teller pays in (minor units of EUR)."""

    product: str
    deposit_minor: int
    nickname: str | None = None


@dataclass(frozen=True)
class DemoCustomer:
    """A demo customer; the first account is opened with the registration."""

    name: str
    first_name: str
    last_name: str
    phone: str
    date_of_birth: str
    occupation: str
    street: str
    postal_code: str
    city: str
    accounts: tuple[DemoAccount, ...]


@dataclass(frozen=True)
class DemoTransfer:
    """A transfer between the first accounts of two customers, in minor units of EUR."""

    payer: str
    payee: str
    amount_minor: int
    description: str


STAFF = {
    "tess": "teller",
    "olu": "officer",
    "sam": "supervisor",
    "sue": "support",
    "amir": "auditor",
    "alma": "admin",
}

CUSTOMERS = (
    DemoCustomer(
        "ada", "Ada", "Lindqvist", "+4930901820110", "1988-03-14", "Bridge engineer", "Lindenallee 4", "10115",
        "Berlin", (DemoAccount("current", 250_000), DemoAccount("savings", 800_000, "Rainy days")),
    ),
    DemoCustomer(
        "ben", "Ben", "Okafor", "+4930901820111", "1992-11-02", "Baker", "Hafenstraße 21", "20457", "Hamburg",
        (DemoAccount("current", 180_000),),
    ),
    DemoCustomer(
        "cleo", "Cleo", "Marchetti", "+4930901820112", "1979-06-30", "Violinist", "Am Rathaus 9", "50667", "Köln",
        (DemoAccount("everyday", 95_000), DemoAccount("savings", 420_000, "A new violin")),
    ),
    DemoCustomer(
        "dan", "Dan", "Weiss", "+4930901820113", "2001-01-19", "Student", "Gartenweg 77", "80331", "München",
        (DemoAccount("everyday", 32_050),),
    ),
)  # fmt: skip

TRANSFERS = (
    DemoTransfer("ada", "ben", 2_350, "Bread and cake for Sunday"),
    DemoTransfer("ada", "cleo", 12_000, "Two concert tickets"),
    DemoTransfer("ben", "dan", 6_400, "Saturday at the counter"),
    DemoTransfer("cleo", "ada", 1_799, "My half of the taxi"),
    DemoTransfer("dan", "ben", 450, "Coffee"),
)


def email_of(name: str) -> str:
    """Give a demo person's login."""
    return f"{name}@{EMAIL_DOMAIN}"


def password_of(name: str) -> str:
    """Give a demo person's password: public, and refused outside the sandbox with the person."""
    return f"demo-password-{name}"


def registration_of(customer: DemoCustomer) -> dict[str, object]:
    """Give the body of a demo customer's registration, the first account with it."""
    return {
        "email": email_of(customer.name),
        "password": password_of(customer.name),
        "first_name": customer.first_name,
        "last_name": customer.last_name,
        "phone": customer.phone,
        "date_of_birth": customer.date_of_birth,
        "occupation": customer.occupation,
        "address": {
            "street": customer.street,
            "city": customer.city,
            "state": customer.city,
            "postal_code": customer.postal_code,
            "country": "DE",
        },
        "account": {"product": customer.accounts[0].product},
    }
