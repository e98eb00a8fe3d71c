"""Hand a notice over to notifications; a second run hands the same one over."""

from typing import cast

from services.identity.clients.notifications import CodeMail, CodeMailer
from services.identity.store.key_files import SigningKeys
from services.identity.store.notice_store import notice_of
from shared.store.jobs import Job


def send_notice(job: Job, *, keys: SigningKeys, mailer: CodeMailer) -> None:
    """Send what a job says.

    :raises Unavailable: if notifications does not take it; the job is tried again
    """
    notice, valid_until = notice_of(keys, job.payload)
    mail = cast("CodeMail", notice.mail)
    mailer.hand_over(email=notice.to, mail=mail, code=None, valid_until=valid_until, key=job.id)
