"""Step-ups of transfers, from the order to the rows."""

from typing import Any

import pytest

from services.transactions.domain.bank_rules import PRODUCTION_RULES, SANDBOX_RULES
from services.transactions.use_cases.confirming import batch_subject, transfer_subject
from services.transactions.use_cases.orders import BatchOrder, TransferOrder
from services.transactions.use_cases.take_payees import list_payee
from shared.clients.step_up import StepUp, StepUpSubject
from tests.services.transactions.conftest import ADA, BEN, DEPOSIT, TESS, TRANSFER, LedgerBench, transfer

BATCH = "POST /api/v1/transfers/batch"
LARGE, NEW = 1_000_000, 100_000


@pytest.fixture
def bench(bench: LedgerBench) -> LedgerBench:
    """Give a ledger with the sandbox's rules: Ada has ten millions and two accounts, Ben has one."""
    for name in ("ada", "ben", "cleo"):
        bench.open(name, limits={"kyc_level": 2})
    bench.open("ada2", owners=["c-ada"], limits={"kyc_level": 2})
    bench.deposit("a-ada", 10_000_000)
    bench.rules = SANDBOX_RULES
    return bench


def to_ben(amount_minor: int, payee: str = "a-ben") -> dict[str, Any]:
    return transfer("a-ada", payee, amount_minor)


def token(body: dict[str, Any], token_id: str = "t-1") -> StepUp:
    subject = (
        batch_subject(BatchOrder.model_validate(body))
        if "transfers" in body
        else transfer_subject(TransferOrder.model_validate(body))
    )
    return StepUp(token_id, subject.action, subject.hash)


def result(bench: LedgerBench, body: dict[str, Any], *, route: str = TRANSFER, **more: Any) -> tuple[int, str]:
    status, answer = bench.one(route, body, more.pop("caller", ADA), **more)
    return status, answer.get("code", "")


REQUIRED = (403, "auth.step-up-required")


class TestALargeTransfer:
    def test_says_what_to_confirm_and_books_nothing(self, bench: LedgerBench) -> None:
        status, body = bench.one(TRANSFER, to_ben(LARGE), ADA)
        assert (status, body["code"], body["action"]) == (*REQUIRED, "transfer")
        assert body["details"] == {"amount_minor": LARGE, "currency": "EUR", "payer": "a-ada", "payee": "a-ben"}
        assert bench.booked("a-ben") == 0

    def test_is_booked_with_a_token_for_it_once(self, bench: LedgerBench) -> None:
        body = to_ben(LARGE)
        assert result(bench, body, step_up=token(body)) == (201, "")
        assert result(bench, body, step_up=token(body)) == REQUIRED
        assert (bench.booked("a-ben"), bench.count("used_step_ups")) == (LARGE, 1)

    def test_below_it_to_a_known_payee_needs_none(self, bench: LedgerBench) -> None:
        body = to_ben(LARGE)
        result(bench, body, step_up=token(body))
        assert result(bench, to_ben(LARGE - 1)) == (201, "")
        assert result(bench, to_ben(LARGE)) == REQUIRED

    def test_is_bound_to_every_part_of_the_order(self, bench: LedgerBench) -> None:
        good = token(to_ben(LARGE))
        for other in (to_ben(LARGE + 1), to_ben(LARGE, "a-cleo"), to_ben(LARGE) | {"from_account_id": "a-ada2"}):
            status, _ = result(bench, other, step_up=good)
            assert status in (403, 409)
        assert result(bench, to_ben(LARGE), step_up=good) == (201, "")

    def test_is_bound_to_its_action(self, bench: LedgerBench) -> None:
        subject = StepUpSubject("change-email", LARGE, "EUR", "a-ada", "a-ben")
        assert result(bench, to_ben(LARGE), step_up=StepUp("t-1", subject.action, subject.hash)) == REQUIRED

    def test_one_token_in_one_commit_pays_once(self, bench: LedgerBench) -> None:
        body = to_ben(LARGE)
        twice = [bench.submission(TRANSFER, body, ADA, step_up=token(body)) for _ in range(2)]
        assert [answer.status for answer in bench.book(*twice)] == [201, 403]
        assert bench.booked("a-ben") == LARGE

    def test_a_repeat_of_the_key_replays_though_the_token_is_used(self, bench: LedgerBench) -> None:
        body = to_ben(LARGE)
        for _ in range(2):
            assert result(bench, body, step_up=token(body), key="k") == (201, "")
        assert bench.booked("a-ben") == LARGE

    def test_a_refusal_is_not_kept_under_the_key(self, bench: LedgerBench) -> None:
        body = to_ben(LARGE)
        assert result(bench, body, key="k") == REQUIRED
        assert result(bench, body, step_up=token(body), key="k") == (201, "")

    def test_money_and_state_are_checked_before(self, bench: LedgerBench) -> None:
        assert result(bench, to_ben(10_000_001)) == (409, "transactions.insufficient-funds")
        assert result(bench, to_ben(LARGE, "a-none")) == (404, "transactions.payee-not-found")
        assert result(bench, to_ben(LARGE), caller=BEN) == (404, "transactions.account-not-found")

    def test_a_refused_command_leaves_its_token(self, bench: LedgerBench) -> None:
        body = transfer("a-ben", "a-ada", LARGE)
        assert result(bench, body, caller=BEN, step_up=token(body)) == (409, "transactions.insufficient-funds")
        bench.deposit("a-ben", LARGE)
        assert result(bench, body, caller=BEN, step_up=token(body)) == (201, "")

    def test_a_dry_run_asks_for_it_and_uses_none(self, bench: LedgerBench) -> None:
        body = to_ben(LARGE)
        assert result(bench, body, dry_run=True) == REQUIRED
        assert result(bench, body, dry_run=True, step_up=token(body)) == (201, "")
        assert result(bench, body, step_up=token(body)) == (201, "")

    def test_the_audit_trail_names_the_token(self, bench: LedgerBench) -> None:
        body = to_ben(LARGE)
        result(bench, body, step_up=token(body))
        with bench.store.read() as session:
            rows = (
                session.connection()
                .exec_driver_sql("SELECT after FROM audit WHERE command = 'book-transfer' ORDER BY sequence")
                .all()
            )
        assert '"step_up":"t-1"' in str(rows[-1][0]).replace(" ", "").replace("'", '"')

    def test_the_desk_has_its_checkers_instead(self, bench: LedgerBench) -> None:
        assert result(bench, to_ben(LARGE), caller=TESS) == (201, "")
        order = {"account_id": "a-ada", "amount_minor": LARGE, "currency": "EUR"}
        assert result(bench, order, route=DEPOSIT, caller=TESS) == (201, "")


