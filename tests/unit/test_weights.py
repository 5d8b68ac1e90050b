from __future__ import annotations

import hashlib
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.adapters.chat.weights import (
    QWEN_CODER_1_5B,
    PackagedWeights,
    checked_gguf,
    installed_parts,
    is_joined,
    join,
    local_weights,
)
from assistant.errors import ModelFileError
from assistant.settings import Settings

PARTS = [b"GGUF"] + [bytes([number]) * 1000 for number in range(1, 11)]  # 11: part 10 must follow 9, not 1


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "site-packages"
    for number, content in enumerate(PARTS, start=1):
        data = folder / f"tiny_model_part{number}" / "data"
        data.mkdir(parents=True)
        (data.parent / "__init__.py").write_text("raise RuntimeError('must not be imported')")
        (data / f"part{number:02}.bin").write_bytes(content)
    monkeypatch.syspath_prepend(folder)
    return folder


@pytest.fixture
def tiny() -> PackagedWeights:
    content = b"".join(PARTS)
    return PackagedWeights(
        "tiny.gguf", "tiny_model_part{}", len(PARTS), len(content), hashlib.sha256(content).hexdigest()
    )


@pytest.mark.usefixtures("packages")
def test_parts_are_joined_in_the_order_of_their_numbers(tiny: PackagedWeights, tmp_path: Path) -> None:
    assert not is_joined(tiny, tmp_path / "models")
    path = join(tiny, tmp_path / "models")
    assert path.read_bytes() == b"".join(PARTS)
    assert is_joined(tiny, tmp_path / "models")


def test_later_starts_read_neither_packages_nor_file(tiny: PackagedWeights, packages: Path, tmp_path: Path) -> None:
    path = join(tiny, tmp_path)
    written = path.stat()
    shutil.rmtree(packages)
    path.chmod(0)  # reading it again would fail, unless root
    assert join(tiny, tmp_path) == path
    assert path.stat().st_ino == written.st_ino


@pytest.mark.usefixtures("packages")
def test_another_hash_is_refused_and_nothing_is_left(tiny: PackagedWeights, tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match=f"SHA-256 is {tiny.sha256}, expected {'0' * 64}"):
        join(replace(tiny, sha256="0" * 64), tmp_path / "models")
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["tiny.gguf.lock"]


@pytest.mark.usefixtures("packages")
def test_a_file_that_changed_since_is_written_again(tiny: PackagedWeights, tmp_path: Path) -> None:
    path = join(tiny, tmp_path)
    path.write_bytes(b"GGUF, but cut short")
    assert join(tiny, tmp_path).read_bytes() == b"".join(PARTS)


def test_an_intact_copy_with_another_time_is_checked_not_rewritten(
    tiny: PackagedWeights, packages: Path, tmp_path: Path
) -> None:
    path = join(tiny, tmp_path)
    os.utime(path, (1, 1))
    shutil.rmtree(packages)
    assert join(tiny, tmp_path) == path
    assert is_joined(tiny, tmp_path)


@pytest.mark.usefixtures("packages")
def test_starts_at_the_same_time_share_one_file(tiny: PackagedWeights, tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        inodes = set(pool.map(lambda _: join(tiny, tmp_path).stat().st_ino, range(8)))
    assert len(inodes) == 1


def test_missing_packages_say_how_to_install_them(tiny: PackagedWeights, packages: Path, tmp_path: Path) -> None:
    shutil.rmtree(packages / "tiny_model_part3")
    (packages / "tiny_model_part7" / "data" / "part07.bin").unlink()
    with pytest.raises(
        ModelFileError, match=r"tiny-model-part3 … tiny-model-part7 \(2 packages\).*uv sync --extra local"
    ):
        join(tiny, tmp_path)


@pytest.mark.usefixtures("packages")
def test_a_full_disk_is_told_before_writing(tiny: PackagedWeights, tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match=r"needs .* GB in .* are free.*BUDONGI_HOME"):
        join(replace(tiny, size=10**18), tmp_path / "models")
    assert not list((tmp_path / "models").glob("*.partial"))


def test_the_published_model_is_the_one_expected() -> None:
    assert (QWEN_CODER_1_5B.parts, QWEN_CODER_1_5B.size) == (22, 1_117_320_768)
    try:
        parts = installed_parts(QWEN_CODER_1_5B)
    except ModelFileError as error:
        pytest.skip(str(error))
    assert sum(part.stat().st_size for part in parts) == QWEN_CODER_1_5B.size


@pytest.mark.parametrize(
    ("content", "problem"), [(None, "does not exist"), (b"", "is empty"), (b"PK\x03\x04 a zip", "is not a GGUF file")]
)
def test_a_file_that_is_no_gguf_is_refused(content: bytes | None, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelFileError, match=rf"{path} {problem}.*BUDONGI_CHAT_MODEL"):
        local_weights(Settings(home=tmp_path), path)


def test_a_folder_is_no_gguf(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="cannot be read"):
        checked_gguf(tmp_path)


def test_a_named_gguf_is_used_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(b"GGUF...")
    assert local_weights(Settings(home=tmp_path / "home"), path) == path
    assert not (tmp_path / "home").exists()
