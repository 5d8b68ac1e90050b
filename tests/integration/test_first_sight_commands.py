"""`budongi eval first-sight`, from a file of questions to a report, by the real command."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from command_line import CommandLine

ROWS = [
    {"id": "q1", "kind": "rule", "language": "ko", "turns": [{"question": "국민평형이 뭐야?", "expect": "84㎡"}]},
    {
        "id": "c1",
        "kind": "search",
        "language": "en",
        "turns": [
            {"question": "Apartments in Gwangmyeong", "expect": "lists homes in Gwangmyeong"},
            {"question": "the cheapest one?", "expect": "the cheapest of Gwangmyeong, with its price"},
        ],
    },
]


def test_from_a_file_of_questions_to_a_report(samples: Path, tmp_path: Path) -> None:
    def budongi(*arguments: str, code: int = 0) -> str:
        done = CommandLine(samples)("eval", "first-sight", *arguments, "--sets", sets)
        assert done.code == code, done.printed
        return done.printed

    sets, forms, filled = tmp_path / "sets", tmp_path / "forms.jsonl", tmp_path / "filled.jsonl"
    (tmp_path / "new.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    budongi("new", str(tmp_path / "new.jsonl"), "--name", "tiny", "--writer", "a test", "--shown", "nothing")
    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "--quiet"], check=True)
    assert "not committed" in budongi("answer", "tiny", code=1)
    subprocess.run([*git, "add", "sets"], check=True)
    subprocess.run([*git, "commit", "--quiet", "-m", "set"], check=True)
    budongi("answer", "tiny")
    assert "already" in budongi("answer", "tiny", code=1)

    budongi("judge", "tiny", "--judge", "one", "--export", str(forms), "--page", str(tmp_path / "page.html"))
    read = [json.loads(line) for line in forms.read_text(encoding="utf-8").splitlines()]
    assert [form["form"] for form in read] == ["q1.1", "c1.1", "c1.2"]
    assert all(form["answers"][0]["evidence"] for form in read)
    assert read[2]["answers"][0]["earlier"] == [read[1]["answers"][0]["answer"]]
    verdicts = ("right", "right", "condition dropped")
    rows = [
        {"form": form["form"], "key": form["key"], "verdicts": {"A": one}}
        for form, one in zip(read, verdicts, strict=True)
    ]
    filled.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    budongi("judge", "tiny", "--judge", "one", "--import", str(filled))
    told = json.loads(budongi("report", "--json"))
    assert told["known"]["trees"] == []
    assert [one["set"] for one in map(json.loads, budongi("list", "--json").splitlines())] == ["tiny"]
    assert "every turn" in budongi("judge", "tiny", "--judge", "one")
    budongi("judge", "tiny", "--judge", "../one", code=2)
    (tree,) = told["trees"].values()
    assert tree["right"]["first turns"]["mean"] == 1
    assert tree["right"]["later turns"]["mean"] == 0
    assert tree["verdicts"] == {"right": 2, "condition dropped": 1}
    assert "tiny: 3 turns" in budongi("list")
