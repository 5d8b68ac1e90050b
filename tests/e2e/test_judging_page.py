"""The page on which answers are judged at first sight, filled in by keyboard alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from playwright.sync_api import Browser

from eval.first_sight.judging import forms, key_of, page, read_filled
from eval.first_sight.questions import Conversation, Manifest, Turn

MANIFEST = Manifest("first", date(2026, 12, 1), "somebody", "the page", "", "seed")
ASKED = [
    Conversation("q1", "fact", "en", (Turn("Move-in of Gaon?", "<b>May</b> 2026"),)),
    Conversation("c1", "search", "ko", (Turn("공원 옆", "lists homes"), Turn("더 싼 데", "cheaper first"))),
]
TURNS = ("q1.1", "c1.1", "c1.2")


def test_verdicts_given_by_keys_are_those_that_are_imported(browser: Browser, tmp_path: Path) -> None:
    answers = {
        tree: {
            turn: {"answer": f"</script> to {turn}", "citations": [{"n": 1, "quote": "a quote"}], "next": None}
            for turn in TURNS
        }
        for tree in ("before", "after")
    }
    made, key = forms(MANIFEST, ASKED, answers, "ann"), key_of(MANIFEST, answers, "ann")
    (tmp_path / "forms.html").write_text(page(made, key), encoding="utf-8")
    opened = browser.new_page()
    opened.goto((tmp_path / "forms.html").as_uri())
    assert opened.inner_text("#expect") == "<b>May</b> 2026"
    for keys in (["4", "4", "0", "1", "4", "a", "Enter"], ["2", "3", "=", "Enter"], ["6", "5", "b"]):
        for one in keys:
            opened.keyboard.press(one)
    assert opened.inner_text("#at") == "3 of 3, 2 judged"
    with opened.expect_download() as saved:
        opened.click("#save")
    saved.value.save_as(tmp_path / "verdicts.jsonl")
    opened.close()

    judged = {(one.turn, one.tree): one for one in read_filled(tmp_path / "verdicts.jsonl", made, key)}
    told = [[judged[form.form, tree].verdict for tree in form.trees] for form in made]
    assert told == [["right", "wrong"], ["partly", "condition dropped"], ["invented", "wrongly declined"]]
    assert [judged[form.form, form.trees[0]].preferred for form in made] == [1, 0.5, 0]
