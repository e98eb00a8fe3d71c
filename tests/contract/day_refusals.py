"""How the refusals around the banking day are provoked."""

from pathlib import Path

import pytest

from tests.contract.provoking import Problem, asked, provokes, told
from tests.services.transactions.conftest import LedgerBench
from tests.services.transactions.day_bench import LEDGER


@provokes("wrong-business-date", closing="2000-01-01")
def _(bench: LedgerBench, folder: Path) -> Problem:
    order = {"closing": "2000-01-01", "opening": "2000-01-02"}
    return told(bench, "POST /internal/business-date/close", order, LEDGER)


@provokes("no-such-posting")
def _(bench: LedgerBench, folder: Path) -> Problem:
    return asked(bench, folder, "GET", "/interest/a-ada/postings/2027-01/credit")


@provokes("clock-fixed")
def _(bench: LedgerBench, folder: Path) -> Problem:
    return asked(bench, folder, "POST", "/business-date/advance", who="sam", json={"days": 1})


@provokes("already-advancing")
def _(bench: LedgerBench, folder: Path) -> Problem:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BANK_ENVIRONMENT", "sandbox")
        asked(bench, folder, "POST", "/business-date/advance", who="sam", json={"days": 1})
        return asked(bench, folder, "POST", "/business-date/advance", who="sam", json={"days": 1})
