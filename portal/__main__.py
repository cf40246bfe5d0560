"""The command line: `python -m portal …`. It puts the house together, so it alone looks up to `web`."""

import argparse
import asyncio
import getpass
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from db.engine import connect
from db.migrate import migrate
from portal import audit, keys
from portal.answers.templates import add_first_templates
from portal.errors import RuleBroken
from portal.messages.commands import add_first_message_types
from web import run as running
from web.council import SettingsError
from web.settings import Settings, read_settings


def main() -> int:
    """Run one command. Gives the exit status."""
    arguments = _parser().parse_args()
    try:
        settings = read_settings(os.environ)
    except SettingsError as error:
        print(f"The portal cannot start. {error}", file=sys.stderr)
        return 2
    keys.install(settings.secret_key)
    status: int = arguments.do(settings, arguments)
    return status


def _run(settings: Settings, arguments: argparse.Namespace) -> int:
    return running.run(settings, arguments.port)


def _serve(settings: Settings, arguments: argparse.Namespace) -> int:
    command = running.server_command(arguments.port, host=arguments.host, workers=arguments.workers)
    os.execv(command[0], command)


def _worker(settings: Settings, arguments: argparse.Namespace) -> int:
    command = running.worker_command()
    os.execv(command[0], command)


def _migrate(settings: Settings, arguments: argparse.Namespace) -> int:
    with running.database(settings) as ready:
        asyncio.run(migrate(ready.admin_database_url))
        asyncio.run(_first_message_types(ready))
    return 0


async def _first_message_types(settings: Settings) -> None:
    """A new service starts with the types of the council's file; later the team edits its own list."""
    async with connect(settings.admin_database_url, pool_size=1):
        await add_first_message_types(settings.council.message_types)
        await add_first_templates(now=datetime.now(UTC))


def _demo(settings: Settings, arguments: argparse.Namespace) -> int:
    if not settings.demo:
        print("The demo has to be asked for, because it fills the database: set PORTAL_DEMO=1.", file=sys.stderr)
        return 2
    with running.database(settings) as ready:
        running.prepare(ready)
        if arguments.size:
            _large_demo(ready, arguments.size)
    return 0


def _large_demo(settings: Settings, size: str) -> None:
    from portal.demo.large.build import SIZES, make_large_demo
    from portal.files.store import DiskStore

    types, files = settings.council.message_types, DiskStore(settings.files)
    addresses = (settings.database_url, settings.admin_database_url)
    made = asyncio.run(make_large_demo(*addresses, settings.secret_key, types, files, children=SIZES[size]))
    print(f"The demo is now as large as {size.title()}." if made else "The large demo is there already.")
    running.demo_data(settings)


def _audit_verify(settings: Settings, arguments: argparse.Namespace) -> int:
    async def verify(url: str) -> int | None:
        async with connect(url, pool_size=1):
            return await audit.first_broken_entry()

    with running.database(settings) as ready:
        broken = asyncio.run(verify(ready.database_url))
    print("The audit trail is whole." if broken is None else f"The audit trail is broken at entry {broken}.")
    return 0 if broken is None else 1


def _bounces(settings: Settings, arguments: argparse.Namespace) -> int:
    from portal.evidence import bounces

    async def note(url: str) -> int:
        async with connect(url, pool_size=1):
            now = datetime.now(UTC)
            if arguments.maildir:
                return await bounces.note_maildir(arguments.maildir, now=now)
            return await bounces.note(sys.stdin.buffer.read(bounces.MOST_BYTES), now=now)

    if arguments.maildir and not (arguments.maildir / "new").is_dir():
        print(f"{arguments.maildir} is no maildir: it has no folder “new”.", file=sys.stderr)
        return 2
    with running.database(settings) as ready:
        print(f"Emails that are now known to have come back: {asyncio.run(note(ready.database_url))}.")
    return 0


def _tasks(settings: Settings, arguments: argparse.Namespace) -> int:
    from portal.tasks import opening

    async def look(url: str) -> tuple[int, int]:
        async with connect(url, pool_size=1):
            return await opening.open_and_close(now=datetime.now(UTC))

    with running.database(settings) as ready:
        opened, closed = asyncio.run(look(ready.database_url))
    print(f"Tasks opened: {opened}. Tasks closed by themselves: {closed}.")
    return 0


def _add_staff(settings: Settings, arguments: argparse.Namespace) -> int:
    from portal.staff.commands import add_first_manager

    async def add(url: str, password: str) -> None:
        async with connect(url, pool_size=1):
            await add_first_manager(
                forename=arguments.forename,
                surname=arguments.surname,
                email=arguments.email,
                team_name=arguments.team,
                password=password,
                now=datetime.now(UTC),
            )

    password = getpass.getpass("Password (at least 15 characters): ")
    try:
        with running.database(settings) as ready:
            asyncio.run(add(ready.database_url, password))
    except RuleBroken as error:
        print(f"Nobody was added. {error.message}.", file=sys.stderr)
        return 1
    print(f"{arguments.email} can sign in at {settings.base_url}/staff/sign-in and add an authenticator app there.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="portal", description="The EHCP parent portal.")
    commands = parser.add_subparsers(required=True, metavar="command")
    port = int(os.environ.get("PORT", "8000"))

    run = commands.add_parser("run", help="everything on this machine: database, migrations, server and worker")
    run.set_defaults(do=_run, port=port)
    serve = commands.add_parser("serve", help="the web server only")
    serve.set_defaults(do=_serve)
    serve.add_argument("--port", type=int, default=port)
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--workers", type=int, default=2)
    commands.add_parser("worker", help="emails, scans and tidying").set_defaults(do=_worker)
    commands.add_parser("migrate", help="bring the database up to date").set_defaults(do=_migrate)
    demo = commands.add_parser("demo", help="the demo's people, and with --size a whole county")
    demo.set_defaults(do=_demo)
    demo.add_argument("--size", choices=["worcestershire"], default="")
    commands.add_parser("audit-verify", help="find the first broken audit entry").set_defaults(do=_audit_verify)
    bounces = commands.add_parser(
        "bounces", help="read reports of emails that came back, from a maildir or one from stdin"
    )
    bounces.set_defaults(do=_bounces)
    bounces.add_argument("maildir", nargs="?", type=Path)
    tasks = commands.add_parser("tasks", help="open and close tasks now; the worker does it every 15 minutes")
    tasks.set_defaults(do=_tasks)
    staff = commands.add_parser("add-staff", help="add the first manager; others are added on the page")
    staff.set_defaults(do=_add_staff)
    for name in ("forename", "surname", "email", "team"):
        staff.add_argument(name)
    return parser


if __name__ == "__main__":
    sys.exit(main())
