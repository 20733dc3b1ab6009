"""Numbers that names write out, as figures: Tres de Febrero is 3 de Febrero."""

_WORDS = {
    2: "dos dois duas due deux two zwei",
    3: "tres tre trois three drei",
    4: "cuatro quatro quattro quatre four vier",
    5: "cinco cinque cinq five funf",
    6: "seis six sechs",
    7: "siete sete sept seven sieben",
    8: "ocho oito otto huit eight acht",
    9: "nueve nove neuf nine neun",
    10: "diez dez dieci dix ten zehn",
    12: "doce doze dodici douze twelve zwolf",
    15: "quince quinze quindici fifteen",
    20: "veinte vinte venti vingt twenty",
    25: "veinticinco venticinque",
    30: "treinta trinta trenta trente thirty",
}
"""Spanish, Portuguese, Italian, French, English, German; not one, which is an article too."""
_FIGURES = {word: str(number) for number, words in _WORDS.items() for word in words.split()}


def in_figures(key: str) -> str:
    """A normalised name with its numbers in figures; a name of one word as it is."""
    words = key.split()
    return " ".join(_FIGURES.get(word, word) for word in words) if len(words) > 1 else key
