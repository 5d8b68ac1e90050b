"""What tests of every kind may use, and which of them share a process where they run in several."""

import gc
import os
from pathlib import Path

import pytest
from fixtures_local_model import local_model_home
from xdist.scheduler import LoadFileScheduling

__all__ = ["local_model_home"]

# Modules and collected tests stay to the end: to look through them for garbage again and again took a fifth of the
# processor's time of unit tests.
gc.set_threshold(20_000, 20, 20)

UNIT = Path(__file__).with_name("unit")
CORES_WORTH_IT = 4

# Two local models at once on two cores take far more than twice as long.
WITH_LOCAL_MODEL = ("test_browser.py", "test_eval_gates.py", "test_joining.py", "test_local_model.py")


class _Scheduling(LoadFileScheduling):
    """Tests of one file share what they start, and so one process; those of ``WITH_LOCAL_MODEL`` do as well."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return "local model" if file.endswith(WITH_LOCAL_MODEL) else file


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """How many ``-n auto`` is: none for unit tests alone on few cores.

    Each process imports everything and collects all tests again, a quarter of what the tests themselves take.
    """
    asked = [Path(argument.partition("::")[0]).resolve() for argument in config.args]
    alone = bool(asked) and all(path.is_relative_to(UNIT) for path in asked)
    return 0 if alone and (os.cpu_count() or 1) < CORES_WORTH_IT else None


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadFileScheduling:
    return _Scheduling(config, log)
