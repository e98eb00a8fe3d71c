"""Editing a branch."""

import pytest
from sqlmodel import select

from services.accounts.domain.branch import BranchNameTaken, BranchNotFound
from services.accounts.domain.edit import VersionMismatch
from services.accounts.store.tables import PLUMBING, BranchRow
from services.accounts.use_cases.create_branch import create_branch
from services.accounts.use_cases.edit_branch import edit_branch
from shared.store.engine import Store
from tests.services.accounts.conftest import TESS


class TestEditBranch:
    def edit(self, store: Store, fields: dict[str, str], branch_id: str = "main", seen: int = 1) -> BranchRow:
        return edit_branch(store, caller=TESS, branch_id=branch_id, seen_version=seen, fields=fields, note="moved")

    def test_keeps_old_and_new_in_the_audit_trail(self, store: Store) -> None:
        assert self.edit(store, {"location": "Potsdam"}).version == 2
        audit = PLUMBING.audit
        with store.read() as session:
            kept = session.execute(
                select(audit.c.before, audit.c.after, audit.c.reason).where(audit.c.command == "edit-branch")
            ).all()
        assert [tuple(row) for row in kept] == [({"location": "Berlin"}, {"location": "Potsdam"}, "moved")]

    def test_refuses_a_name_that_another_branch_has(self, store: Store) -> None:
        with store.write() as session:
            create_branch(session, caller=TESS, name="North", location="Hamburg")
        with pytest.raises(BranchNameTaken):
            self.edit(store, {"name": "North"})

    def test_refuses_a_branch_that_is_missing(self, store: Store) -> None:
        with pytest.raises(BranchNotFound):
            self.edit(store, {}, branch_id="moon")

    def test_refuses_a_version_seen_too_long_ago(self, store: Store) -> None:
        with pytest.raises(VersionMismatch):
            self.edit(store, {"name": "X"}, seen=2)
