"""Which line of a bank's statement is which posting of ours: one to one, and the same way every time.

Money that came in at the bank is a debit of our clearing account, money that left a credit. Three rules, the surest
first over all lines: the line names the transaction's id; its text says what the transaction says; amount and day.
Each needs the same amount and direction, the last two a day within the window; the nearest day wins, then the
earlier line, then the earlier posting.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Literal

from services.transactions.domain.bank_line import BankLine
from services.transactions.domain.ledger_account import Direction
from shared.errors import Conflict, NotFound

MatchRule = Literal["transaction-id", "text", "amount-and-day", "manual"]
PostingKey = tuple[int, int]
_Kind = tuple[Direction, int]

DEFAULT_WINDOW_DAYS = 3
MAX_WINDOW_DAYS = 31

_ID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
_NO_WORD = re.compile(r"[\W_]+")
_SHORTEST_TEXT = 4
_LOOKED_AT = 50
"""How many postings of one amount and day are searched for a part of a line's text; equal texts are always found."""


class ReconciliationNotFound(NotFound):
    """There is no such reconciliation, or no such line in it."""

    code = "transactions.reconciliation-not-found"
    title = "There is no such reconciliation, or no such line in it"
    next_step = "Choose one of the reconciliations that GET /api/v1/reconciliations lists, and one of its lines."


class StatementAlreadyReconciled(Conflict):
    """The very same file was reconciled against this account before."""

    code = "transactions.statement-already-reconciled"
    title = "This file was reconciled before"
    next_step = "Look at the reconciliation reconciliation_id; upload another file for another period."


class LineAlreadyMatched(Conflict):
    """The line of the statement has its posting already."""

    code = "transactions.line-already-matched"
    title = "The line is matched already"
    next_step = "Take the present match back first, if it is wrong."


class PostingAlreadyMatched(Conflict):
    """The posting was matched to another line: each is matched once."""

    code = "transactions.posting-already-matched"
    title = "The transaction is matched to another line already"
    next_step = "Look at the match at reconciliation_id and line; take it back there if it is wrong."


class LineNotMatched(Conflict):
    """There is no match to take back."""

    code = "transactions.line-not-matched"
    title = "The line is not matched"
    next_step = "Nothing needs to be done: the line is open for a match."


class MatchDiffers(Conflict):
    """Line and posting are not the same movement: account, direction or amount differ."""

    code = "transactions.match-differs"
    title = "The line and the transaction are not the same movement"
    next_step = (
        "Choose a transaction over the same account with the line's amount and direction, or book what is missing."
    )


@dataclass(frozen=True, slots=True)
class OpenPosting:
    """A posting of the reconciled account that has no line yet; amount in minor units."""

    sequence: int
    leg: int
    entry_id: str
    direction: Direction
    amount_minor: int
    business_date: date
    value_date: date
    description: str = ""

    @property
    def key(self) -> PostingKey:
        """Give what identifies the posting in the ledger."""
        return (self.sequence, self.leg)


@dataclass(frozen=True, slots=True)
class LineMatch:
    """A line, the posting it is, and the rule that found it."""

    line: int
    posting: PostingKey
    rule: MatchRule


def posting_direction(line_direction: Direction) -> Direction:
    """Give how our account shows what the bank calls a credit or a debit: the other way round."""
    return "debit" if line_direction == "credit" else "credit"


def match_lines(
    *, lines: Sequence[BankLine], postings: Sequence[OpenPosting], window_days: int
) -> tuple[LineMatch, ...]:
    """Match lines to postings, in the order of the lines."""
    work = _Matching(lines, postings)
    work.by_id()
    work.by_equal_text(window_days)
    work.by_day(window_days, "text", work.says_the_same)
    work.by_day(window_days, "amount-and-day", None)
    return tuple(sorted(work.found, key=lambda match: match.line))


def _normal(text: str) -> str:
    return _NO_WORD.sub(" ", text.casefold()).strip()


def _texts(line: BankLine) -> list[str]:
    return [text for text in (_normal(line.reference), _normal(line.description)) if len(text) >= _SHORTEST_TEXT]


