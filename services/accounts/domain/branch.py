"""Where the bank is to be found."""

from shared.errors import Conflict, Invalid, NotFound

MAIN_BRANCH_ID = "main"


class BranchNotFound(NotFound):
    """There is no such branch."""

    code = "accounts.branch-not-found"
    title = "No such branch"


class UnknownBranch(Invalid):
    """A field of the request names a branch that does not exist."""

    code = "accounts.unknown-branch"
    title = "The bank has no such branch"


class BranchNameTaken(Conflict):
    """Another branch has this name."""

    code = "accounts.branch-name-taken"
    title = "Another branch has this name"
