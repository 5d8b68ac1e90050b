"""Where the embedded Postgres keeps its socket: a directory only its own user may enter, with a short enough path."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from assistant.adapters.postgres.embedded.server_user import ServerUser
from assistant.errors import StoreError

MAX_SOCKET_PATH = 100  # bytes; sun_path holds 104 to 108, with the trailing NUL


def socket_directory(folder: Path) -> Path:
    """``run`` in this folder; where that is too long for a socket's path, in a folder of ours in the temporary one."""
    socket_dir = folder / "run"
    if len(os.fsencode(socket_dir / ".s.PGSQL.5432")) <= MAX_SOCKET_PATH:
        return socket_dir
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir(), f"budongi-{name}", "run")


def private_directory(path: Path, user: ServerUser) -> None:
    """Make ``path`` a directory that only ``user`` may enter."""
    parent = path.parent
    if parent.name.startswith("budongi-") and parent.parent == Path(tempfile.gettempdir()):
        # Anybody may create names in the temporary directory: whoever owns this one could swap our socket.
        parent.mkdir(mode=0o711, exist_ok=True)
        status = parent.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid() or status.st_mode & 0o022:
            raise StoreError(
                f"{parent}, where the embedded Postgres keeps its socket, was created by somebody else. Remove it, or "
                "set BUDONGI_HOME to a folder with a shorter path."
            )
    path.mkdir(mode=0o700, exist_ok=True)
    path.chmod(0o700)
    if path.stat().st_uid != user.uid:
        os.chown(path, user.uid, user.gid)
