"""What other services ask of identity; never through the gateway."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import JSONResponse

from services.identity.api.dependencies import IdentityDep
from services.identity.api.schemas import (
    CustomerLoginRequest,
    KnownApplicantRequest,
    LoginAnswer,
    RevocationAnswer,
    RevocationsAnswer,
    ServiceTokenAnswer,
    ServiceTokenRequest,
)
from services.identity.domain.email import InvalidEmail
from services.identity.domain.password import PasswordTooCommon, PasswordTooLong, PasswordTooShort
from services.identity.domain.role_change import CHECKERS
from services.identity.domain.service_client import InvalidClient
from services.identity.domain.user import LAPSED, CustomerHasLogin, EmailTaken, UserNotFound
from services.identity.store.sessions_queries import newest_revocation, revocations_after
from services.identity.store.users_queries import user_row, user_row_of_customer
from services.identity.use_cases.confirm_email import send_confirmation
from services.identity.use_cases.issue_service_token import issue_service_token
from services.identity.use_cases.register_customer_login import register_customer_login
from services.identity.use_cases.tell_already_registered import tell_already_registered
from shared.clock import now
from shared.web.dependencies import CurrentCaller
from shared.web.problems import problems

router = APIRouter(prefix="/internal", include_in_schema=False)

REVOCATIONS_KEPT = timedelta(minutes=10)
"""Twice what an access token lives: who polls from the beginning need not read about tokens that are dead anyway."""

PathId = Annotated[str, Path(min_length=1, max_length=128)]


@router.post("/service-tokens", responses=problems(InvalidClient))
def give_service_token(body: ServiceTokenRequest, identity: IdentityDep) -> ServiceTokenAnswer:
    """Give a service a token for one other service."""
    token, life_seconds = issue_service_token(
        keys=identity.keys,
        settings=identity.settings,
        client_id=body.client_id,
        client_secret=body.client_secret,
        audience=body.audience,
        acting_user=body.act,
        now=now(),
    )
    return ServiceTokenAnswer(access_token=token, expires_in=life_seconds)


@router.get("/approval-rules")
def read_approval_rules(identity: IdentityDep) -> JSONResponse:
    """Give which roles nobody gives or takes alone, for the one list of rules that `accounts` shows."""
    checked = sorted(identity.settings.roles_to_check)
    rule = {"above_minor": None, "checkers": list(CHECKERS), "hours": identity.settings.approval_hours, "active": True}
    items = [{**rule, "command": command, "roles": checked} for command in ("change-roles", "invite-user")]
    return JSONResponse({"items": items})


@router.get("/revocations")
def read_revocations(
    identity: IdentityDep,
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 500,
) -> RevocationsAnswer:
    """Give the revocations after a number, those of the last ten minutes."""
    with identity.store.read() as session:
        since = now() - REVOCATIONS_KEPT
        rows = revocations_after(session, sequence=after, since=since, limit=limit + 1)
        newest = newest_revocation(session)
    page = rows[:limit]
    return RevocationsAnswer(
        items=[RevocationAnswer.of(row) for row in page],
        next=page[-1].sequence if len(rows) > limit else None,
        newest=newest,
    )


@router.put(
    "/users/for-customer/{customer_id}",
    responses=problems(
        EmailTaken, CustomerHasLogin, InvalidEmail, PasswordTooShort, PasswordTooLong, PasswordTooCommon
    ),
)
def put_customer_login(
    customer_id: PathId,
    body: CustomerLoginRequest,
    caller: CurrentCaller,
    identity: IdentityDep,
    response: Response,
) -> LoginAnswer:
    """Give a customer a login: 201 when this call made it, 200 when an earlier one did."""
    login = register_customer_login(
        identity.store,
        hashes=identity.hashes,
        caller=caller,
        customer_id=customer_id,
        email=body.email,
        password=body.password,
        branch_id=body.branch_id,
        names=body.names,
        allow_test_domains=identity.settings.is_sandbox,
        asks_email_code=identity.settings.asks_email_code,
        unconfirmed=identity.settings.confirms_email,
        now=now(),
    )
    if identity.settings.confirms_email:
        send_confirmation(identity.desk, email=body.email, now=now())
    response.status_code = 201 if login.created else 200
    return LoginAnswer.of(login.row)


@router.post(
    "/users/already-registered",
    status_code=204,
    responses=problems(InvalidEmail, PasswordTooShort, PasswordTooLong, PasswordTooCommon),
)
def tell_known(body: KnownApplicantRequest, caller: CurrentCaller, identity: IdentityDep) -> None:
    """Tell the owner of an address by mail that somebody registered with it, or with what is theirs."""
    tell_already_registered(
        identity.desk, caller=caller, email=body.email, password=body.password, names=body.names, now=now()
    )


@router.get("/users/for-customer/{customer_id}", responses=problems(UserNotFound))
def read_customer_login(customer_id: PathId, identity: IdentityDep) -> LoginAnswer:
    """Give a customer's login."""
    with identity.store.read() as session:
        row = user_row_of_customer(session, customer_id)
    if row is None or row.email.endswith(LAPSED):
        raise UserNotFound("This customer has no login.")
    return LoginAnswer.of(row)


@router.get("/users/{user_id}", responses=problems(UserNotFound))
def read_user(user_id: PathId, identity: IdentityDep) -> LoginAnswer:
    """Give a login, with its address, to a service that has to write to somebody."""
    with identity.store.read() as session:
        row = user_row(session, user_id)
    return LoginAnswer.of(row)
