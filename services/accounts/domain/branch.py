"""Where the bank is to be found."""

from shared.contracts.caller import Caller
from shared.errors import Conflict, Invalid, NotFound

MAIN_BRANCH_ID = "main"


class BranchNotFound(NotFound):
    """There is no such branch."""

    code = "accounts.branch-not-found"
    title = "No such branch"
    next_step = "Choose one of the branches that GET /api/v1/branches lists."


class UnknownBranch(Invalid):
    """A field of the request names a branch that does not exist."""

    code = "accounts.unknown-branch"
    title = "The bank has no such branch"
    next_step = "Choose one of the branches that GET /api/v1/branches lists."


class BranchHasAccounts(Conflict):
    """Accounts of the branch are still open."""

    code = "accounts.branch-has-accounts"
    title = "The branch still has accounts"
    next_step = "Move the branch's accounts to another branch, or close them; then close the branch."


class SameBranch(Conflict):
    """The account is there already."""

    code = "accounts.same-branch"
    title = "The account belongs to this branch already"
    next_step = "Name another branch."


_ALL_BRANCHES = ("supervisor", "support", "auditor", "admin")


def branch_scope(caller: Caller) -> str | None:
    """Give the one branch whose customers and accounts a member of staff sees; None: all of them.

    Tellers and officers work for their branch; those who oversee the bank see all of it.
    """
    if not caller.is_staff or caller.has(*_ALL_BRANCHES):
        return None
    return caller.branch_id


class BranchNameTaken(Conflict):
    """Another branch has this name."""

    code = "accounts.branch-name-taken"
    title = "Another branch has this name"
    next_step = "Choose another name."
