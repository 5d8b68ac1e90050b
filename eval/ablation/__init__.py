"""What each idea is worth: one switched at a time. May import report and below, never perf."""
