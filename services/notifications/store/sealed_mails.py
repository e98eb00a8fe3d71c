"""Jobs of mails with codes: address and code are encrypted in the job row, and wiped when the mail is gone.

The key is made of the service's client secret, which the API and the worker of notifications have and no store.
"""

import base64
import json
import secrets
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import update
from sqlmodel import Session

from services.notifications.domain.code_mail import CodeMail
from services.notifications.store.tables import PLUMBING
from shared.clock import format_time, parse_time
from shared.ids import new_id
from shared.store.jobs import enqueue_job

SEND_CODE_MAIL = "send_code_mail"


class MailSeal:
    """Encrypts what a mail with a code carries."""

    def __init__(self, client_secret: str) -> None:
        """Make the key; without a secret (a test's, a sandbox's) it is one of its own purpose all the same."""
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"notifications code mails")
        self._cipher = AESGCM(key.derive(client_secret.encode()))

    def seal(self, mail: CodeMail) -> str:
        """Encrypt a mail."""
        content = {
            "kind": mail.kind,
            "to": mail.to,
            "code": mail.code,
            "valid_until": format_time(mail.valid_until),
            "language": mail.language,
        }
        nonce = secrets.token_bytes(12)
        return base64.b64encode(nonce + self._cipher.encrypt(nonce, json.dumps(content).encode(), None)).decode()

    def unseal(self, sealed: str) -> CodeMail | None:
        """Decrypt a mail; None if the secret has changed since: the code is worth nothing by then."""
        raw = base64.b64decode(sealed)
        try:
            content = json.loads(self._cipher.decrypt(raw[:12], raw[12:], None))
        except InvalidTag:
            return None
        valid_until, language = parse_time(content["valid_until"]), content.get("language", "en")
        return CodeMail(content["kind"], content["to"], content["code"], valid_until, language)


def queue_code_mail(session: Session, *, seal: MailSeal, mail: CodeMail) -> str:
    """Keep a mail to be sent and give its job's id."""
    key = new_id()
    job_id = enqueue_job(session, kind=SEND_CODE_MAIL, unique_key=key, payload={"sealed": seal.seal(mail)})
    return job_id or key


def wipe_code_mail(session: Session, *, job_id: str, said: str) -> None:
    """Delete address and code of a job; what stays says how it went."""
    jobs = PLUMBING.jobs
    session.execute(update(jobs).where(jobs.c.id == job_id).values(payload={"said": said}))


def mail_of(seal: MailSeal, payload: dict[str, str], *, now: datetime) -> CodeMail | None:
    """Give the mail of a job, None if it was wiped, cannot be read, or came too late to be worth anything."""
    mail = seal.unseal(payload["sealed"]) if "sealed" in payload else None
    return mail if mail is not None and now < mail.valid_until else None
