"""The side panel that a citation opens: the sentence, the paragraph around it, and where it comes from."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote, urlencode

from assistant.domain import Evidence, Result
from assistant.entrypoints.chat.markdown import literal
from assistant.entrypoints.chat.texts import Texts

_LINE = re.compile(r", line (\d+)$")
_PAGE = re.compile(r"#p(\d+)(?:-\d+)?$")
APPLYHOME_NOTICE = "https://www.applyhome.co.kr/ai/aia/selectAPTLttotPblancDetail.do"


def citation_mark(n: int) -> str:
    """How evidence ``n`` stands in an answer; also its element's name, by which Chainlit makes the link."""
    return f"[{n}]"


def evidence_markdown(evidence: Evidence, passage: Result | None, texts: Texts) -> str:
    """Names, cited sentence, whole paragraph with that sentence in bold, source.

    ``passage`` is the result the sentence stands in; None for a shared fact, which stands in none.
    """
    names = [evidence.name_ko, evidence.name_en] if texts.language == "ko" else [evidence.name_en, evidence.name_ko]
    names = list(dict.fromkeys(name for name in names if name))
    parts = [f"### {literal(names[0] if names else evidence.source_id)}"]
    if len(names) > 1:
        parts.append(literal(names[1]))
    parts += [f"**{texts.say('evidence.cited')}**", f"> {_broken(evidence.quote)}"]
    paragraph = _paragraph(passage, texts) if passage else ""
    if paragraph.strip() not in ("", evidence.quote.strip()):
        parts += [f"**{texts.say('evidence.paragraph')}**", _marked(paragraph, evidence.quote)]
    # A rule under text without a blank line would make that text a heading.
    parts += ["---", f"**{texts.say('evidence.source')}**: {_source(evidence, passage, texts)}"]
    return "\n\n".join(parts)


def page_of(evidence: Evidence) -> int | None:
    """The page of a PDF that the evidence stands on, from 1; None where it is of no PDF."""
    found = _PAGE.search(evidence.chunk_id)
    return int(found[1]) if found and evidence.document_id.startswith("document:") else None


def page_markdown(page: int, address: str, texts: Texts) -> str:
    """The page as a picture, and a link to it alone, where it can be made larger."""
    named = texts.say("evidence.page_of", page=page)
    return f"![{named}](<{address}>)\n\n[{texts.say('evidence.page_alone', page=page)}](<{address}>)"


def _paragraph(passage: Result, texts: Texts) -> str:
    """The passage's sentences in the reader's language, where the source has it."""
    sentences = (item.en if texts.language == "en" and item.en else item.ko for item in passage.sentences)
    return " ".join(sentence.strip() for sentence in sentences) or passage.text


def _marked(paragraph: str, quote: str) -> str:
    before, found, after = paragraph.partition(quote.strip())
    if not found or not quote.strip():
        return _broken(paragraph)
    return _broken(before) + f"**{literal(found)}**" + _broken(after)


def _broken(text: str) -> str:
    """Literal text as one paragraph, its line breaks kept."""
    return literal(text).replace("\n", "\\\n")


def _source(evidence: Evidence, passage: Result | None, texts: Texts) -> str:
    domain = evidence.document_id.partition(":")[0]
    if domain == "fact":
        return texts.say("evidence.fact")
    source_id = literal(evidence.source_id)
    origin = passage.origin if passage else ""
    # A notice's origin is its own page where the publisher gives the address, else the file it came from.
    page = origin if origin.startswith("https://") else ""
    if domain == "housing":
        place = urlencode({"houseManageNo": evidence.source_id, "pblancNo": evidence.source_id})
        named = texts.say("evidence.notice", source_id=source_id)
        link = f"[{texts.say('evidence.link')}](<{_address(page) or f'{APPLYHOME_NOTICE}?{place}'}>)"
    elif (number := page_of(evidence)) and not page:
        return f"{literal(_file(origin))}, {texts.say('evidence.page_of', page=number)}"
    else:
        named = texts.say("evidence.record", domain=texts.say(f"domains.{domain}"), source_id=source_id)
        link = f"[{texts.say('evidence.page')}](<{_address(page)}>)" if page else ""
    return " · ".join(part for part in (named, "" if page else _place(origin, texts), link) if part)


def _place(origin: str, texts: Texts) -> str:
    found = _LINE.search(origin)
    if found is None:
        return literal(_file(origin))
    return f"{literal(_file(origin[: found.start()]))}, {texts.say('evidence.line_of', line=int(found[1]))}"


def _file(origin: str) -> str:
    """Its name, and not where it lies on the server."""
    return Path(origin).name


def _address(page: str) -> str:
    """An address that stays within ``<…>`` in Markdown."""
    return quote(page, safe=":/?#&=%+,;@~._-")
