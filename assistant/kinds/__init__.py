"""What can be asked of one kind of document, a folder each. Imports the language and the domain."""
