"""The ways in: the command line, the HTTP API, the chat page with Slack, and the server that serves them."""
