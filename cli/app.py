"""The commands of `strongroom` and their options; what each does is in the file of its name."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated

import typer

from cli.data_folder import DataFolder, Refused
from cli.ports import PORTS

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, help=__doc__
)

DEFAULTS = {setting.owner: setting.default for setting in PORTS}
Data = Annotated[Path, typer.Option("--data-dir", envvar="STRONGROOM_DATA_DIR", help="Where everything is kept.")]
Url = Annotated[str, typer.Option("--url", help="Address of the gateway; by default the bank of the data folder.")]
DATA = Path("data")


@contextmanager
def one_line() -> Iterator[None]:
    """Turn what a command refuses into one clear line and exit status 1."""
    from cli.bank_client import Surprise

    try:
        yield
    except (Refused, Surprise) as refused:
        sys.stderr.write(f"strongroom: {refused}\n")
        raise typer.Exit(1) from None


def _port(owner: str, what: str) -> typer.models.OptionInfo:
    variable = next(setting.variable for setting in PORTS if setting.owner == owner)
    flag = "--port" if owner == "gateway" else f"--{owner}-port"
    option: typer.models.OptionInfo = typer.Option(flag, envvar=variable, help=f"Port of {what}.", min=1, max=65535)
    return option


@app.command()
def run(
    data_dir: Data = DATA,
    port: Annotated[int, _port("gateway", "the gateway: the bank's address")] = DEFAULTS["gateway"],
    gateway_ops: Annotated[int, _port("gateway-ops", "the gateway's health and metrics")] = DEFAULTS["gateway-ops"],
    identity: Annotated[int, _port("identity", "identity")] = DEFAULTS["identity"],
    accounts: Annotated[int, _port("accounts", "accounts")] = DEFAULTS["accounts"],
    transactions: Annotated[int, _port("transactions", "transactions")] = DEFAULTS["transactions"],
    support: Annotated[int, _port("support", "support")] = DEFAULTS["support"],
    notifications: Annotated[int, _port("notifications", "notifications")] = DEFAULTS["notifications"],
    identity_worker_ops: Annotated[
        int, _port("identity-worker-ops", "identity's worker's health and metrics")
    ] = DEFAULTS["identity-worker-ops"],
    accounts_worker_ops: Annotated[
        int, _port("accounts-worker-ops", "accounts' worker's health and metrics")
    ] = DEFAULTS["accounts-worker-ops"],
    transactions_worker_ops: Annotated[
        int, _port("transactions-worker-ops", "transactions' worker's health and metrics")
    ] = DEFAULTS["transactions-worker-ops"],
    support_worker_ops: Annotated[int, _port("support-worker-ops", "support's worker's health and metrics")] = DEFAULTS[
        "support-worker-ops"
    ],
    notifications_worker_ops: Annotated[
        int, _port("notifications-worker-ops", "notifications' worker's health and metrics")
    ] = DEFAULTS["notifications-worker-ops"],
    mail_ops: Annotated[int, _port("mail-ops", "the mail server's health and metrics")] = DEFAULTS["mail-ops"],
    writer_ops: Annotated[int, _port("writer-ops", "the ledger writer's health and metrics")] = DEFAULTS["writer-ops"],
    mail: Annotated[int, _port("mail", "the sandbox's mail server (SMTP)")] = DEFAULTS["mail"],
    redis: Annotated[int, _port("redis", "Redis")] = DEFAULTS["redis"],
    seed: Annotated[bool, typer.Option(help="Make the demo people at the first start.")] = True,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but what went wrong.")] = False,
) -> None:
    """Start the whole bank on this machine and stay until Ctrl-C.

    A redis-server (7 or newer) on the PATH is used, else the Valkey inside a wheel, else the one REDIS_URL names.
    """
    from cli.run import RunOptions
    from cli.run import run as run_bank

    services = (identity, accounts, transactions, support, notifications)
    workers = (
        identity_worker_ops,
        accounts_worker_ops,
        transactions_worker_ops,
        support_worker_ops,
        notifications_worker_ops,
    )
    chosen = (port, gateway_ops, *services, writer_ops, *workers, mail, mail_ops, redis)  # in the order of PORTS
    ports = dict(zip(DEFAULTS, chosen, strict=True))
    with one_line():
        run_bank(RunOptions(DataFolder.at(data_dir), ports, seed=seed, quiet=quiet))


@app.command()
def reset(data_dir: Data = DATA, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Delete the data folder: every account, entry and secret. Refuses while the bank runs."""
    from cli import data_folder

    os.environ["STRONGROOM_DATA_DIR"] = str(data_dir)
    raise typer.Exit(data_folder.main(["--yes"] if yes else []))


