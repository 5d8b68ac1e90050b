"""Run as ``python -m ingest.sources.pdf_child PATH CPU_SECONDS MEMORY_BYTES``: prints the pages' text as JSON."""

from __future__ import annotations

import json
import logging
import resource
import sys


def main() -> None:
    path, cpu_seconds, memory_bytes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from pypdf import PdfReader  # after the limits, so that they hold for its import too

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    answer: dict[str, object]
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            answer = {"error": "it needs a password"}
        else:
            pages = [page.extract_text() for page in reader.pages]
            title = reader.metadata.title if reader.metadata else None
            answer = {"pages": pages, "title": title or ""}
    except MemoryError:
        answer = {"error": "it needs more memory than allowed"}
    # A damaged PDF raises whatever the parser stumbles over; the parent turns it into one clear message.
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    # Lone surrogates from broken fonts cannot be written as UTF-8.
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main()
