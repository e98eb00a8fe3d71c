"""Accounts over HTTP: open, read, list, change, history, and whose an account number is."""

from fastapi import APIRouter, Request, Response

from services.accounts.api.dependencies import LedgerDep, StoreDep, request_key, settled_response
from services.accounts.api.fields import Word
from services.accounts.api.schemas import (
    AccountAnswer,
    AccountChange,
    AccountList,
    AccountRequest,
    EditAnswer,
    EditList,
    LookupAnswer,
    LookupRequest,
)
from services.accounts.domain.account import (
    AccountNotFound,
    AccountStatus,
    CustomerNotVerified,
    DepositAtDeskOnly,
    DepositNeedsChecker,
    OwnerRequired,
)
from services.accounts.domain.branch import UnknownBranch, branch_scope
from services.accounts.domain.customer import CustomerNotFound
from services.accounts.domain.edit import VersionMismatch
from services.accounts.domain.iban import BadAccountNumber
from services.accounts.domain.name_match import NameMatch
from services.accounts.domain.product import CurrencyNotOffered, UnknownProduct
from services.accounts.domain.views import AccountView
from services.accounts.store.account_queries import account_history, account_view, list_accounts, visible_account
from services.accounts.use_cases.edit_account import edit_account
from services.accounts.use_cases.look_up_account import look_up_account
from services.accounts.use_cases.open_account import open_account
from shared.errors import Unavailable
from shared.observability.context import looked_at
from shared.store.idempotency import KeyReused
from shared.web.dependencies import CurrentCaller, ExpectedVersion, IdempotencyKey, Page, etag
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/accounts", tags=["accounts"])


@router.post(
    "",
    status_code=201,
    response_model=AccountAnswer,
    responses={
        202: {"model": AccountAnswer, "description": "Written; the ledger gets it as soon as it answers"},
        **problems(
            OwnerRequired,
            CustomerNotFound,
            CustomerNotVerified,
            UnknownProduct,
            UnknownBranch,
            CurrencyNotOffered,
            DepositAtDeskOnly,
            DepositNeedsChecker,
            KeyReused,
            Unavailable,
        ),
    },
)
def create_account(
    body: AccountRequest,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    ledger: LedgerDep,
    key: IdempotencyKey,
) -> Response:
    """Open an account, for yourself or (staff) for a customer. Repeating the call with the same key opens it once."""
    settled = open_account(
        store,
        ledger,
        caller=caller,
        customer_id=body.customer_id,
        terms=body.to_terms(),
        request=request_key(request, principal=caller.principal, key=key, body=body),
    )
    return settled_response(settled)


@router.get("", response_model=AccountList)
def read_accounts(
    caller: CurrentCaller,
    store: StoreDep,
    page: Page,
    customer_id: Word | None = None,
    status: AccountStatus | None = None,
    product: Word | None = None,
    branch_id: Word | None = None,
) -> AccountList:
    """List your accounts; staff see all, or those of one customer. State, product and branch narrow the list."""
    owner = customer_id if caller.is_staff else caller.customer_id
    if not caller.is_staff and (owner is None or customer_id not in (None, owner)):
        return AccountList(items=[])
    with store.read() as session:
        scope = branch_scope(caller)
        wanted = {"status": status, "product": product, "branch_id": branch_id}
        rows = list_accounts(
            session,
            owner=owner,
            after=page.after,
            limit=page.limit + 1,
            branch_id=scope,
            narrowed={column: value for column, value in wanted.items() if value is not None},
        )
    items, following = page.cut(rows, lambda account: account.id)
    looked_at(*(owner for one in items for owner in one.owners))
    return AccountList(items=[AccountAnswer.model_validate(one) for one in items], next=following)


@router.post("/lookup", response_model=LookupAnswer, responses=problems(BadAccountNumber))
def look_up_owner(body: LookupRequest, store: StoreDep) -> NameMatch:
    """Ask whether an account belongs to whom you think; the owner's name is shown only if yours was close."""
    with store.read() as session:
        return look_up_account(session, account_number=body.account_number, name=body.name)


@router.get("/{account_id}", response_model=AccountAnswer, responses=problems(AccountNotFound))
def read_account(account_id: str, caller: CurrentCaller, store: StoreDep, response: Response) -> AccountView:
    """Read an account: staff any, a customer only their own."""
    with store.read() as session:
        view = account_view(session, visible_account(session, account_id, caller=caller))
    response.headers["etag"] = etag(view.version)
    return view


@router.patch("/{account_id}", response_model=AccountAnswer, responses=problems(AccountNotFound, VersionMismatch))
def change_account(
    account_id: str,
    body: AccountChange,
    version: ExpectedVersion,
    caller: CurrentCaller,
    store: StoreDep,
    response: Response,
) -> AccountView:
    """Give an account another nickname. Needs the version that you saw."""
    view = edit_account(
        store,
        caller=caller,
        account_id=account_id,
        seen_version=version,
        nickname=body.nickname,
        note=body.note,
    )
    response.headers["etag"] = etag(view.version)
    return view


@router.get("/{account_id}/history", response_model=EditList, responses=problems(AccountNotFound))
def read_account_history(account_id: str, caller: CurrentCaller, store: StoreDep, page: Page) -> EditList:
    """Read what was changed on an account, by whom and why."""
    with store.read() as session:
        visible_account(session, account_id, caller=caller)
        rows = account_history(session, account_id, after=page.after, limit=page.limit + 1)
    items, following = page.cut(rows, lambda edit: edit.id)
    return EditList(items=[EditAnswer.model_validate(one) for one in items], next=following)
