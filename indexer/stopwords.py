"""Words that only hold a sentence together, by language; they are neither indexed nor searched.

Written as the analyser compares them: small and without accents.
"""

from __future__ import annotations

_ENGLISH = frozenset(
    "a an the and or but of to in on at by for from with as is are was were be been being am "
    "it its it's this that these those there i i'm i've i'd you you're you've he she we we're "
    "they they're them him his her hers our ours your yours their theirs my mine me us do "
    "does did doing so if then than too very just also um uh er ah oh well okay ok yeah yes "
    "right like know mean sort kind gonna going got get have has had having would could "
    "should will shall may might must can let's that's what's there's what which who whom "
    "whose when where why how into onto out up down over about because while some any such "
    "own same each both only don't doesn't didn't can't won't isn't aren't wasn't weren't "
    "couldn't wouldn't shouldn't haven't hasn't hadn't i'll we'll you'll they'll we've "
    "they've he's she's here's let".split()
)
_SPANISH = frozenset(
    "el la los las un una unos unas lo al del de y e o u que en a con por para es son ser era "
    "fue estan esta este esto estos estas ese esa eso su sus se me te le les nos mi mis tu "
    "tus yo ella ellos ellas usted ustedes nosotros muy mas pero si como cuando donde quien "
    "cual porque pues bueno entonces ya hay ha he han sido tambien puede pueden".split()
)
_FRENCH = frozenset(
    "le la les un une des du de d l et ou que qu qui en a au aux avec par pour est sont etre etait "
    "c'est c'etait ce cette ces cet il elle ils elles on nous vous je j'ai tu me te se son sa ses "
    "mon ma mes ne pas plus mais si comme c j n s y donc alors voila euh ben".split()
)
_BY_LANGUAGE = {"en": _ENGLISH, "es": _SPANISH, "fr": _FRENCH}


def stopwords(language: str) -> frozenset[str]:
    """The words of a language that carry no meaning of their own; none where we know none."""
    return _BY_LANGUAGE.get(language.split("-", maxsplit=1)[0], frozenset())
