"""How far a model is that is on its way to this process."""

from __future__ import annotations

from assistant.domain import Loading


class Progress:
    """Written by the one who brings the model, read by whoever asks."""

    def __init__(self) -> None:
        self.now = Loading("load")

    def at(self, step: str, share: float | None = None) -> None:
        """``step``: see :class:`assistant.domain.Loading`; ``share`` of it, from 0 to 1, where it is known."""
        self.now = Loading(step, None if share is None else int(share * 100))
