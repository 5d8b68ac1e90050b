"""``budongi prompts show`` prints what a model is sent."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from shipped import PROMPTS

from assistant.answering import prompting
from assistant.entrypoints.cli.prompts import prompts


@pytest.mark.parametrize("stage", [*prompting.STAGES, "general"])
@pytest.mark.parametrize(("role", "language"), [("user", "ko"), ("agent", "en")])
def test_the_static_part_is_shown_as_it_is_sent(role: str, stage: str, language: str) -> None:
    options = ["show", "--role", role, "--stage", stage, "--language", language]
    prompt = prompting.build(PROMPTS, role, language, (), "", stage=stage)  # type: ignore[arg-type]
    sent = prompt.messages()[:-1]
    assert len(sent) == 1 + 2 * len(prompt.examples)
    shown = json.loads(CliRunner().invoke(prompts, [*options, "--json"]).output)
    assert shown["messages"] == [{"role": who, "content": content} for who, content in sent]
    assert shown["version"] == prompt.version
    printed = CliRunner().invoke(prompts, options).output
    assert printed == f"version {prompt.version}\n" + "".join(f"\n--- {who}\n{content}\n" for who, content in sent)
