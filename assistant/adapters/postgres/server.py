"""The Postgres that everything is stored in: the one that ``BUDONGI_DATABASE_URL`` names, or an embedded one."""

from __future__ import annotations

import atexit
from types import TracebackType
from typing import Self
from urllib.parse import quote

import psycopg
from psycopg.conninfo import conninfo_to_dict

from assistant.adapters.postgres.embedded.cluster import EmbeddedPostgres
from assistant.adapters.postgres.queries import query
from assistant.errors import SettingsError, StoreError
from assistant.settings import Settings

CONNECT_TIMEOUT = 5  # seconds
MINIMUM_PGVECTOR = (0, 7)  # the first with halfvec
MEND_PGVECTOR = (
    "Install pgvector 0.7 or newer on that server (https://github.com/pgvector/pgvector#installation), or unset "
    "BUDONGI_DATABASE_URL to use the embedded Postgres, which has it."
)


class Postgres:
    """A reachable Postgres with pgvector. ``url`` is a libpq conninfo; it may hold a password, so do not show it.

    Close it, or use it as a context manager: the last process to close the embedded one stops it.
    """

    def __init__(self, url: str, embedded: EmbeddedPostgres | None = None) -> None:
        self.url = url
        self._embedded = embedded
        atexit.register(self.close)

    def reach(self) -> str:
        """``url``, to be asked for at every new connection: an embedded server that has ended is started again first.

        Raises:
            StoreError: it cannot be started.
        """
        return self.url if self._embedded is None else self._embedded.reach()

    def close(self) -> None:
        """Stop using it. May be called twice."""
        atexit.unregister(self.close)
        if self._embedded is not None:
            self._embedded.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_postgres(settings: Settings) -> Postgres:
    """Start the embedded Postgres, or check that the configured one can be used.

    Raises:
        StoreError: it cannot be started or reached, or lacks what budongi needs; never shows a password.
    """
    if settings.database_url is None:
        embedded = EmbeddedPostgres(settings.home)
        embedded.open()
        return Postgres(embedded.url, embedded)
    _check(settings.database_url)
    return Postgres(settings.database_url)


def _check(url: str) -> None:
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        # libpq's own message repeats the text, password and all.
        raise SettingsError(
            "BUDONGI_DATABASE_URL is not a Postgres URL. Write it as postgresql://USER:PASSWORD@HOST:5432/DATABASE, "
            "with special characters in the password percent-encoded, or unset it to use the embedded Postgres."
        ) from None
    where = f"host {parts.get('host') or 'localhost'}, port {parts.get('port') or 5432}"
    try:
        with psycopg.connect(url, connect_timeout=CONNECT_TIMEOUT, autocommit=True) as connection:
            encoding, version = connection.execute(query("server_check")).fetchone() or ("", None)
    except psycopg.OperationalError as error:
        reason = _without_secret(" ".join(str(error).split()), str(parts.get("password") or ""))
        raise StoreError(
            f"The Postgres of BUDONGI_DATABASE_URL ({where}) cannot be used: {reason.rstrip('.')}. Start it or correct "
            "the URL, or unset BUDONGI_DATABASE_URL to use the embedded Postgres."
        ) from None
    if encoding != "UTF8":
        raise StoreError(
            f"The database of BUDONGI_DATABASE_URL ({where}) has encoding {encoding}, which cannot hold Korean and "
            "English text safely. Create one with ENCODING 'UTF8' and name it in the URL."
        )
    if version is None:
        raise StoreError(f"The Postgres of BUDONGI_DATABASE_URL ({where}) has no pgvector. {MEND_PGVECTOR}")
    if tuple(int(part) for part in version.split(".")[:2]) < MINIMUM_PGVECTOR:
        raise StoreError(
            f"The Postgres of BUDONGI_DATABASE_URL ({where}) has pgvector {version}, which is too old. {MEND_PGVECTOR}"
        )


def _without_secret(text: str, secret: str) -> str:
    for form in filter(None, (secret, quote(secret, safe=""))):
        text = text.replace(form, "***")
    return text
