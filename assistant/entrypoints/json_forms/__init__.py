"""The JSON forms of answers, searches, states and the desk: the contract that other programs read."""
