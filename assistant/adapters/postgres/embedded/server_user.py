"""Which operating-system user the embedded Postgres runs as, and how to become that user.

Postgres refuses to run as uid 0, and containers mostly run as root. Root therefore starts it as the existing user
``nobody`` through ``setpriv`` (util-linux), with at most one capability: the one that lets it pass through directories
such as ``/root`` (0700) without changing the mode of anything.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import StoreError

UNPRIVILEGED = "nobody"
# Least privilege first. Docker's default set has only the last one.
CAPABILITIES = ("", "dac_read_search", "dac_override")
SETPRIV_FAILED = 127  # its own exit code; what it starts gives others
MEND = (
    "Set BUDONGI_HOME to a folder that every user may pass through, run budongi as an ordinary user, "
    "or set BUDONGI_DATABASE_URL to a Postgres with pgvector."
)


@dataclass(frozen=True, slots=True)
class ServerUser:
    """``name`` owns the data directory; a command with ``prefix`` before it runs as that user."""

    name: str
    uid: int
    gid: int
    prefix: tuple[str, ...] = ()


def server_user(*, executables: Sequence[Path], readable: Sequence[Path]) -> ServerUser:
    """The user to run Postgres as: oneself, or for root an unprivileged user that can reach all these paths.

    Raises:
        StoreError: there is no such user, or it cannot reach the paths.
    """
    uid = os.geteuid()
    if uid != 0:
        return ServerUser(_entry(uid).pw_name, uid, os.getegid())
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise StoreError(
            "budongi runs as root, Postgres refuses to, and `setpriv` (util-linux), which starts it as another user, "
            f"is not installed. Install util-linux. {MEND}"
        )
    try:
        entry = pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        raise StoreError(
            f"budongi runs as root, Postgres refuses to, and there is no user {UNPRIVILEGED!r} to run it as. {MEND}"
        ) from None
    tests = [word for path in executables for word in ("-a", "-x", str(path))]
    tests += [word for path in readable for word in ("-a", "-r", str(path), "-a", "-x", str(path))]
    for capability in CAPABILITIES:
        prefix = _prefix(setpriv, entry, capability)
        # test(1) asks access(2), as Postgres itself does, so what passes here passes there.
        tried = subprocess.run([*prefix, "test", *tests[1:]], capture_output=True, text=True, errors="replace")
        if tried.returncode == 0:
            return ServerUser(entry.pw_name, entry.pw_uid, entry.pw_gid, prefix)
        if not capability and tried.returncode == SETPRIV_FAILED:
            raise StoreError(
                f"budongi runs as root, Postgres refuses to, and this system does not let root become {UNPRIVILEGED!r} "
                f"({tried.stderr.strip()}). Run budongi as an ordinary user, or set BUDONGI_DATABASE_URL to a Postgres "
                "with pgvector."
            )
    paths = " and ".join(str(path) for path in (*executables, *readable))
    raise StoreError(
        f"budongi runs as root and starts Postgres as the user {UNPRIVILEGED!r}, which cannot reach {paths}: a folder "
        f"above is closed to other users, and this system does not let root lend the right to pass. {MEND}"
    )


def _entry(uid: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        raise StoreError(
            f"budongi runs as uid {uid}, which has no name in the password database, and Postgres refuses to run "
            "without one. Run budongi as a named user, or set BUDONGI_DATABASE_URL to a Postgres with pgvector."
        ) from None


def _prefix(setpriv: str, entry: pwd.struct_passwd, capability: str) -> tuple[str, ...]:
    user = (setpriv, "--reuid", str(entry.pw_uid), "--regid", str(entry.pw_gid), "--clear-groups")
    if not capability:
        return (*user, "--inh-caps", "-all", "--bounding-set", "-all", "--")
    return (
        *user,
        # Without it the kernel ignores capabilities in access(2), which Postgres calls to find its own files.
        *("--securebits", "+no_setuid_fixup"),
        *("--inh-caps", f"-all,+{capability}"),
        *("--ambient-caps", f"-all,+{capability}"),
        *("--bounding-set", f"-all,+{capability}"),
        "--",
    )
