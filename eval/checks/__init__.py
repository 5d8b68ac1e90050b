"""Checks of datasets, feedback, masking, predicted entries, figures and the gate. May import all but cli."""
