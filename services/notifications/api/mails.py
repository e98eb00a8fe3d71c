"""Mails with codes, which identity asks for; never through the gateway."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from services.notifications.api.dependencies import SettingsDep, StoreDep
from services.notifications.domain.code_mail import CodeMail, CodeMailKind
from services.notifications.domain.preference import Language
from services.notifications.store.sealed_mails import MailSeal
from services.notifications.use_cases.queue_code_mail import queue_code_mail
from shared.web.dependencies import CurrentCaller, OptionalIdempotencyKey
from shared.web.schemas import Answer, Moment, StrictModel

router = APIRouter(prefix="/internal", include_in_schema=False)


class CodeMailRequest(StrictModel):
    """A mail to an address, with a code that is worth nothing after `valid_until`."""

    mail: CodeMailKind
    to: Annotated[str, Field(min_length=3, max_length=254)]
    code: Annotated[str, Field(min_length=6, max_length=64)] | None = Field(default=None)
    valid_until: Moment
    language: Language = "en"


class QueuedAnswer(Answer):
    """The mail will be sent."""

    id: str


@router.post("/mails", status_code=202)
def send_mail_with_code(
    body: CodeMailRequest, caller: CurrentCaller, store: StoreDep, settings: SettingsDep, _key: OptionalIdempotencyKey
) -> QueuedAnswer:
    """Send a mail with a code soon. A repeat sends the same code again, which harms nobody."""
    mail = CodeMail(body.mail, body.to, body.code, body.valid_until, body.language)
    seal = MailSeal(settings.client_secret.get_secret_value())
    return QueuedAnswer(id=queue_code_mail(store, caller=caller, seal=seal, mail=mail))
