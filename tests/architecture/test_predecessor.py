"""docs/predecessor.md has a row for everything the predecessor did, and each row says something true."""

import re
from functools import cache
from importlib import import_module

import pytest

from tests.architecture.source_tree import ROOT, SERVICES, listed

PAGE = (ROOT / "docs/predecessor.md").read_text(encoding="utf-8")
PLANNED = re.compile(r"planned: \w+")
TRANSFER = "from_account to_account amount timestamp"
SIGN_IN = "customer customer_name account_number timestamp ip_address"
COLUMNS = {
    "customer": "user first_name last_name email phone date_of_birth gender occupation income created_at updated_at",
    "address": "customer street city state zip_code country created_at",
    "account": "customer account_type branch account_number last_transaction_date created_at",
    "accounttype": "name min_balance interest_rate created_at",
    "branch": "branch_name location created_at",
    "balance": "account balance_amount updated_at",
    "transaction": "account type amount timestamp",
    "deposit": "transaction",
    "withdraw": "transaction",
    "transferout": f"{TRANSFER} recipient_account_number",
    "transferin": f"{TRANSFER} sender_account_number",
    "interesttable": "account_type interest_rate last_updated",
    "announcements": "title message created_at updated_at is_active",
    "ticket": "customer type subject description status created_at updated_at admin_notes resolution",
    "login": SIGN_IN,
    "logout": SIGN_IN,
    "editaccount": "account modified_by changes timestamp notes",
    "deletedaccount": "original_id customer_name account_number account_type branch_name balance_at_deletion closed_by "
    "deletion_date reason customer_email phone_number last_transaction_date",
    "employee": "branch supervisor name email phone position salary hire_date",
}


def rows(heading: str) -> list[list[str]]:
    """The cells of the table under a heading, without its two header lines."""
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def quoted(cell: str) -> list[str]:
    """What stands in backticks."""
    return re.findall(r"`([^`]+)`", cell)


@cache
def columns_of_the_house() -> frozenset[str]:
    """Every column as service.table.column."""
    return frozenset(
        f"{service}.{table.name}.{column.name}"
        for service in SERVICES
        for table in import_module(f"services.{service}.store.tables").METADATA.tables.values()
        for column in table.columns
    )


@cache
def names_of_tests() -> str:
    """Every test function's name in the house, one a line."""
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    return "\n".join(name for text in texts for name in re.findall(r"def (test_\w+)", text))


class TestFunctions:
    def test_are_all_there_from_1_to_72(self) -> None:
        assert [int(cells[0]) for cells in rows("Functions")] == list(range(1, 73))

    @pytest.mark.parametrize("cells", rows("Functions"), ids=lambda cells: cells[0])
    def test_name_an_existing_place_and_test_or_say_planned(self, cells: list[str]) -> None:
        for cell in cells[2:4]:
            missing = [path for path in quoted(cell) if not (ROOT / path).exists()]
            assert missing == [], listed(missing)
            assert quoted(cell) or PLANNED.search(cell)


class TestColumns:
    def test_are_all_there(self) -> None:
        wanted = [f"{table}.{column}" for table, columns in COLUMNS.items() for column in columns.split()]
        assert sorted(quoted(cells[0])[0] for cells in rows("Columns")) == sorted(wanted)

    @pytest.mark.parametrize("cells", rows("Columns"), ids=lambda cells: cells[0].strip("`"))
    def test_have_a_home_that_exists_or_say_planned(self, cells: list[str]) -> None:
        assert set(quoted(cells[1])) <= columns_of_the_house()
        assert quoted(cells[1]) or PLANNED.search(cells[1])


class TestDefects:
    def test_are_all_there_from_1_to_13(self) -> None:
        assert [cells[0] for cells in rows("Defects")] == [f"D{number}" for number in range(1, 14)]

    @pytest.mark.parametrize("cells", rows("Defects"), ids=lambda cells: cells[0])
    def test_have_a_regression_test_or_say_planned(self, cells: list[str]) -> None:
        number = int(cells[0][1:])
        if PLANNED.fullmatch(cells[3]):
            assert f"test_predecessor_d{number:02d}_" not in names_of_tests(), "built: name the test in the row"
        else:
            assert quoted(cells[3]) == [f"test_predecessor_d{number:02d}_"]
            assert f"test_predecessor_d{number:02d}_" in names_of_tests()
