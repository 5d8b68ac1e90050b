"""A suite as a task of inspect-ai: its runner, its logs (``inspect view``), our assistant and our scorers.

Nothing here opens a socket: the task's model is none, the solver is the assistant in this process, and inspect's own
servers, notifications and telemetry hooks are off.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.entrypoints.json_forms.answer import answer_json
from assistant.errors import BudongiError
from assistant.settings import set_for_libraries
from eval.data.cases import Case
from eval.running.answer_cache import Answered
from eval.scoring.scorers import SCORERS

if TYPE_CHECKING:
    from inspect_ai.dataset import Sample
    from inspect_ai.scorer import Scorer
    from inspect_ai.solver import Solver

RIGHT = "right"


class RunnerError(BudongiError):
    """A suite cannot be run, or was stopped; what was answered until then is kept."""


def inspect_suite(
    name: str,
    cases: Sequence[Case],
    ask: Callable[[Case, int], Answered],
    *,
    epochs: int = 1,
    at_once: int = 1,
    metadata: dict[str, Any],
    log_dir: Path,
) -> tuple[dict[tuple[str, int], Answered], Path]:
    """Ask every case ``epochs`` times, ``at_once`` at the same time; the answers by case id and epoch (from 1), and
    the log that was written.

    Raises:
        RunnerError: inspect-ai is not installed, or the run was interrupted.
        BudongiError: what ``ask`` raised.
    """
    # inspect calls a function that this variable names with every model call; we make none, and want none.
    set_for_libraries(INSPECT_TELEMETRY=None)
    try:
        from inspect_ai import Task
        from inspect_ai import eval as inspect_eval
        from inspect_ai.dataset import MemoryDataset
    except ImportError as error:
        raise RunnerError(
            f"Suites are run by inspect-ai, which cannot be imported ({error}). Install it with "
            "`uv sync --extra local --extra eval`, or let `make eval` do it."
        ) from error
    answered: dict[tuple[str, int], Answered] = {}
    failed: list[Exception] = []
    by_id = {case.id: case for case in cases}
    task = Task(
        dataset=MemoryDataset([_sample(case) for case in cases], name=name),
        solver=_assistant(by_id, ask, answered, failed),
        scorer=_scorer(by_id, answered),
        name=name,
    )
    levels = {logger: logger.level for logger in (logging.getLogger(), logging.getLogger("httpx"))}
    (log,) = inspect_eval(
        task,
        model=None,  # the solver never asks inspect for one
        epochs=epochs,
        max_samples=at_once,
        metadata=metadata,
        log_dir=str(log_dir),
        log_format="eval",
        log_realtime=False,
        display="none",
        log_level="warning",
        notification=False,
        acp_server=False,
        ctl_server=False,
        score_display=False,
    )
    for logger, level in levels.items():
        logger.setLevel(level)
    if failed:
        raise failed[0]
    if log.status != "success":
        raise RunnerError(
            f"The run stopped after {len(answered)} of {len(cases) * epochs} answers"
            f"{f' ({log.error.message})' if log.error else ''}. They are kept: the same command goes on from there."
        )
    return answered, Path(log.location)


def _sample(case: Case) -> Sample:
    from inspect_ai.dataset import Sample
    from inspect_ai.model import ChatMessageAssistant, ChatMessageUser

    said = [
        (ChatMessageUser if message.role == "user" else ChatMessageAssistant)(content=message.content)
        for message in case.history
    ]
    about = {"language": case.language, "kind": case.kind, "tags": list(case.tags), "gold": case.gold}
    return Sample(
        id=case.id,
        input=[*said, ChatMessageUser(content=case.question)],
        target=["; ".join(" or ".join(group) for group in case.expect.facts)],
        metadata={**about, "expect": asdict(case.expect)},
    )


def _assistant(
    cases: dict[str, Case],
    ask: Callable[[Case, int], Answered],
    answered: dict[tuple[str, int], Answered],
    failed: list[Exception],
) -> Solver:
    """Our assistant as inspect's solver, a turn to a thread."""
    import anyio.to_thread
    from inspect_ai.model import ModelOutput, ModelUsage
    from inspect_ai.solver import Generate, TaskState, solver

    @solver(name="budongi")
    def solvers() -> Solver:
        async def solve(state: TaskState, generate: Generate) -> TaskState:  # noqa: ARG001 - inspect's signature
            case = cases[str(state.sample_id)]
            try:
                given = await anyio.to_thread.run_sync(ask, case, state.epoch)
            except Exception as error:
                failed.append(error)
                raise
            answered[case.id, state.epoch] = given
            answer = given.answer
            state.output = ModelOutput.from_content(answer.model, answer.text)
            tokens = answer.usage.input_tokens, answer.usage.output_tokens
            state.output.usage = ModelUsage(input_tokens=tokens[0], output_tokens=tokens[1], total_tokens=sum(tokens))
            state.messages.append(state.output.message)
            state.metadata["answer"] = {**answer_json(answer), "seconds": round(given.seconds, 3)}
            return state

        return solve

    return solvers()


def _scorer(cases: dict[str, Case], answered: dict[tuple[str, int], Answered]) -> Scorer:
    """Our scorers as one of inspect's: a value for each, and ``right`` where all of them pass."""
    from inspect_ai.scorer import Score, Target, accuracy, scorer, stderr
    from inspect_ai.solver import TaskState

    @scorer(metrics={"*": [accuracy(), stderr()]}, name="budongi")
    def scorers() -> Scorer:
        async def score(state: TaskState, target: Target) -> Score:  # noqa: ARG001 - inspect's signature
            case = cases[str(state.sample_id)]
            answer = answered[case.id, state.epoch].answer
            found = {name: scorer(case, answer) for name, scorer in SCORERS.items()}
            value = {name: 0 if problem else 1 for name, problem in found.items()}
            why = "\n".join(f"{name}: {problem}" for name, problem in found.items() if problem)
            return Score(value={RIGHT: int(all(value.values())), **value}, answer=answer.text, explanation=why or None)

        return score

    return scorers()
