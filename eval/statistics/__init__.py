"""Intervals, resampling, paired tests and agreement of raters. Imports no other room."""
