"""The agent's desk on the page; :func:`install_desk` is the way in."""

from assistant.entrypoints.chat.desk.handlers import begin, install_desk, refuse

__all__ = ["begin", "install_desk", "refuse"]
