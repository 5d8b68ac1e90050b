"""One turn: evidence is chosen, an answer is made of it or written from it, and only what follows is released."""
