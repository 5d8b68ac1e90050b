-- Another number than before: the corpus, or the index it is searched by, has changed.
SELECT revision FROM corpus_revision
