"""What other services ask of accounts: a customer's contact, an account's owners, and the snapshot."""

from typing import Any

from fastapi import APIRouter
from sqlmodel import Session

from services.accounts.api.customer_schemas import ContactAnswer
from services.accounts.api.dependencies import StoreDep
from services.accounts.api.schemas import AccountAnswer
from services.accounts.domain.account import AccountNotFound
from services.accounts.domain.customer import CustomerNotFound, mail_address, mask_email, mask_phone
from services.accounts.domain.views import AccountView
from services.accounts.store.account_queries import account_row, account_view, accounts_snapshot
from services.accounts.store.catalogue_queries import branch_row, list_versions, newest_version
from services.accounts.store.customer_queries import active_customer, customers_snapshot, owner_names, present_address
from services.accounts.store.payee_store import payees_snapshot
from services.accounts.store.rate_queries import rates_to_come_or_in_force
from shared.web.problems import problems

router = APIRouter(prefix="/internal", tags=["internal"], include_in_schema=False)

_LANGUAGE = "en"
"""The one language the bank writes in so far."""


@router.get("/customers/{customer_id}/contact", response_model=ContactAnswer, responses=problems(CustomerNotFound))
def read_contact(customer_id: str, store: StoreDep) -> ContactAnswer:
    """Give how to address a customer."""
    with store.read() as session:
        customer = active_customer(session, customer_id)
    return ContactAnswer(
        customer_id=customer.id,
        user_id=str(customer.user_id),
        email=mail_address(customer.email),
        first_name=customer.first_name,
        last_name=customer.last_name,
        language=_LANGUAGE,
    )


@router.get("/accounts/{account_id}", response_model=AccountAnswer, responses=problems(AccountNotFound))
def read_any_account(account_id: str, store: StoreDep) -> AccountView:
    """Give an account with its owners."""
    with store.read() as session:
        return account_view(session, account_row(session, account_id))


@router.get("/accounts/{account_id}/holder", responses=problems(AccountNotFound))
def read_holder(account_id: str, store: StoreDep) -> dict[str, Any]:
    """Give the head of an account's statement: name, address, masked phone and e-mail, type and branch."""
    with store.read() as session:
        account = account_row(session, account_id)
        owner = active_customer(session, account_view(session, account).owners[0])
        address = present_address(session, owner.id)
        version, branch = newest_version(session, account.product), branch_row(session, account.branch_id)
        names = owner_names(session, account_id)
    lines = [address.street, f"{address.postal_code} {address.city}", address.country] if address else []
    return {
        "name": ", ".join(names),
        "address": lines,
        "phone_masked": mask_phone(owner.phone),
        "email_masked": mask_email(owner.email),
        "product_name": version.terms.get("name", account.product) if version else account.product,
        "branch_name": branch.name,
    }


@router.get("/product-terms")
def read_product_terms(store: StoreDep) -> dict[str, Any]:
    """Give every version of every product's terms, and every rate that was not withdrawn."""
    with store.read() as session:
        return _terms(session)


def _terms(session: Session) -> dict[str, Any]:
    versions = [
        {
            "product": row.product,
            "version": row.version,
            "effective_from": row.effective_from.isoformat(),
            "terms": row.terms,
        }
        for row in list_versions(session)
    ]
    return {"products": versions, "rates": rates_to_come_or_in_force(session)}


def take_snapshot(session: Session) -> dict[str, Any]:
    """Give the customers, accounts, payees and terms that the facts so far add up to."""
    return {
        "customers": customers_snapshot(session),
        "accounts": accounts_snapshot(session),
        "payees": payees_snapshot(session),
        **_terms(session),
    }
