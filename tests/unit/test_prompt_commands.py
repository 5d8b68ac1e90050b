"""``budongi prompts show`` prints what a model is sent."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from assistant.prompt_commands import prompts
from prompts.loader import read_role


@pytest.mark.parametrize("role", ["user", "agent"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_static_part_is_shown_whole(role: str, language: str) -> None:
    shown = CliRunner().invoke(prompts, ["show", "--role", role, "--language", language]).output
    file = read_role(role, language)
    for question, answer in file.examples:
        assert f"--- user\n{question}" in shown
        assert f"--- assistant\n{answer}" in shown
    assert shown.startswith("version ")
    assert "$facts" not in shown
    assert shown.count("--- user") == len(file.examples)
