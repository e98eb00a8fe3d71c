"""Creating a branch."""

import pytest

from services.accounts.domain.branch import BranchNameTaken
from services.accounts.use_cases.create_branch import create_branch
from shared.store.engine import Store
from tests.services.accounts.conftest import TESS


class TestCreateBranch:
    def test_gives_an_open_branch(self, store: Store) -> None:
        with store.write() as session:
            branch = create_branch(session, caller=TESS, name="North", location="Hamburg")
        assert (branch.name, branch.location, branch.state, branch.version) == ("North", "Hamburg", "open", 1)

    def test_refuses_a_name_that_another_branch_has(self, store: Store) -> None:
        with store.write() as session:
            create_branch(session, caller=TESS, name="North", location="Hamburg")
        with pytest.raises(BranchNameTaken), store.write() as session:
            create_branch(session, caller=TESS, name="North", location="Kiel")
