"""Words of sentences, and the phrases found among them."""

from indexer.mishearing.words import KnownPhrases, SpokenWord, SpokenWords

WORDS = SpokenWords(["", "Tag grisso's fine,", "so is café.", ""])


def test_each_word_knows_its_characters_and_its_sentence() -> None:
    assert [*WORDS] == [
        SpokenWord("tag", 0, 3, 1),
        SpokenWord("grisso", 4, 12, 1),
        SpokenWord("fine", 13, 17, 1),
        SpokenWord("so", 0, 2, 2),
        SpokenWord("is", 3, 5, 2),
        SpokenWord("cafe", 6, 10, 2),
    ]
    assert WORDS[-1:] == (WORDS[5],)


def test_a_phrase_is_found_within_one_sentence_only() -> None:
    phrases = KnownPhrases([("tag grisso", 1), ("fine so", 2), ("is cafe", 3), ("is cafe au", 4)])

    assert [*phrases.found_in(WORDS)] == [(0, ("tag", "grisso")), (4, ("is", "cafe"))]
