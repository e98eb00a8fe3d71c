"""The commands of `strongroom` and their options; what each does is in the file of its name."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from cli import seed_commands
from cli.data_folder import DataFolder
from cli.options import DATA, Data, Url, one_line
from cli.ports import PORTS
from cli.security_commands import admin, audit, authz, keys

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, help=__doc__
)

DEFAULTS = {setting.owner: setting.default for setting in PORTS}


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
app.add_typer(admin, name="admin")
app.add_typer(keys, name="keys")
app.add_typer(authz, name="authz")
app.add_typer(audit, name="audit")
app.command("seed")(seed_commands.seed)
app.command("seed-transactions")(seed_commands.seed_transactions)
app.command("ledger-hash")(seed_commands.ledger_hash)


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
