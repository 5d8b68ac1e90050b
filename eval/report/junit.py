"""A run as JUnit XML, which build servers read: a test case a question, a test suite a kind."""

from __future__ import annotations

from itertools import groupby
from xml.etree import ElementTree

from eval.report.run_file import ToldRun

# What XML cannot hold, even escaped: control characters but tab and line ends.
_FORBIDDEN = {code: None for code in range(32) if code not in (9, 10, 13)}


def junit(run: ToldRun) -> str:
    """The XML text; a question that a chat model failed on is an error, a wrong answer a failure."""
    root = ElementTree.Element("testsuites", name=run.name)
    outcomes = sorted(run.outcomes, key=lambda one: one.kind)
    for kind, group in groupby(outcomes, key=lambda one: one.kind):
        of = list(group)
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=kind,
            tests=str(len(of)),
            failures=str(sum(not one.right and not one.degraded for one in of)),
            errors=str(sum(one.degraded for one in of)),
            time=f"{sum(one.seconds for one in of):.3f}",
        )
        for one in of:
            name = one.id if one.epoch == 1 else f"{one.id} (repeat {one.epoch})"
            case = ElementTree.SubElement(suite, "testcase", classname=kind, name=name, time=f"{one.seconds:.3f}")
            if one.degraded or not one.right:
                problem = "; ".join(one.problems) or "the chat model failed"
                fault = ElementTree.SubElement(case, "error" if one.degraded else "failure", message=_text(problem))
                fault.text = _text(f"Q: {one.question}\nA: {one.answer.strip()}")
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _text(text: str) -> str:
    return text.translate(_FORBIDDEN)
