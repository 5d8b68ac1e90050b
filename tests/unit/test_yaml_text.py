"""YAML is read by the fast parser, and no less safely."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from prompts.yaml_text import parse_yaml


def test_plain_values_come_out_as_what_they_are() -> None:
    text = "day: 2026-03-01\nnames: [독산, Doksan]\nwithin: 500\n"
    assert parse_yaml(text) == {"day": date(2026, 3, 1), "names": ["독산", "Doksan"], "within": 500}


def test_an_error_says_its_line() -> None:
    with pytest.raises(yaml.MarkedYAMLError) as failure:
        parse_yaml("a: 1\nb: [1\nc: 2\n")
    assert failure.value.problem_mark is not None
    assert failure.value.problem_mark.line == 2


def test_a_file_cannot_have_python_run() -> None:
    with pytest.raises(yaml.YAMLError, match="python/object"):
        parse_yaml("!!python/object/apply:os.getcwd []")