@app.command()
def demo(data_dir: Data = DATA, url: Url = "") -> None:
    """Register, log in, open, deposit, transfer, and read both balances over HTTP; print each answer."""
    from rich.console import Console

    from cli.bank_client import BankClient
    from cli.demo import Demo
    from cli.status import read_ready

    with one_line():
        client = BankClient(url or read_ready(DataFolder.at(data_dir))["url"])
        Demo(client, Console(highlight=False)).play()


@app.command()
def seed(
    data_dir: Data = DATA,
    url: Url = "",
    history: Annotated[bool, typer.Option(help="Then move the sandbox's clock on by a year of banking days.")] = False,
) -> None:
    """Make the demo people, their accounts and today's movements; what is there stays as it is."""
    from cli.bank_client import BankClient
    from cli.history import History
    from cli.seed import seed as make_demo_data
    from cli.status import read_ready
    from cli.steps import Steps

    with one_line():
        folder = DataFolder.at(data_dir)
        client = BankClient(url or read_ready(folder)["url"])
        steps = Steps()
        with steps.progress("Demo people, accounts and movements") as advance:
            make_demo_data(client, folder, advance)
        if history:
            with steps.progress("A year of banking days") as advance:
                day = History(client, folder).play(advance)
            steps.note(f"The business date is {day}.")


@app.command()
def status(data_dir: Data = DATA) -> None:
    """Show every process: pid, state, restarts, memory. Exit status 1 if one does not take work."""
    from rich.console import Console

    from cli.status import show_status

    with one_line():
        if not show_status(DataFolder.at(data_dir), Console()):
            raise typer.Exit(1)


@app.command()
def verify(
    data_dir: Data = DATA,
    url: Annotated[
        list[str] | None, typer.Option("--url", help="A store elsewhere: <service>=<SQLAlchemy URL>.")
    ] = None,
) -> None:
    """Check every store, of a running bank or a stopped one: chains, anchor, double entry, balances, keys, facts.

    Reads only. Names the first bad row and ends with status 1 if there is one.
    """
    from cli.steps import Steps
    from cli.verify import store_urls
    from cli.verify import verify as verify_stores

    with one_line():
        if not verify_stores(store_urls(DataFolder.at(data_dir), url or []), Steps()):
            raise typer.Exit(1)


@app.command()
def openapi(check: Annotated[bool, typer.Option("--check", help="Only compare; exit 1 if stale.")] = False) -> None:
    """Write the gateway's OpenAPI document and its list of problems from the services' code."""
    from cli.openapi import openapi as write_documents

    raise typer.Exit(write_documents(check))


@app.command()
def events(check: Annotated[bool, typer.Option("--check", help="Only compare; exit 1 if stale.")] = False) -> None:
    """Write the catalogue of facts (AsyncAPI) from the contracts."""
    from cli.event_catalogue import events as write_catalogue

    raise typer.Exit(write_catalogue(check))


@app.command()
def listen(
    service: Annotated[list[str] | None, typer.Option("--service", "-s", help="Only of these services.")] = None,
    type_: Annotated[
        list[str] | None, typer.Option("--type", "-t", help="Only with this word in their type, as in transfer.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The whole envelope, one object per line.")] = False,
    since_start: Annotated[bool, typer.Option("--all", help="Also what the streams still have.")] = False,
    data_dir: Data = DATA,
    redis_url: Annotated[str, typer.Option("--redis-url", help="A Redis elsewhere.")] = "",
) -> None:
    """Show facts as they come from the streams, until Ctrl-C."""
    from cli.bank_secrets import SERVICES
    from cli.listen import listen as follow
    from cli.listen import redis_url_of

    with one_line(), suppress(KeyboardInterrupt):
        url = redis_url or redis_url_of(DataFolder.at(data_dir))
        chosen = service or list(SERVICES)
        follow(url, services=chosen, types=type_ or (), as_json=as_json, since_start=since_start, show=typer.echo)


