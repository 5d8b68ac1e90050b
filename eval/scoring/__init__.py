"""Is an answer right, a question understood? Scorers, measures, labels. May import data and statistics."""
