"""Text and the spans in it: words, numbers, money, names, spelling, private data. Imports the domain alone."""
