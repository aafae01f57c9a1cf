"""`becoming mail`: the accounts she reads from and, where you say yes to it, writes from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from becoming.cli.accounts import listed, with_accounts
from becoming.cli.asking import Person, console
from becoming.cli.showing import plain, say

if TYPE_CHECKING:  # no other command should wait for what this one needs
    from becoming.tools.mail import Accounts

Security = Literal["ssl", "starttls", "none"]
mail = typer.Typer(no_args_is_help=True, help="Mail accounts for her to read from: add, list, remove.")
Address = Annotated[str, typer.Argument(help="The mail address.")]


@mail.command()
def add(
    context: typer.Context,
    address: Address,
    host: Annotated[str | None, typer.Option(help="The IMAP server, if she does not find it.")] = None,
    port: Annotated[int, typer.Option(help="Its port.")] = 993,
    security: Annotated[Security, typer.Option(help="none: only for a server on this computer.")] = "ssl",
    user: Annotated[str | None, typer.Option(help="The name to sign in with, if not the address.")] = None,
    out_host: Annotated[
        str | None, typer.Option(help="The server to send by, if she does not find it.")
    ] = None,
    out_port: Annotated[int, typer.Option(help="Its port; 465 is by TLS, others after STARTTLS.")] = 465,
    client: Annotated[
        str, typer.Option(help="Her number at a provider that takes no password (Microsoft).")
    ] = "",
    issuer: Annotated[
        str, typer.Option(help="Where one signs in there (OpenID Connect), if not known.")
    ] = "",
    scope: Annotated[str, typer.Option(help="What is asked for there.")] = "",
    person: Person = None,
) -> None:
    """Add an account: find its server, ask for the password or have you sign in at the provider's, try it."""

    def work(accounts: Accounts) -> None:
        from becoming.tools.mail import Account, MailError, find, find_out, signs_in, unread
        from becoming.tools.mail.oauth import allowed, renewed

        found = Account(address, host, port, security) if host else find(address)
        account = replace(found, user=user or address, client=client)
        account = replace(account, issuer=issuer or account.issuer, scope=scope or account.scope)
        if not account.issuer and (client or scope):
            raise MailError(
                "With --client, give --issuer and --scope, too: I don't know where one signs in there."
            )
        if out_host:
            after: Security = "none" if security == "none" else "starttls"
            outside: Security = "ssl" if out_port == 465 else after
            account = replace(account, out=out_host, out_port=out_port, out_security=outside)
        say(
            plain(
                f"Mail server: {account.host}, port {account.port}, {account.security}. {account.hint * (not client)}"
            )
        )
        if account.issuer:
            with console.status("Waiting until you allowed it there …"):
                kept = allowed(account, _show)
            password, _, kept = renewed(account, kept)
        else:
            kept = password = typer.prompt(f"Password for {address}", hide_input=True)
        with console.status("Signing in …"):
            count, _ = unread(account, password)
            try:
                account, sends = signs_in(find_out(account), password), ""
            except MailError as error:
                sends = f" But from it nothing can be sent: {error}"
        where, what = accounts.add(account, kept), "What signs me in" if account.issuer else "The password"
        say(f"It works: {count} unread of the last month. {what} is kept {where}.{plain(sends)}")

    with_accounts(context, person, _accounts, work)


def _show(page: str, code: str) -> None:
    say(plain(f"On any device, open {page} and enter the code {code}"))


def _accounts() -> type[Accounts]:
    from becoming.tools.mail import Accounts

    return Accounts


listed(mail, _accounts, "mail", "{0.address}  {0.host}, port {0.port}, {0.security}")
