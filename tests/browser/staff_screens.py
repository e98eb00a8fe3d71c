"""The screens of the staff house: who opens each, and how it is reached."""

from playwright.sync_api import Page

from tests.browser.screen import Screen

_CONSOLE = "/staff"


def _first_customer(page: Page) -> None:
    page.get_by_role("list", name="Customers").get_by_role("link").first.click()
    page.wait_for_url("**/staff/customers/*")


def _first_row(page: Page) -> None:
    page.get_by_role("main").get_by_role("table").get_by_role("link").first.click()


def _ticket(page: Page) -> None:
    page.get_by_role("main").get_by_role("table").get_by_role("link", name="How do I change my address?").first.click()


def _last_action(page: Page) -> None:
    page.get_by_role("main").get_by_role("table").wait_for()


def _of(person: str, name: str, heading: str, path: str, reach: object = None) -> Screen:
    given = {"reach": reach} if callable(reach) else {}
    return Screen(f"staff-{name}", f"{_CONSOLE}{path}", heading, person=person, **given)


STAFF_SCREENS = (
    _of("sam", "work", "Last movements", ""),
    _of("sam", "search", "Search", "/search?q=Ada"),
    _of("sam", "customer", "Know your customer", "/search?q=Ada", _first_customer),
    _of("sam", "kyc", "Know your customer", "/kyc?state=verified"),
    _of("sam", "desk", "Teller desk", "/desk"),
    _of("sam", "new-customer", "New customer", "/new-customer"),
    _of("sam", "accounts", "Accounts", "/accounts"),
    _of("sam", "account", "Holds", "/accounts", _first_row),
    _of("sam", "transactions", "Transactions", "/transactions"),
    _of("sam", "transaction", "Transaction", "/transactions", _first_row),
    _of("sam", "approvals", "Approvals", "/approvals"),
    _of("sam", "tickets", "Tickets", "/tickets"),
    _of("sam", "board", "Tickets", "/tickets?as=board"),
    _of("sam", "ticket", "How do I change my address?", "/tickets?queue=unassigned", _ticket),
    _of("sam", "day", "The day", "/day"),
    _of("sam", "holidays", "Holidays", "/day/holidays"),
    _of("sam", "books", "Books", "/books"),
    _of("sam", "reconciliation", "Reconciliation", "/reconciliation"),
    _of("sam", "reports", "Reports", "/reports"),
    _of("sam", "invariants", "Invariants", "/invariants"),
    _of("sam", "products", "Products and rates", "/products"),
    _of("sam", "branches", "Branches and staff", "/branches"),
    _of("sam", "announcements", "Announcements", "/announcements"),
    _of("sam", "dead-letters", "Dead letters", "/dead-letters"),
    _of("sam", "mails", "Mails", "/deliveries"),
    _of("sam", "services", "Services", "/services"),
    _of("sam", "policy", "Policy", "/policy"),
    _of("sam", "security", "Security", "/security"),
    _of("alma", "audit", "Audit", "/audit", _last_action),
    _of("alma", "users", "Users and roles", "/users", _last_action),
)
