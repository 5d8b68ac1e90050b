"""Slack: off by default, refused where something is missing, and text that Slack takes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.domain import Answer, Citation, Question, Understanding, Usage
from assistant.entrypoints import server
from assistant.entrypoints.chat.slack import MOST_LETTERS, MOST_THREADS, conversation_of, slack_messages
from assistant.entrypoints.chat.texts import texts
from assistant.errors import SettingsError
from assistant.settings import Settings

ANSWER = Answer(
    Question("q"), "금천구 <단지> & 공원 [1]", Understanding("q", "ko", "housing", "explore"),
    abstained=False, degraded=False, entities=(), citations=(Citation(1, "2024", "c", "e", "공원이 있습니다."),),
    dropped=(), prompt_version="", model="none", timings_ms={}, usage=Usage(),
)  # fmt: skip


def test_slack_is_off_by_default_and_needs_both_secrets() -> None:
    assert Settings.from_environment({"SLACK_BOT_TOKEN": "xoxb-1"}).slack == "off"
    with pytest.raises(SettingsError, match="SLACK_SIGNING_SECRET is not set"):
        Settings.from_environment({"BUDONGI_SLACK": "on", "SLACK_BOT_TOKEN": "xoxb-1"})
    with pytest.raises(SettingsError, match="BUDONGI_SLACK is 'yes'"):
        Settings.from_environment({"BUDONGI_SLACK": "yes"})


def test_missing_library_is_an_error_that_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "find_spec", lambda _name: None)
    with pytest.raises(SettingsError, match="--extra slack"):
        server.require_slack()


def test_answer_has_its_citations_and_nothing_that_slack_would_read_as_a_link() -> None:
    (message,) = slack_messages(ANSWER, texts("ko"))
    assert message.startswith("금천구 &lt;단지&gt; &amp; 공원 [1]")
    assert message.endswith("[1] 공원이 있습니다. (2024)")


def test_long_answer_is_sent_in_pieces_of_whole_lines() -> None:
    lines = [f"{number}: {'공' * 200}" for number in range(40)]
    messages = list(slack_messages(replace(ANSWER, text="\n".join(lines)), texts("ko")))
    assert len(messages) > 1
    assert all(len(message) <= MOST_LETTERS for message in messages)
    assert [line for message in messages for line in message.splitlines()][:40] == lines


def test_threads_are_apart_and_the_oldest_is_forgotten() -> None:
    first = conversation_of("0")
    assert conversation_of("0") is first
    for number in range(1, MOST_THREADS + 1):
        conversation_of(str(number))
    assert conversation_of("0") is not first
