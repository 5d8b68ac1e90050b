import random

from assistant.language.phrases import PhraseIndex


def test_finds_what_looking_for_every_phrase_finds_in_the_phrases_order() -> None:
    draw = random.Random(7)
    phrases = ["".join(draw.choices("가나다라", k=draw.randint(1, 6))) for _ in range(300)]
    index = PhraseIndex(phrases)
    for length in (0, 1, 5, 30, 400):  # the last has more parts than there are phrases
        text = "".join(draw.choices("가나다라마", k=length))
        assert index.within(text) == [phrase for phrase in dict.fromkeys(phrases) if phrase in text]
