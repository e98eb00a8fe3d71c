"""What must hold after every run, read from the ledger's store by a reader of our own that cannot write."""

from dataclasses import dataclass
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite

_SUMS = """
SELECT COALESCE(SUM(CASE WHEN kind = 'customer' THEN booked_minor END), 0),
       COALESCE(SUM(CASE normal WHEN 'credit' THEN booked_minor ELSE -booked_minor END), 0)
FROM ledger_accounts
"""
_UNBALANCED = """
SELECT COUNT(*) FROM (
    SELECT entry_sequence FROM postings WHERE entry_sequence > ? GROUP BY entry_sequence
    HAVING SUM(CASE direction WHEN 'debit' THEN amount_minor ELSE -amount_minor END) <> 0 OR COUNT(*) < 2
)
"""
_WITHOUT_POSTINGS = """
SELECT COUNT(*) FROM journal_entries
WHERE sequence > ? AND sequence NOT IN (SELECT entry_sequence FROM postings WHERE entry_sequence > ?)
"""
_OFF_BALANCES = """
SELECT COUNT(*) FROM ledger_accounts AS account
LEFT JOIN (
    SELECT account_id,
           SUM(CASE direction WHEN 'credit' THEN amount_minor ELSE -amount_minor END) AS credited
    FROM postings GROUP BY account_id
) AS moved ON moved.account_id = account.id
WHERE account.booked_minor <> COALESCE(moved.credited, 0) * CASE account.normal WHEN 'credit' THEN 1 ELSE -1 END
"""


@dataclass(frozen=True, slots=True)
class State:
    """The newest entry; what customers have in all, and what all accounts add up to (0), in minor units."""

    sequence: int
    customers_minor: int
    total_minor: int


class Ledger:
    """Reads one ledger's store."""

    def __init__(self, path: Path) -> None:
        """Open it read-only."""
        self._connection = sqlite.connect(f"file:{path}?mode=ro", uri=True, timeout=10, check_same_thread=False)

    def state(self) -> State:
        """Give how the books stand."""
        self._connection.execute("BEGIN")
        try:
            sequence = self._one("SELECT COALESCE(MAX(sequence), 0) FROM journal_entries")
            customers, total = self._connection.execute(_SUMS).fetchone()
        finally:
            self._connection.execute("COMMIT")
        return State(sequence, customers, total)

    def check(self, before: State, acknowledged: list[str]) -> list[str]:
        """Say what is wrong after a run of transfers between customers; nothing if all is as it must be.

        Every request was waited for, so that the run's entries are exactly those that were acknowledged.
        """
        after = self.state()
        rows = self._connection.execute("SELECT id FROM journal_entries WHERE sequence > ?", (before.sequence,))
        booked = [row[0] for row in rows]
        wrong = compare(acknowledged, booked)
        if after.customers_minor != before.customers_minor:
            wrong.append(f"customers had {before.customers_minor} and have {after.customers_minor} minor units")
        if after.total_minor != 0:
            wrong.append(f"all accounts add up to {after.total_minor} instead of 0")
        for what, query, parts in (
            ("entries do not balance", _UNBALANCED, 1),
            ("entries have no postings", _WITHOUT_POSTINGS, 2),
        ):
            if found := self._one(query, *[before.sequence] * parts):
                wrong.append(f"{found} {what}")
        return wrong

    def check_balances(self) -> list[str]:
        """Say how many accounts differ from the sum of their postings; reads the whole ledger."""
        off = self._one(_OFF_BALANCES)
        return [f"{off} balances differ from their postings"] if off else []

    def entries(self) -> int:
        """Give how many entries there are."""
        return self._one("SELECT COUNT(*) FROM journal_entries")

    def close(self) -> None:
        """Close the store."""
        self._connection.close()

    def _one(self, query: str, *values: int) -> int:
        return int(self._connection.execute(query, values).fetchone()[0])


def compare(acknowledged: list[str], booked: list[str]) -> list[str]:
    """Say where entries and acknowledgements differ: each acknowledged transfer exists, once, and no other does."""
    wrong = []
    for what, ids in (("acknowledged", acknowledged), ("booked", booked)):
        if len(set(ids)) != len(ids):
            wrong.append(f"{len(ids) - len(set(ids))} ids were {what} twice")
    if lost := set(acknowledged) - set(booked):
        wrong.append(f"{len(lost)} acknowledged transfers are missing, such as {min(lost)}")
    if surplus := set(booked) - set(acknowledged):
        wrong.append(f"{len(surplus)} entries were never acknowledged, such as {min(surplus)}")
    return wrong
