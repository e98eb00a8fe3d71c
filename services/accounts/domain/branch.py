"""Where the bank is to be found."""

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


class BranchNameTaken(Conflict):
    """Another branch has this name."""

    code = "accounts.branch-name-taken"
    title = "Another branch has this name"
    next_step = "Choose another name."
