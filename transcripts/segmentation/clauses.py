"""How words hang together: where a cut between two tears a clause, and where a new one begins.

Words are in lower case and without punctuation, as `bare` makes them. The lists are English and
Spanish, with the commonest of French.
"""

from __future__ import annotations

from collections.abc import Sequence

_PERSONS = frozenset("i we you they he she it there yo nosotros ellos ellas usted ustedes".split())
_BEGUN = frozenset(
    "i'm i've i'd i'll we're we've we'd we'll you're you've you'd you'll they're they've they'd "
    "they'll he's she's it's it'll that's there's here's what's let's".split()
)
_OPENERS = {
    "so": 350, "but": 350, "now": 250, "okay": 450, "ok": 450, "because": 150, "then": 150,
    "yes": 300, "yeah": 300, "oh": 250, "no": -150, "right": 60, "what": 150, "how": 150,
    "why": 200, "when": 120, "where": 100, "who": 0, "if": 150, "although": 250, "unless": 150,
    "however": 350, "please": 300, "sometimes": 120, "maybe": 150, "remember": 150, "thank": 200,
    "let's": 300, "there's": 200, "that's": 200, "i'm": 200, "i've": 200, "it's": 180,
    "pero": 350, "entonces": 350, "bueno": 350, "porque": 150, "sí": 200, "si": 120,
    "cuando": 120, "por": 60, "mais": 350, "donc": 350, "alors": 350,
}  # fmt: skip
_BEGINS = 140
_PERSON = 80
# "it" and "you" are as often what is done something to, unless a verb follows.
_EITHER = frozenset("it you there".split())
_VERBS = frozenset(
    "is was are were can can't could may might must should will won't would has had have haven't "
    "does doesn't do don't did didn't just usually often always also never need needs get gets "
    "means takes depends happens works know want".split()
)
_JOINING = frozenset("and or y o e u et ou".split())
_JOINS_CLAUSES = 200
_JOINS_WORDS = 0
_OTHER = -100
# Behind these the rest is still to come.
_LEADS_ON = frozenset(
    "and or but so the a an of to in on at for with from by into about than that which who whose "
    "if when while because unless although whether as is are was were be been being am has had "
    "can could may might must should will would shall i we you they he she my our your their "
    "this these every each some any more most very really quite pretty too just even only "
    "also still how what why where not uh um his its per going gonna gets getting try trying tend "
    "i'm i've i'd i'll we're we've we'd we'll you're you've you'd you'll they're they've they'd "
    "they'll he's she's it's it'll that's there's what's let's isn't aren't wasn't weren't don't "
    "doesn't didn't can't couldn't won't wouldn't shouldn't haven't hasn't hadn't mustn't never "
    "seldom rarely hardly without "
    "y o de a la el los las un una unos unas en con por para del al su sus mi mis que cuando si "
    "porque como es son está están ser muy más no nunca jamás sin apenas "
    "et ou le les des du une à".split()
)
_LEAD = -500
# What follows these is often what is said, known or hoped: "I know | who does".
_TAKES_CLAUSE = frozenset(
    "know think say says said tell tells told hope mean means ask asks guess feel wish believe "
    "want wants see find remember sure sé creo digo dice decir pregunte".split()
)
_COMPLEMENT = -200
_NEGATIONS = frozenset(
    "not no never nothing nobody none neither nor without seldom rarely hardly scarcely barely few "
    "cannot nunca jamás sin apenas nada nadie ningún ninguna ninguno tampoco".split()
)
_DENIED_WORDS = 3
_DENIED = -800
_DENIED_LONG = 8
_DENIED_FAR = -250
# These go on with a clause rather than begin one.
_GOES_ON = frozenset(
    "well together either too anyway yet than that which whose whom of to from for with by into at "
    "on in as off out up down away back enough alone again more less better worse is are was were "
    "has have had can will would could may might do does did be been being de del que con sin para "
    "al es son está".split()
)
_ON = -250
_AFTER_WELL = _PERSONS | _BEGUN | frozenset("yes no so if first that the this what".split())
_CONDITIONS = frozenset("if when while unless although once si cuando aunque".split())
_CONDITION_WORDS = 12
_BEFORE_CONDITION = _JOINING | frozenset("but so because then pero".split())
_UNANSWERED = -400


def ease_of_cut(before: Sequence[str], after: Sequence[str]) -> int:
    """Say how easily speech is cut between the words `before`, from where it was last cut, and
    those `after`.

    In milliseconds of pause that would tell as much: above 0 where a new thought begins, below
    where the cut tears one.
    """
    return _opening(before, after) + _tearing(before, after)


def negates(words: Sequence[str]) -> bool:
    """Tell whether something is denied."""
    return any(word in _NEGATIONS or word.endswith(("n't", "n’t")) for word in words)


def spoken_words(text: str) -> list[str]:
    """The words of a text as `bare` makes them."""
    return [bare(word) for word in text.split()]


def bare(text: str) -> str:
    """A word in lower case, without the punctuation around it."""
    return text.lower().replace("’", "'").strip(".,;:!?¿¡\"'“”‘()[]…-")


def _opening(before: Sequence[str], after: Sequence[str]) -> int:
    first, second, *_ = *after, "", ""
    if first == "well":
        begins = second in _AFTER_WELL and not negates(before[-_DENIED_WORDS:])
        return 350 if begins else _ON
    if first in _JOINING:
        joined = second in _PERSONS | _BEGUN or (second in _OPENERS and second not in _JOINING)
        return _JOINS_CLAUSES if joined else _JOINS_WORDS
    if first in _OPENERS or first in _BEGUN:
        return _OPENERS.get(first, _BEGINS)
    return _by_person(first, second)


def _by_person(first: str, second: str) -> int:
    if first in _EITHER:
        return _PERSON if second in _VERBS else _ON
    if first in _PERSONS:
        return _PERSON
    return _ON if first in _GOES_ON else _OTHER


def _tearing(before: Sequence[str], after: Sequence[str]) -> int:
    torn = 0
    if before[-1:] and before[-1] in _LEADS_ON:
        torn += _LEAD
    elif before[-1:] and before[-1] in _TAKES_CLAUSE:
        torn += _COMPLEMENT
    if negates(before[-_DENIED_WORDS - 1 :]):
        torn += _DENIED
    elif negates(before[-_DENIED_LONG:]) and _opening(before, after) <= 0:
        torn += _DENIED_FAR
    return torn + (_UNANSWERED if _is_unanswered(before) else 0)


def _is_unanswered(words: Sequence[str]) -> bool:
    """Tell "and when the insurance says no", of which what happens then is still to come."""
    for n in range(len(words) - 1, max(len(words) - _CONDITION_WORDS, 0) - 1, -1):
        if words[n] in _CONDITIONS and (n == 0 or words[n - 1] in _BEFORE_CONDITION):
            return not any(
                word in _PERSONS | _BEGUN or word in ("please", "then", "entonces")
                for word in words[n + 3 :]
            )
    return False
