"""The Celery door of identity: purges what is over, reminds of the rotation of keys, and hands over mails.

`celery -A services.identity.worker:app worker --pool=threads -c 2 -B -Q identity`
"""

from celery import Celery

from services.identity.clients.notifications import CodeMailer
from services.identity.settings import IdentitySettings
from services.identity.store.key_files import SigningKeys, load_signing_keys
from services.identity.store.notice_store import SEND_NOTICE
from services.identity.store.own_tokens import OwnTokens
from services.identity.store.tables import PLUMBING
from services.identity.tasks.purge import purge
from services.identity.tasks.remind_of_rotation import remind_of_rotation
from services.identity.tasks.send_notice import send_notice
from services.identity.use_cases.invite_user import SEND_INVITATION, send_invitation
from shared.clients.http import ServiceClient
from shared.clock import now
from shared.settings import load
from shared.store.engine import Store
from shared.store.jobs import Job
from shared.store.schema import check_version
from shared.worker.app import Every, create_worker

_MAX_TRIES = 2_000
"""About three days at two minutes each, as long as a notice is worth sending."""


def create_app(settings: IdentitySettings) -> Celery:
    """Make the worker; its store is opened when the first job comes."""

    def open_store() -> Store:
        store = Store(settings.store_url, service=settings.service, plumbing=PLUMBING)
        check_version(store)
        return store

    def run_purge(store: Store) -> None:
        purge(store, settings)

    def run_reminder(_store: Store) -> None:
        remind_of_rotation(settings, now=now())

    def run_notice(_store: Store, job: Job) -> None:
        keys = load_signing_keys(settings.keys_path)
        send_notice(job, keys=keys, mailer=_mailer(settings, keys))

    def run_invitation(store: Store, job: Job) -> None:
        keys = load_signing_keys(settings.keys_path)
        user_id = str(job.payload["user_id"])
        send_invitation(store, keys=keys, mailer=_mailer(settings, keys), user_id=user_id, now=now())

    return create_worker(
        settings,
        store_factory=open_store,
        handlers={SEND_NOTICE: run_notice, SEND_INVITATION: run_invitation},
        schedule={
            "purge": Every(settings.purge_seconds, run_purge),
            "key-rotation": Every(settings.remind_seconds, run_reminder),
        },
        max_tries=_MAX_TRIES,
    )


def _mailer(settings: IdentitySettings, keys: SigningKeys) -> CodeMailer:
    return CodeMailer(ServiceClient(settings, "notifications", OwnTokens(keys)))


app = create_app(load(IdentitySettings))
