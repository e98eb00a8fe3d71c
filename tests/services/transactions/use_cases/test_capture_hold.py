"""Capturing holds, from the order to the rows."""

from typing import Any

from tests.services.transactions.conftest import ADA, TESS, LedgerBench
from tests.services.transactions.use_cases.test_place_hold import PLACE, order

CAPTURE = "POST /api/v1/holds/{hold_id}/capture"


def held(bench: LedgerBench, amount_minor: int = 100, **more: Any) -> tuple[str, str]:
    """Open ada's account with 500 and a hold on it; gives both ids."""
    account = bench.open("ada")
    bench.deposit(account, 500)
    _, hold = bench.one(PLACE, order(account, amount_minor, **more), ADA)
    return account, hold["id"]


def held_minor(bench: LedgerBench, account_id: str) -> int:
    """Give what is set aside on an account."""
    from services.transactions.store.ledger_queries import find_account

    with bench.store.read() as session:
        account = find_account(session, account_id)
        assert account is not None
        return account.held_minor


class TestCaptureHold:
    def test_books_a_part_and_gives_the_rest_back(self, bench: LedgerBench) -> None:
        bench.open("ben")
        account, hold = held(bench, to_account_number="DE00BEN")
        status, body = bench.one(CAPTURE, {"amount_minor": 60}, TESS, hold_id=hold)
        assert status == 201
        assert (body["transaction"]["type"], body["hold"]["released_minor"]) == ("capture", 40)
        assert (bench.booked(account), bench.booked("a-ben"), held_minor(bench, account)) == (440, 60, 0)

    def test_keeps_the_reason(self, bench: LedgerBench) -> None:
        _, hold = held(bench)
        bench.one(CAPTURE, {"reason": "The guest left"}, TESS, hold_id=hold)
        assert bench.reasons("capture-hold") == ["The guest left"]

    def test_in_parts_never_books_more_than_was_held(self, bench: LedgerBench) -> None:
        account, hold = held(bench)
        part = {"amount_minor": 60, "final": False}
        answers = bench.book(*(bench.submission(CAPTURE, part, TESS, hold_id=hold) for _ in range(2)))
        assert [answer.status for answer in answers] == [201, 409]
        assert (bench.booked(account), held_minor(bench, account)) == (440, 40)

    def test_two_at_once_of_everything_book_once(self, bench: LedgerBench) -> None:
        account, hold = held(bench)
        answers = bench.book(*(bench.submission(CAPTURE, {}, TESS, hold_id=hold) for _ in range(2)))
        assert [answer.status for answer in answers] == [201, 409]
        assert bench.booked(account) == 400

    def test_to_the_payer_itself_is_refused_and_invents_no_money(self, bench: LedgerBench) -> None:
        account, hold = held(bench)
        status, body = bench.one(CAPTURE, {"to_account_number": "DE00ADA"}, TESS, hold_id=hold)
        assert (status, body["code"]) == (409, "transactions.same-account")
        assert (bench.booked(account), held_minor(bench, account)) == (500, 100)

    def test_without_a_payee_goes_over_clearing(self, bench: LedgerBench) -> None:
        _, hold = held(bench)
        _, body = bench.one(CAPTURE, {}, TESS, hold_id=hold)
        clearing = body["transaction"]["to_account_id"]
        assert bench.booked(clearing) == -100

    def test_of_a_missing_hold_is_not_found(self, bench: LedgerBench) -> None:
        status, body = bench.one(CAPTURE, {}, TESS, hold_id="h-none")
        assert (status, body["code"]) == (404, "transactions.hold-not-found")
