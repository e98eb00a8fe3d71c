"""The commands about who may do what: the first admin, signing keys, audit trails, the policy table."""

import sys
from typing import Annotated

import typer

from cli.data_folder import DataFolder
from cli.options import DATA, Data, one_line

admin = typer.Typer(no_args_is_help=True, help="The first admin.")
keys = typer.Typer(no_args_is_help=True, help="The keys that tokens are signed with.")
authz = typer.Typer(no_args_is_help=True, help="Who may call what.")
audit = typer.Typer(no_args_is_help=True, help="Who did what.")


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
