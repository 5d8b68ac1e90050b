-- In the transaction that ends a change, so that whoever reads the new number reads the new corpus.
UPDATE corpus_revision SET revision = revision + 1
