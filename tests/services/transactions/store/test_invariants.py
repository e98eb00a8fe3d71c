"""Every invariant holds of a busy ledger, and each is reported when it is broken on purpose, with the row."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from services.transactions.domain.invariants import INVARIANTS
from services.transactions.store.day_store import move_business_date
from services.transactions.store.proof import Proof, Tally
from services.transactions.store.start_checks import anchor_of, open_anchor
from shared.clock import bank_now
from shared.store.engine import Store
from tests.services.transactions.conftest import (
    ADA,
    ADJUSTMENT,
    BEN,
    FEE,
    INTEREST,
    OLU,
    SAM,
    TESS,
    TRANSFER,
    WITHDRAWAL,
    LedgerBench,
    transfer,
)
from tests.services.transactions.forgery import forge

CAPTURE = "POST /api/v1/holds/{hold_id}/capture"
REVERSE = "POST /api/v1/transactions/{transaction_id}/reverse"
BATCH = "POST /api/v1/transfers/batch"
PLACE = "POST /api/v1/holds"


@dataclass(frozen=True)
class Breach:
    """How an invariant is broken, and the row that must be named: its table and what its key has."""

    statements: tuple[str, ...]
    table: str
    key: str


BREACHES: dict[str, Breach] = {
    "entries-balance": Breach(
        ("UPDATE postings SET amount_minor = 8 WHERE entry_sequence = 3 AND leg = 0",), "postings", "entry_sequence=3"
    ),
    "entries-have-two-sides": Breach(
        ("UPDATE postings SET direction = 'credit' WHERE entry_sequence = 3",), "journal_entries", "sequence=3"
    ),
    "postings-belong": Breach(
        ("UPDATE postings SET account_id = 'nobody' WHERE entry_sequence = 4 AND leg = 1",),
        "postings",
        "entry_sequence=4 leg=1",
    ),
    "sequence-gap-free": Breach(("DELETE FROM journal_entries WHERE sequence = 2",), "journal_entries", "sequence=3"),
    "entries-chained": Breach(
        ("UPDATE journal_entries SET description = 'rent' WHERE sequence = 5",), "journal_entries", "sequence=5"
    ),
    "business-days-in-order": Breach(
        ("UPDATE journal_entries SET business_date = '2020-01-01' WHERE sequence = 4",), "journal_entries", "sequence=4"
    ),
    "balances-run": Breach(
        ("UPDATE postings SET balance_after_minor = 1 WHERE entry_sequence = 3 AND leg = 1",),
        "postings",
        "entry_sequence=3 leg=1",
    ),
    "reversals-mirror": Breach(
        ("UPDATE postings SET amount_minor = 1 WHERE entry_sequence = 6",),
        "journal_entries",
        "sequence=6",
    ),
    "floors-kept": Breach(
        ("UPDATE postings SET balance_after_minor = -5 WHERE entry_sequence = 3 AND leg = 0",),
        "postings",
        "entry_sequence=3 leg=0",
    ),
    "booked-is-sum-of-postings": Breach(
        ("UPDATE ledger_accounts SET booked_minor = booked_minor + 1 WHERE id = 'a-ada'",),
        "ledger_accounts",
        "id=a-ada",
    ),
    "books-balance": Breach(
        ("UPDATE ledger_accounts SET booked_minor = booked_minor + 1 WHERE id = 'a-ada'",),
        "ledger_accounts",
        "currency=EUR",
    ),
    "days-ended-right": Breach(
        ("UPDATE end_of_day_balances SET booked_minor = 1 WHERE account_id = 'a-ben'",),
        "end_of_day_balances",
        "account_id=a-ben business_date=",
    ),
    "internal-without-contract": Breach(
        ("UPDATE ledger_accounts SET contract_version = 1 WHERE kind = 'cash'",), "ledger_accounts", "id="
    ),
    "held-is-open-holds": Breach(
        ("UPDATE ledger_accounts SET held_minor = 0 WHERE id = 'a-ben'",), "ledger_accounts", "id=a-ben"
    ),
    "hold-parts-add-up": Breach(("UPDATE holds SET status = 'released' WHERE status = 'held'",), "holds", "id="),
    "captures-are-entries": Breach(
        ("UPDATE holds SET captured_minor = 51, released_minor = 149 WHERE status = 'captured'",),
        "ledger_accounts",
        "id=a-ada",
    ),
    "entries-audited": Breach(
        ("DELETE FROM audit WHERE subject_id = (SELECT id FROM journal_entries WHERE sequence = 3)",),
        "journal_entries",
        "sequence=3",
    ),
    "audit-chained": Breach(("UPDATE audit SET user_id = 'u-ben' WHERE sequence = 4",), "audit", "sequence=4"),
    "entries-told": Breach(
        ("DELETE FROM outbox WHERE sequence = 2",), "journal_entries", "sequence=2"
    ),
    "outbox-chained": Breach(
        ("UPDATE outbox SET envelope = replace(envelope, 'c-ben', 'c-eve') WHERE sequence = 3",),
        "outbox",
        "lane=0 sequence=3",
    ),
    "answers-true": Breach(
        ("DELETE FROM idempotency WHERE body LIKE '%' || (SELECT id FROM journal_entries WHERE sequence = 3) || '%'",),
        "journal_entries",
        "sequence=3",
    ),
    "anchor-in-ledger": Breach(
        ("DELETE FROM postings WHERE entry_sequence = 8", "DELETE FROM journal_entries WHERE sequence = 8"),
        "journal_entries",
        "sequence=7",
    ),
}  # fmt: skip


def prove(store: Store, size: int = 500) -> dict[str, Tally]:
    """Pass over everything."""
    anchor = anchor_of(store)
    point = anchor.read() if anchor else None
    with store.read() as session:
        proof = Proof(session)
        while proof.step(session, size):
            pass
        proof.judge(session, point)
    return proof.results()


def broken(store: Store, size: int = 500) -> dict[str, list[str]]:
    """Give the invariants that do not hold, with their first bad rows."""
    return {name: [str(row) for row in tally.first] for name, tally in prove(store, size).items() if tally.count}


@pytest.fixture
def busy(bench: LedgerBench) -> LedgerBench:
    """Give a ledger with two deposits, a transfer, a batch, a reversal, a capture, a withdrawal, and an open hold."""
    ada, ben = bench.open("ada"), bench.open("ben")
    bench.deposit(ada, 1_000)
    bench.deposit(ben, 500)
    bench.one(TRANSFER, transfer(ada, ben, 100), ADA)
    status, batch = bench.one(
        BATCH, {"transfers": [transfer(ada, ben, 10), transfer(ada, ben, 20)], "atomic": True}, ADA
    )
    assert status == 201
    booked = batch["results"][0]["transaction"]["id"]
    assert bench.one(REVERSE, {"reason": "twice"}, TESS, transaction_id=booked)[0] == 201
    hold = {"account_id": ada, "amount_minor": 200, "currency": "EUR"}
    hold_id = bench.one(PLACE, hold, ADA)[1]["id"]
    assert bench.one(CAPTURE, {"amount_minor": 50}, TESS, hold_id=hold_id)[0] == 201
    cash = {"account_id": ben, "amount_minor": 30, "currency": "EUR"}
    assert bench.one(WITHDRAWAL, cash, BEN)[0] == 201
    bench.one(PLACE, {"account_id": ben, "amount_minor": 40, "currency": "EUR"}, BEN)
    assert bench.count("journal_entries") == 8
    with bench.store.write() as session:
        move_business_date(session, bank_now().date() + timedelta(days=1))
    anchor = open_anchor(bench.store)
    if anchor is not None:  # on PostgreSQL there is none
        anchor.close()
    return bench


class TestInvariants:
    def test_are_at_least_twelve_each_with_a_name_and_a_test_that_breaks_it(self) -> None:
        names = [one.id for one in INVARIANTS]
        assert len(names) == len(set(names)) >= 12
        assert set(names) == set(BREACHES)

    def test_hold_of_an_empty_ledger(self, bench: LedgerBench) -> None:
        assert broken(bench.store) == {}

    @pytest.mark.parametrize("size", [1, 3, 500])
    def test_hold_of_a_busy_ledger_however_it_is_cut_into_pieces(self, busy: LedgerBench, size: int) -> None:
        assert broken(busy.store, size) == {}
        assert list(prove(busy.store)) == [one.id for one in INVARIANTS]

    @pytest.mark.parametrize(
        "name",
        [pytest.param(one, marks=pytest.mark.sqlite) if one == "anchor-in-ledger" else one for one in sorted(BREACHES)],
    )
    def test_are_reported_with_the_row_when_broken(self, busy: LedgerBench, name: str) -> None:
        breach = BREACHES[name]
        forge(busy.store, *breach.statements)
        tally = prove(busy.store)[name]
        assert tally.count >= 1
        assert tally.first[0].table == breach.table
        assert breach.key in tally.first[0].key, tally.first


class TestTheBanksOwnEntries:
    def test_hold_too_and_may_pass_a_floor(self, busy: LedgerBench) -> None:
        busy.open("dan", min_balance_minor=100)
        own = {"account_id": "a-dan", "amount_minor": 7, "currency": "EUR"}
        assert busy.one(FEE, own, OLU)[0] == 201
        assert busy.one(INTEREST, own, OLU)[0] == 201
        against = {**own, "direction": "debit", "against": "suspense", "reason": "a miscount"}
        assert busy.one(ADJUSTMENT, against, SAM)[0] == 201
        assert busy.booked("a-dan") == -7
        assert broken(busy.store) == {}


class TestFloors:
    def test_are_those_of_the_contract_that_was_in_force(self, bench: LedgerBench) -> None:
        payer, payee = bench.open("ada", overdraft_limit_minor=100), bench.open("ben")
        assert bench.one(TRANSFER, transfer(payer, payee, 80), ADA)[0] == 201
        bench.open("ada", version=2, overdraft_limit_minor=50)
        assert broken(bench.store) == {}

    def test_are_judged_for_the_transfers_of_a_batch_as_well(self, bench: LedgerBench) -> None:
        payer, payee = bench.open("ada"), bench.open("ben")
        bench.deposit(payer, 100)
        bench.one(BATCH, {"transfers": [transfer(payer, payee, 10), transfer(payer, payee, 20)], "atomic": True}, ADA)
        forge(bench.store, "UPDATE postings SET balance_after_minor = -1 WHERE entry_sequence = 3 AND leg = 0")
        assert broken(bench.store)["floors-kept"] == [
            "postings entry_sequence=3 leg=0: took the account below its floor (expected 0 or more, found -1)"
        ]
        bench.open("ada", version=2)
        assert "floors-kept" not in broken(bench.store)


class TestWhatIsNoLongerKept:
    def test_is_not_missed(self, busy: LedgerBench) -> None:
        """Facts are kept for thirty days and answers for seven."""
        forge(
            busy.store,
            "DELETE FROM outbox WHERE sequence <= 3",
            "DELETE FROM idempotency WHERE created_at <= (SELECT min(created_at) FROM idempotency WHERE body LIKE "
            "'%' || (SELECT id FROM journal_entries WHERE sequence = 4) || '%')",
        )
        assert broken(busy.store) == {}
        forge(busy.store, "DELETE FROM outbox", "DELETE FROM idempotency")
        assert broken(busy.store) == {}
