"""``budongi eval``: how many answers are right, and whether searches bring up what answers them. May import all."""
