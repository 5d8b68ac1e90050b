"""First sight: questions of somebody who knows only the product's page, frozen before any answer, judged blind.

``sets/NAME/`` holds a set for good: ``questions.jsonl`` and ``manifest.json`` frozen by ``new``, ``answers/`` by tree,
``verdicts/`` by judge. What was measured once is known: later answers to it tell of regressions, not of first sight.
May import data and statistics.
"""
