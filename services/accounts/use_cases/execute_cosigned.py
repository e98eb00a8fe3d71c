"""Have the ledger book a payment that all owners have signed: once, under the id of the co-signature.

Who: the request that signed last, and the worker if that could not. The ledger refuses a second booking of the same
id, so both may do it. A refusal is noted as well; a fault is tried again. Says: `CosignatureEnded`.
"""

from services.accounts.clients.transactions import CosignedPayment, LedgerClient
from services.accounts.domain.cosignature import CosignatureKind, CosignatureStatus
from services.accounts.store.cosignature_store import cosignature_row, signers_of
from services.accounts.use_cases.end_cosignature import end_cosignature
from shared.contracts.caller import Caller
from shared.store.engine import Store


def execute_cosigned(store: Store, ledger: LedgerClient, *, cosignature_id: str) -> None:
    """Book what is signed and note it; what is not, or was noted before, stays as it is.

    :raises CosignatureNotFound: if there is none
    :raises Unavailable, ContractRefused: if the ledger gives no answer that decides
    """
    with store.read() as session:
        row = cosignature_row(session, cosignature_id)
        if row.kind != CosignatureKind.PAYMENT or row.status != CosignatureStatus.SIGNED:
            return
        payment = CosignedPayment(
            id=row.id,
            made_by=row.made_by,
            customer_id=row.maker_id,
            signed_by=[one.customer_id for one in signers_of(session, row.id)],
            from_account_id=row.account_id,
            to_account_id=row.wanted["to_account_id"],
            amount_minor=int(row.amount_minor or 0),
            currency=str(row.currency),
            description=row.wanted["description"],
        )
    refused = ledger.book_cosigned(payment)
    status = CosignatureStatus.EXECUTED if refused is None else CosignatureStatus.FAILED
    outcome = {"transaction_id": cosignature_id} if refused is None else {"code": refused}
    with store.write() as session:
        row = cosignature_row(session, cosignature_id, for_update=True)
        if row.status == CosignatureStatus.SIGNED:
            by = Caller.for_service("accounts", row.made_by)
            end_cosignature(session, row, caller=by, status=status, outcome=outcome)
