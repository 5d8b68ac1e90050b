from __future__ import annotations

from shipped import PROMPTS

from assistant.answering.prompting import build
from assistant.domain import Evidence
from eval.data.cases import load, suite_path
from eval.perf.machine import spread
from eval.perf.stand_ins import Cold, Echo
from eval.perf.turn import PER_LANGUAGE, answerable


def evidence(n: int, quote: str) -> Evidence:
    return Evidence(n, "housing:1", "1", "1:0", "한빛마루 자이", "Hanbit Maru Xi", "move_in", quote, quote)


def test_the_echo_writes_the_evidence_with_its_numbers() -> None:
    prompt = build(PROMPTS, "user", "ko", [evidence(1, "3월입니다."), evidence(2, "300세대입니다.")], "입주는?")
    *deltas, last = Echo().stream(prompt, max_tokens=9)
    assert "".join(delta.text for delta in deltas) == "3월입니다. [1]\n300세대입니다. [2]\n"
    assert last.usage is not None


def test_a_cold_model_gets_another_system_text_and_the_same_question() -> None:
    class Recording(Echo):
        systems: list[str]

        def stream(self, prompt, *, max_tokens, timeout=None):  # type: ignore[no-untyped-def]
            self.systems = [prompt.system]
            return super().stream(prompt, max_tokens=max_tokens, timeout=timeout)

    model, prompt = Recording(), build(PROMPTS, "user", "ko", [evidence(1, "3월입니다.")], "입주는?")
    deltas = list(Cold(model, "a1").stream(prompt, max_tokens=9))
    assert deltas[0].text == "3월입니다. [1]\n"
    assert model.systems[0].endswith(prompt.system)
    assert not model.systems[0].startswith(prompt.system[:5])


def test_the_chat_model_is_timed_in_both_languages_on_questions_that_have_an_answer() -> None:
    chosen = answerable([case for case in load(suite_path("smoke")) if not case.history])
    assert [case.language for case in chosen] == ["ko"] * PER_LANGUAGE + ["en"] * PER_LANGUAGE
    assert not any(case.expect.abstain for case in chosen)
    assert len({case.id for case in chosen}) == len(chosen)


def test_a_spread_says_how_many_values_it_is_of() -> None:
    assert spread([1.0, 2.0, 3.0], "s").split() == ["median", "2.00", "s", "p95", "2.90", "s", "n", "=", "3"]
    assert spread([], "ms") == "not measured"
