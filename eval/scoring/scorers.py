"""Scorers: each looks at one property of an answer and gives a clause that says what is wrong with it, or nothing.

An answer is right only if every scorer passes it. They read nothing but the case and the answer, so that answers of
another program in the same form can be scored too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from assistant.domain import Answer
from eval.data.cases import Case
from eval.data.figures import agrees, figures
from eval.scoring.derived_figures import follows
from eval.scoring.fact_matcher import MARK, says

# A cited statement ends where its marks end, or at a line's end.
STATEMENT_END = re.compile(r"(?<=\])(?=\s+[^\[\s])|\n+")
# What the assistant says about the search itself stands in brackets on a line of its own.
REMARK = re.compile(r"^\s*\(.*\)\s*$", re.DOTALL)


def required_facts(case: Case, answer: Answer) -> str:
    """Every fact is said, in one of its forms."""
    missing = [group for group in case.expect.facts if not any(says(answer.text, alternative) for alternative in group)]
    return "; ".join("does not say " + " or ".join(group[:3]) for group in missing)


def forbidden_facts(case: Case, answer: Answer) -> str:
    """Nothing is said that must not be."""
    said = [alternative for alternative in case.expect.forbidden if says(answer.text, alternative)]
    return "says " + ", ".join(said) if said else ""


def cited_sources(answer: Answer) -> dict[str, str]:
    """Names of the complexes and posts that an answer cites, by the id that datasets know them by."""
    cited = {entity.id.removeprefix("housing:"): entity.name_ko for entity in answer.entities}
    return cited | {one.source_id: "a post" for one in answer.citations if one.chunk_id.startswith("listing:")}


def entity_set(case: Case, answer: Answer) -> str:
    """The complexes and posts cited are those asked about: enough of them, and no other."""
    cited, right = cited_sources(answer), case.expect.entities
    if not right:
        return ""
    problems = []
    if missing := [id_ for id_ in case.expect.entities_all if id_ not in cited]:
        problems.append("leaves out " + ", ".join(missing))
    if case.expect.entities_any and not right & set(cited):
        problems.append("names none of the complexes that fit")
    if wrong := [f"{name} ({id_})" for id_, name in cited.items() if id_ not in right]:
        problems.append("names " + ", ".join(wrong))
    return "; ".join(problems)


def abstention(case: Case, answer: Answer) -> str:
    """It declines just where the documents do not hold the answer."""
    if case.expect.abstain and not answer.abstained:
        return "answers what the documents do not hold"
    if answer.abstained and not case.expect.abstain:
        return "declines although the documents hold the answer"
    return ""


def cited_figures(case: Case, answer: Answer) -> str:
    """Every statement with a figure carries a citation whose quote holds that figure, or figures from which
    it is computed rightly; and every mark has a citation.
    """
    if answer.abstained:
        return ""
    quotes = {citation.n: figures(citation.quote) for citation in answer.citations}
    asked = figures(case.question)
    problems = []
    for statement in STATEMENT_END.split(answer.text):
        marks = [int(n) for n in MARK.findall(statement)]
        problems += [f"[{n}] cites nothing" for n in marks if n not in quotes]
        if REMARK.match(statement) and not marks:
            continue
        held = [figure for n in marks for figure in quotes.get(n, [])] + (asked if marks else [])
        text = " ".join([case.question, *(item.quote for item in answer.citations if item.n in marks)])
        problems += [
            f"{said} stands in no cited quote" if marks else f"{said} carries no citation"
            for said in figures(MARK.sub("", statement))
            if not any(agrees(said, truth) for truth in held) and not (marks and follows(said, held, text))
        ]
    return "; ".join(dict.fromkeys(problems))


def answer_language(case: Case, answer: Answer) -> str:
    """The answer is in the language of the question; what stands in brackets may be the other one."""
    text = re.sub(r"\([^()]*\)|‘[^’]*’|“[^”]*”", "", answer.text)  # what a post is called is its seller's
    hangul = sum("가" <= char <= "힣" for char in text)
    latin = sum(char.isascii() and char.isalpha() for char in text)
    # A Korean syllable is about two or three Latin letters; complex names are often Latin inside Korean.
    language = "ko" if 2 * hangul >= latin else "en"
    return "" if language == case.language else f"is in {language}, not {case.language}"


SCORERS: Mapping[str, Callable[[Case, Answer], str]] = {
    "Abstention": abstention,
    "RequiredFacts": required_facts,
    "ForbiddenFacts": forbidden_facts,
    "EntitySet": entity_set,
    "CitedFigures": cited_figures,
    "AnswerLanguage": answer_language,
}


def problems(case: Case, answer: Answer) -> tuple[str, ...]:
    """What every scorer finds wrong; empty where the answer is right."""
    return tuple(found for scorer in SCORERS.values() if (found := scorer(case, answer)))
