"""The chat's user interface: Chainlit callbacks, what they show, and the files Chainlit is configured with."""