clock = typer.Typer(no_args_is_help=True, help="The sandbox's clock.")
app.add_typer(clock, name="clock")
admin = typer.Typer(no_args_is_help=True, help="The first admin.")
app.add_typer(admin, name="admin")
keys = typer.Typer(no_args_is_help=True, help="The keys that tokens are signed with.")
app.add_typer(keys, name="keys")
authz = typer.Typer(no_args_is_help=True, help="Who may call what.")
app.add_typer(authz, name="authz")
audit = typer.Typer(no_args_is_help=True, help="Who did what.")
app.add_typer(audit, name="audit")


@clock.command("advance")
def advance_clock(
    length: Annotated[str, typer.Argument(help="How far: 30d, 2w, 1y.")], data_dir: Data = DATA, url: Url = ""
) -> None:
    """Move the clock ahead; each business date on the way is ended in order."""
    from cli.bank_client import BankClient
    from cli.clock import advance, days_of
    from cli.status import read_ready
    from cli.steps import Steps

    with one_line():
        days = days_of(length)
        client = BankClient(url or read_ready(DataFolder.at(data_dir))["url"])
        steps = Steps()
        with steps.progress(f"{days} days") as show:
            now = advance(client, days, show)
        steps.note(f"The business date is {now['business_date']}, the bank's time {now['bank_now']}.")


@admin.command("create")
def create_admin(
    email: Annotated[str, typer.Argument(help="The address that the admin signs in with.")],
    data_dir: Data = DATA,
    password: Annotated[
        str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, envvar="STRONGROOM_ADMIN_PASSWORD")
    ] = "",
) -> None:
    """Make the first admin, once: admins are made by admins from then on."""
    from cli.identity_admin import first_admin

    with one_line():
        user_id = first_admin(DataFolder.at(data_dir), email=email, password=password)
        typer.echo(f"{email} is the first admin ({user_id}).")


@keys.command("rotate")
def rotate_keys(data_dir: Data = DATA) -> None:
    """Go one step: publish the next key, or let a published one sign. The old one verifies on; no session ends."""
    from cli.identity_admin import rotate

    with one_line():
        for line in rotate(DataFolder.at(data_dir)):
            typer.echo(line)


@audit.command("verify")
def verify_audit(
    data_dir: Data = DATA,
    url: Annotated[list[str] | None, typer.Option("--url", help="A store elsewhere: <service>=<url>.")] = None,
) -> None:
    """Check the audit trail of every store, and name the first bad row of each; exit 1 if there is one."""
    from cli.audit import verify_trails
    from cli.verify import store_urls

    with one_line():
        lines, good = verify_trails(store_urls(DataFolder.at(data_dir), url or []))
    for line in lines:
        typer.echo(line)
    raise typer.Exit(0 if good else 1)


@authz.command("matrix")
def matrix(as_json: Annotated[bool, typer.Option("--json", help="One object per route.")] = False) -> None:
    """Print every route: who may call it, whose objects they reach, and what it asks for besides."""
    from rich.console import Console

    from cli.authz import print_matrix

    print_matrix(Console(width=None if sys.stdout.isatty() else 220, highlight=False), as_json=as_json)


@app.command()
def cluster_secrets(
    folder: Annotated[Path, typer.Option(help="Where the secrets of that cluster are kept.")] = Path("data/cluster"),
    context: Annotated[str, typer.Option(help="The kubectl context; by default the current one.")] = "",
) -> None:
    """Fill the Secrets of a cluster; what was made before is used again. Prints names and keys, never a value."""
    from cli.cluster_secrets import fill_cluster

    with one_line():
        for line in fill_cluster(folder, os.environ, context=context):
            typer.echo(line)
