"""Runs printed, written, read back and held side by side; HTML, JUnit. May import gate and below."""
