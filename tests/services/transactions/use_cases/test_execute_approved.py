"""An approved command is executed once: killed anywhere, by two workers at once, and never when it is void."""

import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event

from services.transactions.clients.ledger_lane import OwnCommand
from services.transactions.domain.chart_of_accounts import cash_account
from shared.store.engine import Store
from shared.store.schema import tables_of
from tests.services.transactions.approvals import LARGE, ApprovalBench
from tests.services.transactions.conftest import WITHDRAWAL
from tests.services.transactions.forgery import forge
from tests.services.transactions.store.test_invariants import broken


@pytest.fixture
def desk(make_store: Callable[[str], Store]) -> ApprovalBench:
    """Give a ledger under the sandbox's rules."""
    return ApprovalBench(make_store("transactions"))


class TestAnApprovedCommand:
    def test_is_booked_as_its_maker_asked(self, desk: ApprovalBench) -> None:
        approval = desk.asks()
        desk.decides(approval)
        assert desk.works() == 1
        assert (desk.state(approval), desk.booked("a-ada")) == ("executed", 1_000 + LARGE)
        [ended] = desk.told("approval-ended")
        entry = ended["outcome"]["id"]
        assert (ended["approval_id"], ended["status"]) == (approval, "executed")
        assert desk.told("deposit-booked")[-1]["entry_id"] == entry
        [(over,)] = desk.rows(f"SELECT payer_account_id FROM journal_entries WHERE id = '{entry}'")
        assert over == cash_account(branch_id="main", currency="EUR").id
        after = desk.rows("SELECT after FROM audit WHERE command = 'execute-approved' ORDER BY sequence")[-1][0]
        assert '"made_by":"u-tess"' in after
        assert '"decided_by":"u-sam"' in after
        assert broken(desk.store) == {}

    def test_that_is_booked_and_has_no_kept_answer_is_found(self, desk: ApprovalBench) -> None:
        desk.decides(desk.asks())
        desk.works()
        forge(desk.store, "DELETE FROM idempotency WHERE body LIKE '%executed%'")
        assert list(broken(desk.store)) == ["answers-true"]

    def test_is_booked_once_however_often_the_job_comes(self, desk: ApprovalBench) -> None:
        desk.decides(desk.asks())
        assert desk.works(ends=False) == 1  # as if the worker was killed before it could note the end
        assert desk.works(ends=False) == 1
        assert desk.booked("a-ada") == 1_000 + LARGE
        assert len(desk.told("approval-ended")) == 1

    def test_fails_with_the_rules_word(self, desk: ApprovalBench) -> None:
        desk.deposit("a-ada", LARGE - 1)
        first, second = desk.asks(WITHDRAWAL), desk.asks(WITHDRAWAL)
        for approval in (first, second):
            desk.decides(approval)
        desk.works()
        assert sorted(desk.state(one) for one in (first, second)) == ["executed", "failed"]
        failed = next(one for one in desk.told("approval-ended") if one["status"] == "failed")
        assert failed["outcome"] == {"code": "transactions.insufficient-funds"}
        assert desk.booked("a-ada") == 999

    def test_that_is_not_approved_or_not_the_same_changes_nothing(self, desk: ApprovalBench) -> None:
        approval = desk.asks()
        content = {"account_id": "a-ada", "amount_minor": LARGE, "currency": "EUR", "description": ""}
        body = {"command": "deposit", "subject_id": "a-ada", "branch_id": "main", "content": content}
        route = "POST /internal/approved-commands/{approval_id}"

        def sent(key: str, asked: dict[str, object]) -> object:
            return desk.lane.book([OwnCommand(route, asked, key, {"approval_id": approval})])[0].body["status"]

        assert sent("k1", body) == "pending"
        desk.decides(approval)
        assert sent("k2", body | {"content": content | {"amount_minor": LARGE + 1}}) == "approved"
        assert desk.booked("a-ada") == 1_000
        assert sent("k3", body) == "executed"
        assert sent("k4", body) == "executed"
        assert desk.booked("a-ada") == 1_000 + LARGE

    def test_is_booked_once_by_two_workers(self, desk: ApprovalBench) -> None:
        desk.decides(desk.asks())
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda _: desk.works(ends=False), range(4)))
        assert desk.booked("a-ada") == 1_000 + LARGE
        assert len(desk.told("approval-ended")) == 1


@pytest.mark.sqlite
class TestKilled:
    def test_between_any_two_commits_after_the_approval_executes_once(self, desk: ApprovalBench) -> None:
        url = str(desk.store.writer.url.render_as_string(hide_password=False))
        for commit in range(1, 4):  # claim · the writer's batch · the job's end
            before = desk.booked("a-ada")
            desk.decides(desk.asks())
            pid = os.fork()
            if pid == 0:
                try:
                    _die_at(url, commit)
                finally:
                    os._exit(0)
            assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL, commit
            while desk.works():
                pass
            assert desk.booked("a-ada") == before + LARGE, commit
        assert len(desk.told("approval-ended")) == 3


def _die_at(url: str, commit: int) -> None:
    """Work on the jobs as a process of its own, and be killed at the nth commit, before it."""
    store = Store(url, service="transactions", plumbing=tables_of("transactions")[1])
    bench = ApprovalBench(store, opens=False)
    left = [commit]

    def count(_connection: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(store.writer, "commit", count)
    bench.works()
