"""Pages of PDFs as pictures."""