class TestANewPayee:
    def test_needs_it_from_the_lower_amount_on_until_one_is_confirmed(self, bench: LedgerBench) -> None:
        assert result(bench, to_ben(NEW - 1)) == (201, "")
        assert result(bench, to_ben(NEW)) == REQUIRED  # that a small one passed proves nothing
        assert result(bench, to_ben(NEW), step_up=token(to_ben(NEW))) == (201, "")
        assert result(bench, to_ben(NEW)) == (201, "")

    def test_is_new_to_each_customer_and_known_however_it_is_named(self, bench: LedgerBench) -> None:
        assert result(bench, to_ben(NEW), step_up=token(to_ben(NEW))) == (201, "")
        by_number = to_ben(NEW) | {"to_account_number": "DE00BEN"}
        del by_number["to_account_id"]
        assert result(bench, by_number) == (201, "")
        bench.deposit("a-cleo", NEW)
        cleo = BEN.__class__(user_id="u-c", customer_id="c-cleo", roles=frozenset({"customer"}), session_id="s8")
        assert result(bench, transfer("a-cleo", "a-ben", NEW), caller=cleo) == REQUIRED

    def test_is_known_to_what_follows_in_the_same_commit(self, bench: LedgerBench) -> None:
        body = to_ben(NEW)
        first = bench.submission(TRANSFER, body, ADA, step_up=token(body))
        second = bench.submission(TRANSFER, body, ADA)
        assert [answer.status for answer in bench.book(first, second)] == [201, 201]

    def test_between_accounts_of_one_customer_only_the_amount_counts(self, bench: LedgerBench) -> None:
        assert result(bench, to_ben(LARGE - 1, "a-ada2")) == (201, "")
        assert result(bench, to_ben(LARGE, "a-ada2")) == REQUIRED

    def test_production_is_stricter(self, bench: LedgerBench) -> None:
        bench.rules = PRODUCTION_RULES
        with bench.store.write() as session:  # its cooling-off, which is another rule, is over
            list_payee(session, customer_id="c-ada", account_id="a-ben", cooling_until=None)
        assert result(bench, to_ben(2_999)) == (201, "")
        assert result(bench, to_ben(3_000)) == REQUIRED
        assert result(bench, to_ben(3_000), step_up=token(to_ben(3_000))) == (201, "")
        assert result(bench, to_ben(99_999)) == (201, "")
        assert result(bench, to_ben(100_000)) == REQUIRED

    def test_small_transfers_ask_the_store_nothing_more(
        self, bench: LedgerBench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[object] = []
        real = __import__("services.transactions.writing.loading", fromlist=["x"])
        monkeypatch.setattr(real, "load_confirmations", lambda *parts: asked.append(parts))
        many = [bench.submission(TRANSFER, to_ben(NEW - 1), ADA) for _ in range(20)]
        assert {answer.status for answer in bench.book(*many)} == {201}
        assert asked == []


class TestABatch:
    @pytest.mark.parametrize("atomic", [True, False])
    def test_needs_one_token_if_one_of_it_does_and_books_none_without(self, bench: LedgerBench, atomic: bool) -> None:
        body = {"transfers": [to_ben(1), to_ben(LARGE), to_ben(NEW, "a-cleo")], "atomic": atomic}
        status, answer = bench.one(BATCH, body, ADA)
        assert (status, answer["code"], answer["action"]) == (*REQUIRED, "transfer-batch")
        assert answer["details"]["amount_minor"] == LARGE + NEW + 1
        assert bench.booked("a-ben") == 0
        assert result(bench, body, route=BATCH, step_up=token(body)) == (201, "")
        assert (bench.booked("a-ben"), bench.booked("a-cleo")) == (LARGE + 1, NEW)
        assert result(bench, to_ben(NEW, "a-cleo")) == (201, "")

    def test_is_bound_to_each_amount_and_payee_of_it(self, bench: LedgerBench) -> None:
        good = token({"transfers": [to_ben(LARGE), to_ben(1, "a-cleo")]})
        moved_one = {"transfers": [to_ben(LARGE + 1), to_ben(0 + 1, "a-ben")]}
        swapped = {"transfers": [to_ben(LARGE, "a-cleo"), to_ben(1)]}
        for other in (moved_one, swapped):
            assert result(bench, other, route=BATCH, step_up=good) == REQUIRED

    def test_of_small_ones_needs_none_however_many(self, bench: LedgerBench) -> None:
        assert result(bench, {"transfers": [to_ben(10_000)] * 200}, route=BATCH) == (201, "")