class _Matching:
    """The lines and postings that are still open, while one rule after the other takes some away."""

    def __init__(self, lines: Sequence[BankLine], postings: Sequence[OpenPosting]) -> None:
        self.found: list[LineMatch] = []
        self._lines = {line.line: line for line in sorted(lines, key=lambda line: line.line)}
        self._postings = {posting.key: posting for posting in sorted(postings, key=lambda one: one.key)}
        self._by_id: dict[tuple[_Kind, str], list[PostingKey]] = {}
        self._by_text: dict[tuple[_Kind, str], list[PostingKey]] = {}
        self._by_day: dict[tuple[_Kind, date], deque[PostingKey]] = {}
        self._said = {posting.key: _normal(posting.description) for posting in postings}
        self._told = {line.line: _texts(line) for line in lines}
        for posting in self._postings.values():
            kind = (posting.direction, posting.amount_minor)
            self._by_id.setdefault((kind, posting.entry_id.replace("-", "")), []).append(posting.key)
            if len(text := self._said[posting.key]) >= _SHORTEST_TEXT:
                self._by_text.setdefault((kind, text), []).append(posting.key)
            for day in {posting.business_date, posting.value_date}:
                self._by_day.setdefault((kind, day), deque()).append(posting.key)

    def _take(self, line: BankLine, key: PostingKey, rule: MatchRule) -> None:
        self.found.append(LineMatch(line.line, key, rule))
        del self._lines[line.line]
        del self._postings[key]

    def _open(self, keys: Iterable[PostingKey]) -> Iterator[OpenPosting]:
        return (self._postings[key] for key in keys if key in self._postings)

    def by_id(self) -> None:
        """Match lines that name a transaction, with or without its dashes, on whatever day."""
        for line in list(self._lines.values()):
            named = _ID.findall(f"{line.reference} {line.description}".lower())
            keys = (key for name in named for key in self._by_id.get((_kind(line), name.replace("-", "")), ()))
            posting = next(self._open(keys), None)
            if posting is not None:
                self._take(line, posting.key, "transaction-id")

    def by_equal_text(self, window_days: int) -> None:
        """Match lines whose reference or description is the transaction's own; the nearest day first."""
        for line in list(self._lines.values()):
            keys = (key for text in self._told[line.line] for key in self._by_text.get((_kind(line), text), ()))
            near = [(away, one.key) for one in self._open(keys) if (away := _days_apart(line, one)) <= window_days]
            if near:
                self._take(line, min(near)[1], "text")

    def says_the_same(self, line: BankLine, posting: OpenPosting) -> bool:
        """Tell whether a line's text holds what the transaction says."""
        said = self._said[posting.key]
        return len(said) >= _SHORTEST_TEXT and any(said in text for text in self._told[line.line])

    def by_day(self, window_days: int, rule: MatchRule, fits: Callable[[BankLine, OpenPosting], bool] | None) -> None:
        """Match by amount and day (and by what `fits` asks), the nearest days of all lines first."""
        for away in range(window_days + 1):
            for line in list(self._lines.values()):
                for day in _days_at(line, away):
                    posting = self._first_open(_kind(line), day, line, fits)
                    if posting is not None:
                        self._take(line, posting.key, rule)
                        break

    def _first_open(
        self, kind: _Kind, day: date, line: BankLine, fits: Callable[[BankLine, OpenPosting], bool] | None
    ) -> OpenPosting | None:
        keys = self._by_day.get((kind, day))
        if not keys:
            return None
        while keys and keys[0] not in self._postings:
            keys.popleft()
        if fits is None:
            return next(self._open(keys), None)
        return next((one for one in islice(self._open(keys), _LOOKED_AT) if fits(line, one)), None)


def _kind(line: BankLine) -> _Kind:
    return (posting_direction(line.direction), line.amount_minor)


def _days_apart(line: BankLine, posting: OpenPosting) -> int:
    mine, theirs = {line.booking_date, line.value_date}, {posting.business_date, posting.value_date}
    return min(abs((one - other).days) for one in mine for other in theirs)


def _days_at(line: BankLine, away: int) -> list[date]:
    """List the days that lie that far from a line's own days, each once, the booking day's first."""
    days: dict[date, None] = {}
    for own in (line.booking_date, line.value_date):
        for step in (-away, away):
            try:
                days[own + timedelta(days=step)] = None
            except OverflowError:
                continue
    return list(days)
