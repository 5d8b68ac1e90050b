-- What was asked again since the page was read stays: `before` is when it was read.
DELETE FROM unanswered WHERE question = ANY (%(questions)s) AND last_asked <= %(before)s;
