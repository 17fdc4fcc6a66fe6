"""The words that somebody looks for, in the texts of a list."""


def holds_words(text: str, words: str) -> bool:
    """True when a text holds each of the words, or parts of words, whatever the case.

    ``words`` have blanks between them; every text holds none.
    """
    whole = text.casefold()
    return all(word in whole for word in words.casefold().split())
