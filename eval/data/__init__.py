"""What is asked and what is right: cases, figures, public tables and gold. Imports no other room."""
