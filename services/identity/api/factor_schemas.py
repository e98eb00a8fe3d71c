"""Bodies about proving who one is: codes, authenticators, passwords, step-ups."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from services.identity.api.schemas import OpaqueId, TypedEmail, TypedPassword
from services.identity.use_cases.reauthenticate import Proof
from shared.clients.step_up import StepUpSubject
from shared.web.schemas import AmountMinor, Answer, Currency, Moment, StrictModel

TypedCode = Annotated[str, Field(min_length=1, max_length=32)]


class PasswordChangeRequest(StrictModel):
    """Change one's own password."""

    current_password: TypedPassword
    new_password: TypedPassword


class EmailRequest(StrictModel):
    """An address."""

    email: TypedEmail


class EmailCodeRequest(StrictModel):
    """The code that was sent to an address."""

    email: TypedEmail
    code: TypedCode


class PasswordResetRequest(StrictModel):
    """The code that was sent, and the password from now on."""

    email: TypedEmail
    code: TypedCode
    new_password: TypedPassword


class CodeRequest(StrictModel):
    """A code."""

    code: TypedCode


class ResetReason(StrictModel):
    """Why somebody else's reset is triggered."""

    reason: Annotated[str, Field(min_length=3, max_length=500)]


class ProofRequest(StrictModel):
    """The password, or a code of the second factor."""

    password: TypedPassword | None = None
    otp: TypedCode | None = None

    def to_proof(self) -> Proof:
        """Give the proof."""
        return Proof(password=self.password, otp=self.otp)


class StepUpDetails(StrictModel):
    """What a command moves. `payer` and `payee` as the command names them."""

    amount_minor: AmountMinor | None = None
    currency: Currency | None = None
    payer: OpaqueId | None = None
    payee: Annotated[str, Field(min_length=1, max_length=320)] | None = None


class StepUpRequest(ProofRequest, StepUpDetails):
    """What shall be approved, as the refusal named it, and the proof. The details may come as one object, too."""

    action: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[a-z][a-z-]*$")]
    details: StepUpDetails | None = None

    @model_validator(mode="after")
    def _said_once(self) -> Self:
        said = {self.amount_minor, self.currency, self.payer, self.payee} - {None}
        if self.details is not None and said:
            raise ValueError("say the details once: as `details`, or beside the action")
        return self

    def to_subject(self) -> StepUpSubject:
        """Give what is approved."""
        of = self.details or self
        return StepUpSubject(self.action, of.amount_minor, of.currency, of.payer, of.payee)


class StepUpAnswer(Answer):
    """A token that approves one command once; send it as header Step-Up."""

    step_up_token: str
    expires_at: Moment


class AuthenticatorAnswer(Answer):
    """What an authenticator app is told: `uri`, which `qr_svg` draws as a QR code, `secret` to be typed. Shown once."""

    uri: str
    secret: str
    qr_svg: str


class RecoveryCodesAnswer(Answer):
    """Codes for the day the authenticator is lost; each works once. Shown once."""

    recovery_codes: list[str]


class SentAnswer(Answer):
    """The same for every address: whether there is a login is told in its mailbox alone."""

    status: Literal["sent", "sent-if-known"]


class ProvenAnswer(Answer):
    """Until when a screen may show what was hidden."""

    proven_until: Moment


class PrivacyRequest(ProofRequest):
    """Whether screens hide the balance until the person has proven again who they are; so must who ends it."""

    hides_balance: bool


class PrivacyAnswer(Answer):
    """What the person wishes."""

    hides_balance: bool
