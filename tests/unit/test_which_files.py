"""Which files a run reads: links are followed within what was given, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import SourceError
from ingest.sources import finding


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """``data`` with two files, and ``elsewhere`` with another, side by side."""
    for name in ("data/a.md", "data/inner/b.md", "elsewhere/secret.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path / "data"


def found(*paths: Path) -> tuple[list[str], list[SourceError]]:
    """Names of what is read, and what is refused."""
    errors: list[SourceError] = []
    names = [name for _, name in finding.files(paths, (".md",), lambda *_: None, errors.append)]
    return names, errors


def test_a_link_out_of_the_folder_is_refused_and_named(folder: Path) -> None:
    (folder / "c.md").symlink_to(folder.parent / "elsewhere/secret.md")
    (folder / "d").symlink_to(folder.parent / "elsewhere")
    names, errors = found(folder)
    assert names == ["a.md", "inner/b.md"]
    assert {error.path for error in errors} == {str(folder / "c.md"), str(folder / "d")}
    for error in errors:
        assert "leads out of what was given" in str(error)


def test_a_folder_that_begins_alike_is_outside(folder: Path) -> None:
    (folder.parent / "data-private").mkdir()
    (folder.parent / "data-private/x.md").write_text("x")
    (folder / "c.md").symlink_to("../data-private/x.md")
    assert len(found(folder)[1]) == 1


def test_a_link_by_way_of_another_is_refused_too(folder: Path) -> None:
    (folder / "c").symlink_to("d")
    (folder / "d").symlink_to("inner/../../elsewhere")
    names, errors = found(folder)
    assert names == ["a.md", "inner/b.md"]
    assert len(errors) == 2


def test_a_link_between_two_given_paths_is_followed_and_each_file_read_once(folder: Path) -> None:
    (folder / "0.md").symlink_to("a.md")
    (folder / "d").symlink_to(folder.parent / "elsewhere")
    other = folder.parent / "elsewhere"
    for given in ((folder, other), (other, folder)):
        names, errors = found(*given)
        assert (sorted(names), errors) == (["a.md", "inner/b.md", "secret.md"], [])


def test_folders_that_link_to_each_other_end(folder: Path) -> None:
    (folder / "inner/up").symlink_to("..")
    (folder / "self").symlink_to(".")
    assert found(folder) == (["a.md", "inner/b.md"], [])


def test_what_lies_in_a_hidden_folder_is_read_where_a_link_names_it(folder: Path) -> None:
    """So are the files that Kubernetes mounts."""
    hidden = folder / "..2026/sub"
    hidden.mkdir(parents=True)
    (hidden.parent / "c.md").write_text("c")
    (hidden / "d.md").write_text("d")
    (folder / "..data").symlink_to("..2026")
    (folder / "c.md").symlink_to("..data/c.md")
    (folder / "sub").symlink_to("..data/sub")
    assert found(folder) == (["a.md", "inner/b.md", "c.md", "sub/d.md"], [])


def test_a_path_that_is_given_may_be_a_link_to_anywhere(folder: Path) -> None:
    (folder / "c.md").symlink_to(folder.parent / "elsewhere/secret.md")
    (folder.parent / "link").symlink_to(folder)
    assert found(folder / "c.md") == (["secret.md"], [])
    names, errors = found(folder.parent / "link", folder / "c.md")
    assert (sorted(names), errors) == (["a.md", "inner/b.md", "secret.md"], [])
