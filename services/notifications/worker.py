"""The Celery door of notifications: sends mails, and watches for the mail server to be back.

`celery -A services.notifications.worker:app worker --pool=threads -c 2 --beat-inside -Q notifications`
"""

from celery import Celery

from services.notifications.clients.accounts import Accounts
from services.notifications.clients.identity import Identity
from services.notifications.clients.mail_server import MailServer
from services.notifications.settings import NotificationsSettings
from services.notifications.store.sealed_mails import SEND_CODE_MAIL
from services.notifications.store.tables import PLUMBING
from services.notifications.store.told_store import SEND_MAIL
from services.notifications.tasks.feed_announcements import feed_announcements
from services.notifications.tasks.send_code_mail import send_code_mail
from services.notifications.tasks.send_mail import MailRoom, send_mail
from services.notifications.tasks.watch_mail_server import watch_mail_server
from shared.clients.http import ServiceClient
from shared.clients.tokens import ServiceTokenSource
from shared.clock import parse_time
from shared.settings import load
from shared.store.engine import Store
from shared.store.jobs import Job
from shared.store.schema import check_version
from shared.worker.app import Every, create_worker

LEASE_SECONDS = 30
WATCH_SECONDS = 3.0
FEED_SECONDS = 2.0
# A mail is given up by its age (`mail_give_up_after_hours`), not by its tries.
MAX_TRIES = 100_000


def create_app(settings: NotificationsSettings) -> Celery:
    """Make the worker; its store is opened when the first job comes."""
    server = MailServer(settings)
    tokens = ServiceTokenSource(settings)
    accounts = Accounts(ServiceClient(settings, "accounts", tokens))
    identity = Identity(ServiceClient(settings, "identity", tokens))

    def open_store() -> Store:
        store = Store(settings.store_url, service=settings.service, plumbing=PLUMBING)
        check_version(store)
        return store

    def run_send_mail(store: Store, job: Job) -> None:
        room = MailRoom(store=store, settings=settings, accounts=accounts, identity=identity, server=server)
        asked_at = job.payload.get("asked_at")
        send_mail(
            room, delivery_id=job.payload["delivery_id"], asked_at=None if asked_at is None else parse_time(asked_at)
        )

    def run_send_code_mail(store: Store, job: Job) -> None:
        send_code_mail(store, settings=settings, server=server, job_id=job.id, payload=job.payload)

    def watch(store: Store) -> None:
        watch_mail_server(store, server=server)

    def feed(store: Store) -> None:
        feed_announcements(store)

    return create_worker(
        settings,
        store_factory=open_store,
        handlers={SEND_MAIL: run_send_mail, SEND_CODE_MAIL: run_send_code_mail},
        schedule={
            "watch-mail-server": Every(WATCH_SECONDS, watch),
            "feed-announcements": Every(FEED_SECONDS, feed),
        },
        lease_seconds=LEASE_SECONDS,
        max_tries=MAX_TRIES,
        first=frozenset({SEND_CODE_MAIL}),  # a code is worth nothing after five minutes
    )


app = create_app(load(NotificationsSettings))
