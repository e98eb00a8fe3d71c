"""An account of ada's that ben, and then cleo, come to own with her, as they do it: asked for and signed by all."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlmodel import select

from services.accounts.consumers import cosignature_needed
from services.accounts.domain.cosignature import SIGNING_LIFE
from services.accounts.store.account_queries import owners_of
from services.accounts.store.cosignature_store import cosignature_row
from services.accounts.store.tables import CosignatureRow
from services.accounts.use_cases.ask_cosignature import change_mandate, invite_owner
from services.accounts.use_cases.refuse_cosignature import refuse_cosignature
from services.accounts.use_cases.sign_cosignature import sign_cosignature
from shared.clock import bank_now, format_time
from shared.contracts.caller import Caller
from shared.contracts.transactions import CosignatureNeeded
from shared.ids import new_id
from tests.services.accounts.conftest import ADA, BEN, Lives, Register

CLEO = replace(ADA, email="cleo@demo.bank", phone="+4930333333", first_name="Cleo", last_name="Patra")


@dataclass
class Joint:
    """Ada's account, and what is signed about it."""

    lives: Lives
    ada: Caller
    ben: Caller
    cleo: Caller
    account_id: str

    @classmethod
    def make(cls, lives: Lives, register: Register) -> "Joint":
        """Register three people, and open ada's account."""
        ada, ben, cleo = (register(one) for one in (ADA, BEN, CLEO))
        return cls(lives, ada, ben, cleo, lives.open(ada))

    def invite(self, email: str = "ben@demo.bank", mandate: str | None = None, by: Caller | None = None) -> str:
        """Ask for one more owner; gives what waits."""
        with self.lives.store.write() as session:
            row = invite_owner(session, caller=by or self.ada, account_id=self.account_id, email=email, mandate=mandate)
            return row.id

    def shared(self, mandate: str = "both") -> "Joint":
        """Make ben an owner."""
        self.sign(self.ben, self.invite(mandate=mandate))
        self.lives.work(self.account_id)
        return self

    def asks_mandate(self, mandate: str, by: Caller | None = None) -> str:
        """Ask for another way to sign; gives what waits."""
        with self.lives.store.write() as session:
            row = change_mandate(session, caller=by or self.ada, account_id=self.account_id, mandate=mandate)
            return row.id

    def sign(self, caller: Caller, cosignature_id: str, token_id: str | None = None) -> str:
        """Sign; gives the status then."""
        with self.lives.store.write() as session:
            row = sign_cosignature(session, caller=caller, cosignature_id=cosignature_id, token_id=token_id)
            return row.status

    def refuse(self, caller: Caller, cosignature_id: str) -> str:
        """Refuse; gives the status then."""
        with self.lives.store.write() as session:
            return refuse_cosignature(session, caller=caller, cosignature_id=cosignature_id, note="no").status

    def pays(self, amount_minor: int = 100, owners: list[str] | None = None, **changed: Any) -> str:
        """Let the ledger's fact come that a payment of ada's waits; gives its id."""
        fact = CosignatureNeeded(
            **{
                "cosignature_id": new_id(),
                "account_id": self.account_id,
                "made_by": str(self.ada.user_id),
                "customer_id": str(self.ada.customer_id),
                "owners": owners or self.owners(),
                "payee_account_id": self.account_id,
                "amount_minor": amount_minor,
                "currency": "EUR",
                "description": "rent",
                "confirmed": False,
                "made_at": format_time(bank_now()),
                "expires_at": format_time(bank_now() + SIGNING_LIFE),
            }
            | changed
        )
        with self.lives.store.write() as session:
            cosignature_needed.consume(session, fact, None)  # type: ignore[arg-type]
        return fact.cosignature_id

    def row(self, cosignature_id: str) -> CosignatureRow:
        """Give what waits as the store has it."""
        with self.lives.store.read() as session:
            return cosignature_row(session, cosignature_id)

    def status(self, cosignature_id: str) -> str:
        """Give how it stands."""
        return self.row(cosignature_id).status

    def count(self) -> int:
        """Give how much waits or waited."""
        with self.lives.store.read() as session:
            return len(session.exec(select(CosignatureRow.id)).all())

    def owners(self) -> list[str]:
        """Give who owns the account."""
        with self.lives.store.read() as session:
            return owners_of(session, self.account_id)

    def overdue(self, cosignature_id: str) -> None:
        """Let the time be over in which it can be signed."""
        with self.lives.store.write() as session:
            row = cosignature_row(session, cosignature_id)
            row.expires_at = bank_now() - timedelta(seconds=1)
            session.add(row)
