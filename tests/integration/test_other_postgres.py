"""What stands before a Postgres of one's own: pgbouncer, which pools transactions; and one that takes no changes."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from command_line import CommandLine, write_lines
from ingest_run import write_faqs
from psycopg import sql
from psycopg.conninfo import make_conninfo

from assistant.adapters.postgres.server import Postgres, open_postgres
from assistant.settings import Settings

DATABASE = "of_ones_own"
OF_ANOTHER_VERSION = "UPDATE repeatable SET sha256 = ''"  # its function of the store is not the one of this version
TRIES = 20  # of connecting, at most three seconds each


@pytest.fixture(scope="module")
def own_postgres() -> Iterator[Postgres]:
    """A server whose socket another user than root can reach, given the right: pgbouncer does not run as root."""
    home = Path(tempfile.mkdtemp())
    home.chmod(0o755)
    with open_postgres(Settings(home=home)) as postgres:
        yield postgres
    shutil.rmtree(home)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    write_faqs(folder / "faq.jsonl", {f"F{n}": f"답 {n}입니다. 신청은 창구에서 합니다." for n in range(4)})
    return folder


@pytest.fixture(scope="module")
def filled(own_postgres: Postgres, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    """The command line of one whose database ``DATABASE`` holds a few help entries."""
    budongi = CommandLine(tmp_path_factory.mktemp("home"))
    with psycopg.connect(own_postgres.url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(DATABASE)))
        stored = budongi("ingest", folder, BUDONGI_DATABASE_URL=make_conninfo(own_postgres.url, dbname=DATABASE))
        assert stored.code == 0, stored.printed
        yield budongi
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(DATABASE)))


@pytest.fixture(scope="module")
def pooled(own_postgres: Postgres) -> Iterator[str]:
    """The database by way of pgbouncer, where two transactions in a row are hardly ever in one session."""
    program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("pgbouncer is not installed (Debian and Ubuntu: apt-get install pgbouncer)")
    parameters = psycopg.conninfo.conninfo_to_dict(own_postgres.url)
    sockets = Path(str(parameters["host"]))
    owner = pwd.getpwuid(sockets.stat().st_uid).pw_name
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    settings = folder / "pgbouncer.ini"
    settings.write_text(
        f"[databases]\n* = host={sockets} user={parameters['user']}\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = any\n"
        "pool_mode = transaction\ndefault_pool_size = 5\nserver_round_robin = 1\n"
    )
    settings.chmod(0o644)
    command = [program, *(["-u", owner] if os.geteuid() == 0 else []), str(settings)]
    if os.geteuid() == 0:
        # It does not run as root: let the user that Postgres runs as in.
        with psycopg.connect(own_postgres.url, autocommit=True) as connection:
            (data,) = connection.execute("SHOW data_directory").fetchone() or ("",)
            with Path(data, "pg_ident.conf").open("a") as idents:
                idents.write(f'home "{owner}" {parameters["user"]}\n')
            connection.execute("SELECT pg_reload_conf()")
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        url = f"postgresql://{parameters['user']}@127.0.0.1:{port}/{DATABASE}"
        for _ in range(TRIES):
            if process.poll() is not None or _answers(url):
                break
            time.sleep(0.1)
        else:
            pytest.fail((folder / "log").read_text())
        assert process.poll() is None, (folder / "log").read_text()
        yield url
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder)


def _answers(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            return connection.execute("SELECT true").fetchone() == (True,)
    except psycopg.OperationalError:
        return False


def test_through_pgbouncer(filled: CommandLine, pooled: str, tmp_path: Path, own_postgres: Postgres) -> None:
    there = {"BUDONGI_DATABASE_URL": pooled}
    more = tmp_path / "more.jsonl"
    write_faqs(more, {f"G{n}": f"다른 답 {n}입니다." for n in range(3)})
    with psycopg.connect(make_conninfo(own_postgres.url, dbname=DATABASE), autocommit=True) as connection:
        connection.execute(OF_ANOTHER_VERSION)
    stored = filled("ingest", more, **there)
    assert stored.code == 0, stored.printed
    assert "Stored: 3 added" in stored.stdout
    questions = [{"id": f"q{n}", "question": f"질문 F{n % 4}?"} for n in range(12)]
    given = write_lines(tmp_path / "questions.jsonl", questions)
    found = filled("search", "--batch", given, "--out", tmp_path / "found.jsonl", **there)
    assert found.code == 0, found.printed
    answered = filled("ask", "--batch", given, "--out", tmp_path / "answers.jsonl", **there)
    assert answered.code == 0, answered.printed
    worked = filled("ingest", "worker", "--until-idle", "--processes", "1", **there)
    assert worked.code == 0, worked.printed
    verified = filled("ingest", "verify", **there)
    assert verified.code == 0, verified.printed
    with psycopg.connect(own_postgres.url) as connection:
        assert connection.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").fetchone() == (0,)


def test_a_postgres_that_takes_no_changes(filled: CommandLine, own_postgres: Postgres, tmp_path: Path) -> None:
    there = {"BUDONGI_DATABASE_URL": make_conninfo(own_postgres.url, dbname=DATABASE)}
    write_faqs(tmp_path / "more.jsonl", {"H1": "또 다른 답입니다."})
    with psycopg.connect(own_postgres.url, autocommit=True) as connection:
        setting = sql.SQL("ALTER DATABASE {} SET default_transaction_read_only = {}")
        connection.execute(setting.format(sql.Identifier(DATABASE), sql.SQL("on")))
        try:
            found = filled("search", "질문 F1?", "--json", **there)
            assert found.code == 0, found.printed
            answered = filled("ask", "질문 F1?", **there)
            assert answered.code == 0, answered.printed
            assert "답 1입니다" in answered.stdout
            refused = filled("ingest", tmp_path / "more.jsonl", **there)
            assert refused.code == 1
            assert "takes no changes" in refused.paragraph
            assert "BUDONGI_DATABASE_URL" in refused.paragraph
            assert "read-only" in filled("doctor", **there).stdout
        finally:
            connection.execute(setting.format(sql.Identifier(DATABASE), sql.SQL("off")))


def test_a_user_who_may_only_read(filled: CommandLine, own_postgres: Postgres) -> None:
    owner = make_conninfo(own_postgres.url, dbname=DATABASE)
    reader = {"BUDONGI_DATABASE_URL": make_conninfo(owner, options="-c role=reader")}
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("CREATE ROLE reader")
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
        assert filled("search", "질문 F1?", "--json", **reader).code == 0
        connection.execute(OF_ANOTHER_VERSION)
    refused = filled("search", "질문 F1?", **reader)
    assert refused.code == 1
    assert "its user may not change it: permission denied" in refused.paragraph
    assert "`budongi doctor` once as the user who owns its tables" in refused.paragraph
    assert filled("doctor", BUDONGI_DATABASE_URL=owner).code == 0
    assert filled("search", "질문 F1?", "--json", **reader).code == 0
