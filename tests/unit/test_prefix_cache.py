from __future__ import annotations

import os
from pathlib import Path

from assistant.adapters.chat.prefix_cache import KEPT, PrefixFiles, prefix_key


def _kept(files: PrefixFiles, key: str, content: bytes) -> Path:
    written = files.new()
    written.write_bytes(content)
    files.keep(written, key)
    found = files.find(key)
    assert found is not None
    return found


def test_what_was_kept_is_found_again_also_by_another_process(tmp_path: Path) -> None:
    path = _kept(PrefixFiles(tmp_path), "a", b"state")
    assert path.read_bytes() == b"state"
    assert PrefixFiles(tmp_path).find("a") == path
    assert PrefixFiles(tmp_path).find("b") is None
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_cut_short_is_not_used(tmp_path: Path) -> None:
    path = _kept(PrefixFiles(tmp_path), "a", b"state")
    path.write_bytes(b"sta")
    assert PrefixFiles(tmp_path).find("a") is None
    assert not path.exists()


def test_the_files_not_used_for_longest_go_first(tmp_path: Path) -> None:
    files = PrefixFiles(tmp_path)
    for number in range(KEPT):
        os.utime(_kept(files, f"k{number}", b"state"), (number, number))
    assert files.find("k0") is not None  # used again: now k1 is the oldest
    _kept(files, "new", b"state")
    assert files.find("k1") is None
    assert files.find("k0") is not None
    assert len(list(tmp_path.iterdir())) == KEPT


def test_keys_tell_where_one_part_ends() -> None:
    assert prefix_key("ab", "c") != prefix_key("a", "bc")
    assert prefix_key("ab", "c") == prefix_key("ab", "c")
