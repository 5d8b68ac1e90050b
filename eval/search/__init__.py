"""Does a search bring up what answers a question? Notices, help entries, pages. May import running and below."""
