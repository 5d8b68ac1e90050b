"""Is a run as good as the accepted one? Baselines, what is compared, the decision. May import search and below."""
