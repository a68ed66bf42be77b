"""Words that only hold a sentence together, by language; they are neither indexed nor searched.

Written as the analyser compares them: small and without accents.
"""

from __future__ import annotations

import re

from catalog import base_language

_ENGLISH = frozenset(
    "a an the and or but of to in on at by for from with as is are was were be been being am "
    "it its it's this that these those there i i'm i've i'd you you're you've he she we we're "
    "they they're them him his her hers our ours your yours their theirs my mine me us do "
    "does did doing so if then than too very just also um uh er ah oh well okay ok yeah yes "
    "right like know mean means meant sort kind gonna going got get have has had having would "
    "could should will shall may might must can let's that's what's there's what which who whom "
    "whose when where why how into onto out up down over about because while some any such "
    "own same each both only don't doesn't didn't can't won't isn't aren't wasn't weren't "
    "couldn't wouldn't shouldn't haven't hasn't hadn't i'll we'll you'll they'll we've "
    "they've he's she's here's let how's where's who's i'd im ive youre theyre doesnt dont didnt "
    "cant isnt whats hows thats theres".split()
)
_SPANISH = frozenset(
    "el la los las un una unos unas lo al del de y e o u que en a con por para es son ser era "
    "fue estan esta este esto estos estas ese esa eso su sus se me te le les nos mi mis tu "
    "tus yo ella ellos ellas usted ustedes nosotros muy mas pero si como cuando donde quien "
    "cual cuales porque pues bueno entonces ya hay ha he han haber sido tambien puede pueden puedo "
    "podemos poder podria tengo tiene tienes tienen tenemos tener hago hace haces hacen hacer voy "
    "va vas van vamos soy eres somos estoy estas estamos estan estaba estar ser sera seria debo "
    "debe deben deberia asi sobre nuestro nuestra".split()
)
_FRENCH = frozenset(
    "le la les un une des du de d l et ou que qu qui en a au aux avec par pour est sont etre etait "
    "c'est c'etait ce cette ces cet il elle ils elles on nous vous je j'ai tu me te se son sa ses "
    "mon ma mes ne pas plus mais si comme c j n s y donc alors voila euh ben".split()
)
# Words that mean something, and tell that a question is Spanish.
_TELL_SPANISH = frozenset(
    "cuanto cuanta cuantos cuantas cuesta cuestan costo precio tiempo dura duran efecto efectos "
    "secundario secundarios quimio pulmon pulmones miedo dolor pastilla pastillas biopsia prueba "
    "pruebas analisis sangre seguro medico medica doctora vida vivir vive hijo hijos hija mama "
    "papa madre padre esposo esposa ayuda comer comida etapa estadio tos cabello pelo cansancio "
    "fatiga nauseas vomitos resistencia liquida segunda ensayo clinico clinicos estudio estudios "
    "cerebro hueso huesos celulas pequenas dirigida mejor peor nuevo nueva significa diferencia "
    "hola gracias favor cura morir trabajar diarrea sarpullido perdida caida despues antes "
    "siempre nunca todo todos otra otro medicina medicinas farmaco farmacos oncologo".split()
)
_SPANISH_ENDING = re.compile(
    r"(?<!spi)(?<!oer)(?:cion|ciones)$|(?:miento|idad|terapia|grafia|logia)s?$"
)
_BY_LANGUAGE = {"en": _ENGLISH, "es": _SPANISH, "fr": _FRENCH}


def stopwords(language: str) -> frozenset[str]:
    """The words of a language that carry no meaning of their own; none where we know none."""
    return _BY_LANGUAGE.get(base_language(language), frozenset())


def tells(word: str, language: str) -> bool:
    """Tell whether a word, small and without accents, speaks for a language."""
    if language.startswith("es") and (word in _TELL_SPANISH or _SPANISH_ENDING.search(word)):
        return True
    return word in stopwords(language)


def signs_of(language: str) -> str:
    """The signs that tell a language from those around it."""
    return "¿¡ñÑáíóúÁÍÓÚ" if language.startswith("es") else ""
