"""What staff are told about the bank's jobs: what each is for, and when it comes."""

from dataclasses import dataclass

from shared.errors import Conflict, NotFound

SCHEDULED = "every."


class JobNotFound(NotFound):
    """No job of that service has this id or is of this kind, or there is no such service."""

    code = "transactions.job-not-found"
    title = "There is no such job"
    next_step = "Choose one of the runs that GET /api/v1/jobs/{service}/{kind}/runs lists."


class JobNotWaiting(Conflict):
    """The job runs at the moment, or it is done: a second run would change nothing."""

    code = "transactions.job-not-waiting"
    title = "The job runs now or is done"
    next_step = "Wait for its end; a job is run again that waits, failed, or is on a schedule."


@dataclass(frozen=True, slots=True)
class KnownJob:
    """A kind of job that a service has, whether or not it ever ran."""

    service: str
    kind: str
    purpose: str
    schedule: str
    """When it comes, in words; work on a schedule says its seconds itself."""


_ASKED = "when it is asked for"
KNOWN_JOBS: tuple[KnownJob, ...] = (
    KnownJob("transactions", "end-of-day", "Ends a business date", "when a business date is over"),
    KnownJob("transactions", "advance-clock", "Moves the sandbox's clock day by day", _ASKED),
    KnownJob("transactions", "month-statements", "Asks for each account's statement", "when a month ends"),
    KnownJob("transactions", "make-statement", "Makes a statement", _ASKED),
    KnownJob("transactions", "interest-summaries", "Tells each customer the month's interest", "when a month ends"),
    KnownJob("transactions", "staff-reports", "Writes the reports for staff", "when a business date is over"),
    KnownJob("transactions", "ticket-report", "Writes the support desk's report", "when a business date is over"),
    KnownJob("transactions", "roll-orders", "Rolls orders to other days", "when the bank's holidays change"),
    KnownJob("transactions", "every.watch-business-date", "Looks whether a business date is over", ""),
    KnownJob("transactions", "every.refresh-terms", "Takes over terms and rates of products", ""),
    KnownJob("accounts", "push_contract", "Brings an account's contract to the ledger", _ASKED),
    KnownJob("accounts", "execute_approved", "Does what a second person approved", _ASKED),
    KnownJob("accounts", "complete_registration", "Ends a registration that was cut off", _ASKED),
    KnownJob("identity", "every.purge", "Deletes what is over: sessions, codes, events", ""),
    KnownJob("identity", "every.key-rotation", "Reminds of signing keys that are old", ""),
    KnownJob("notifications", "every.watch-mail-server", "Looks whether the mail server answers again", ""),
    KnownJob("notifications", "every.feed-announcements", "Shows announcements when their time comes", ""),
    KnownJob("notifications", "send_mail", "Sends a mail", _ASKED),
    KnownJob("notifications", "send_code_mail", "Sends a mail with a code", _ASKED),
    KnownJob("support", "every.watch-promises", "Watches the desk's promises", ""),
    KnownJob("support", "every.close-resolved", "Closes tickets that stayed resolved", ""),
)

SERVICES = ("identity", "accounts", "transactions", "support", "notifications")


def purpose_of(service: str, kind: str) -> str:
    """Say what a kind of job is for; one that nobody described is called by its name."""
    for one in KNOWN_JOBS:
        if (one.service, one.kind) == (service, kind):
            return one.purpose
    return kind.removeprefix(SCHEDULED).replace("-", " ").capitalize()


def is_known(service: str, kind: str) -> bool:
    """Tell whether a service has a kind of job that somebody described here."""
    return any((one.service, one.kind) == (service, kind) for one in KNOWN_JOBS)


def rhythm_of(service: str, kind: str) -> str:
    """Say when a kind of job comes that is on no schedule."""
    for one in KNOWN_JOBS:
        if (one.service, one.kind) == (service, kind) and one.schedule:
            return one.schedule
    return "on a schedule" if kind.startswith(SCHEDULED) else _ASKED


def state_of(*, queued: int, running: int, dead: int, last_error: str | None) -> str:
    """Give the worst that can be said: dead (waits for a person), failing, running, waiting or idle."""
    if dead:
        return "dead"
    if last_error is not None:
        return "failing"
    if running:
        return "running"
    return "waiting" if queued else "idle"
