"""The sandbox's mail viewer. Nothing in a mail is trusted: it is escaped, or shown in a frame that runs no script."""

from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from services.notifications.api.dependencies import SettingsDep
from services.notifications.api.schemas import MailDetail, MailLine, MailLines
from services.notifications.settings import NotificationsSettings
from services.notifications.store.mailbox_queries import list_mails, read_mail
from shared.errors import NotFound

router = APIRouter(prefix="/dev/mail", include_in_schema=False)

_SHOWN = 500
Shape = Annotated[Literal["html", "json"], Query(alias="format")]

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "pages"), autoescape=True, undefined=StrictUndefined
)
# A srcdoc frame inherits this policy: a mail's own styles may stand, nothing of it may run or be fetched.
_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; frame-ancestors 'none'; "
        "base-uri 'none'; form-action 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
}


class NoSuchMail(NotFound):
    """There is no such mail, or no mail viewer: it exists in the sandbox only."""

    code = "notifications.mail-not-found"
    title = "No such mail"
    next_step = "List the mails again at /dev/mail."


@router.get("")
def read_mails(
    settings: SettingsDep, shape: Shape = "html", to: Annotated[str | None, Query(max_length=320)] = None
) -> Response:
    """List the mails that the sandbox's mail server took, newest first, as a page or as JSON; `to` filters."""
    _check_sandbox(settings)
    mails = list_mails(settings.mailbox_dir, limit=_SHOWN, to=to)
    if shape == "json":
        lines = MailLines(items=[MailLine.model_validate(mail) for mail in mails])
        return Response(lines.model_dump_json(), media_type="application/json")
    return HTMLResponse(_PAGES.get_template("mail_list.html").render(mails=mails), headers=_HEADERS)


@router.get("/{mail_id}")
def show_mail(mail_id: str, settings: SettingsDep, shape: Shape = "html") -> Response:
    """Show one mail: its HTML in a sandboxed frame, and its text; or both as JSON."""
    _check_sandbox(settings)
    mail = read_mail(settings.mailbox_dir, mail_id)
    if mail is None:
        raise NoSuchMail
    if shape == "json":
        answer = MailDetail(**MailLine.model_validate(mail.summary).model_dump(), text=mail.text, html=mail.html)
        return Response(answer.model_dump_json(), media_type="application/json")
    return HTMLResponse(_PAGES.get_template("mail.html").render(mail=mail), headers=_HEADERS)


def _check_sandbox(settings: NotificationsSettings) -> None:
    if not settings.is_sandbox:
        raise NoSuchMail
