"""The commands that fill a sandbox: demo people, a made-up town, one customer's movements; and the ledger's hash."""

from typing import Annotated

import typer

from cli.bank_client import BankClient
from cli.data_folder import DataFolder, Refused
from cli.options import DATA, Data, Url, one_line
from cli.steps import Steps

MOST_CUSTOMERS, MOST_YEARS, MOST_MOVEMENTS = 10_000, 10, 1_000_000
Seed = Annotated[
    int, typer.Option("--seed", min=0, max=2**31 - 1, help="The same seed on a new bank: the same ledger.")
]


def seed(
    data_dir: Data = DATA,
    url: Url = "",
    history: Annotated[bool, typer.Option(help="Then move the sandbox's clock on by a year of banking days.")] = False,
    customers: Annotated[
        int | None, typer.Option(min=2, max=MOST_CUSTOMERS, help="Make a town of so many customers instead.")
    ] = None,
    years: Annotated[
        int | None,
        typer.Option(min=0, max=MOST_YEARS, help="How many years the town lives; moves the clock, for good."),
    ] = None,
    days: Annotated[int, typer.Option(min=0, max=366, help="So many days more.")] = 0,
    number: Annotated[
        int | None, typer.Option("--seed", min=0, max=2**31 - 1, help="The same seed on a new bank: the same ledger.")
    ] = None,
) -> None:
    """Make the demo people, their accounts and today's movements; what is there stays as it is.

    With --customers, --years and --seed a made-up town instead: people with salaries, rents, savings and shops.
    It prints a hash of the ledger: two new banks of one day give the same one for the same seed.
    """
    with one_line():
        folder = DataFolder.at(data_dir)
        if customers is None:
            if years is not None or number is not None or days:
                raise Refused("--years, --days and --seed belong to --customers: say how many.")
            _demo_people(folder, url, history=history)
            return
        if history:
            raise Refused("--history is of the demo people: leave it out, or leave --customers out.")
        _town(folder, url, customers=customers, days=365 * (1 if years is None else years) + days, number=number or 0)


def _client(folder: DataFolder, url: str) -> BankClient:
    from cli.status import read_ready

    return BankClient(url or read_ready(folder)["url"])


def _demo_people(folder: DataFolder, url: str, *, history: bool) -> None:
    from cli.history import History
    from cli.seed import seed as make_demo_data

    client, steps = _client(folder, url), Steps()
    with steps.progress("Demo people, accounts and movements") as advance:
        make_demo_data(client, folder, advance)
    if history:
        with steps.progress("A year of banking days") as advance:
            day = History(client, folder).play(advance)
        steps.note(f"The business date is {day}.")


def _town(folder: DataFolder, url: str, *, customers: int, days: int, number: int) -> None:
    from cli.town_life import TownLife

    steps = Steps()
    life = TownLife(_client(folder, url), customers=customers, days=days, seed=number)
    with steps.progress(f"{customers} customers, {days} days, seed {number}") as show:
        tally = life.play(show)
    steps.note(
        f"{tally.booked} movements booked, {tally.declined} declined. The business date is {tally.business_date}."
    )
    _say_hash(folder, steps)


def seed_transactions(
    customer: Annotated[str, typer.Option(help="A customer's id or e-mail address, or ada, ben, cleo, dan.")],
    count: Annotated[int, typer.Option(min=1, max=MOST_MOVEMENTS, help="How many movements.")],
    number: Seed = 0,
    data_dir: Data = DATA,
    url: Url = "",
) -> None:
    """Book movements for one customer at the counter: cash in, cash out and transfers, all today."""
    from cli.counter_moves import CounterMoves

    with one_line():
        folder, steps = DataFolder.at(data_dir), Steps()
        moves = CounterMoves(_client(folder, url), customer=customer, count=count, seed=number)
        with steps.progress(f"{count} movements of {customer}, seed {number}") as show:
            moves.play(show)
        _say_hash(folder, steps)


def ledger_hash(data_dir: Data = DATA) -> None:
    """Print a hash over what the ledger says, free of random ids and times; equal for equal ledgers."""
    with one_line():
        _say_hash(DataFolder.at(data_dir), Steps(), must=True)


def _say_hash(folder: DataFolder, steps: Steps, *, must: bool = False) -> None:
    from cli.ledger_hash import ledger_hash as hash_ledger

    try:
        found = hash_ledger(folder)
    except Refused as refused:
        if must:
            raise
        steps.note(f"The ledger hash is to be had where its store is: `strongroom ledger-hash` there. ({refused})")
        return
    steps.note(f"ledger hash {found.hash} ({found.accounts} ledger accounts, {found.postings} postings)")
