"""``python -m eval.perf.understanding``: milliseconds to understand a question, the history read again included."""

from __future__ import annotations

import time

from assistant.adapters.lexical.terms import open_tokenizer
from assistant.adapters.postgres.pool import open_pool
from assistant.adapters.postgres.store import Store
from assistant.settings import Settings
from assistant.understanding import understand
from eval.perf.machine import machine_line, spread
from eval.running.runner import AS_OF
from eval.scoring import query_understanding
from prompts.loader import Prompts

LIMIT = 20.0  # ms at p95
ROUNDS = 5


def main() -> None:
    """Every question of the read-out set, in order, several times; the first round warms up."""
    tokenizer = open_tokenizer()
    with open_pool(Settings.from_environment()) as pool:
        vocabulary = Store(pool).vocabulary(tokenizer, Prompts.read())
    questions = [case.question for case in query_understanding.load()]
    spent, worked = [], []
    for number in range(ROUNDS + 1):
        for question in questions:
            began, busy = time.perf_counter(), time.thread_time()
            understand(question, vocabulary, tokenizer.tagged, AS_OF)
            if number:
                spent.append((time.perf_counter() - began) * 1000)
                worked.append((time.thread_time() - busy) * 1000)
    print(machine_line())
    print(f"{len(questions)} questions × {ROUNDS}, {len(vocabulary.entities):,} complexes by name")
    print(f"{spread(spent, 'ms')}   limit at p95 {LIMIT:.0f} ms")
    # On a machine that others use too, what the processor spent says more than the clock.
    print(f"{spread(worked, 'ms')}   of processor time")


if __name__ == "__main__":
    main()
