"""What tests of every kind may use, and which of them share a process where they run in several."""

import gc

import pytest
from fixtures_local_model import local_model_home
from xdist.scheduler import LoadFileScheduling

__all__ = ["local_model_home"]

# Modules and collected tests stay to the end: to look through them for garbage again and again took a fifth of the
# processor's time of unit tests.
gc.set_threshold(20_000, 20, 20)

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


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadFileScheduling:
    return _Scheduling(config, log)
