"""Every constant of ranking and landing; docs/search.md has what each was measured to add."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """How evidence is weighed. Times are milliseconds."""

    # BM25: how soon a repeated term stops counting, and how much a long passage is held back.
    k1: float = 1.2
    b: float = 0.6
    # What neighbours in the same video add: the smoothed score around a passage, and each term's
    # best score nearby, each fading a passage. What follows a passage tells more than what went
    # before it (`ahead`): an answer is heard from its beginning.
    smooth: float = 1.0
    smooth_fade: float = 0.9
    ahead: float = 0.8
    spread: float = 0.25
    spread_fade: float = 0.85
    # How much of a score hangs on how much of the question is spoken of nearby, and the share of
    # its best score from which on a concept counts as spoken of.
    cover: float = 0.6
    covered_at: float = 0.5
    # What the whole video adds: its mean over its best five passages.
    video: float = 0.3
    # What else a name is called counts less than the name: another name of the same thing, a
    # broader or everyday word, a word that is only spelled alike.
    same: float = 0.8
    translated: float = 1.0
    related: float = 0.35
    near: float = 0.8
    # The words of a name that are not said as one.
    apart: float = 0.85
    # What a passage loses that does not speak of what has to be said, of the root of its share of
    # the question; and what each passage keeps of a name that was said before it ("it", "the
    # pill").
    missing: float = 0.95
    named_fade: float = 0.95
    # Where captions probably misheard the name that is asked for.
    heard: float = 0.6
    # What a video's title and topics hold of the question.
    title: float = 0.35
    # With a sentence model, the share of a score that is nearness of meaning, and the share of that
    # which is the nearness of what is around and follows. A passage that holds none of the words
    # has to be at least so near.
    meaning: float = 0.8
    meaning_around: float = 0.35
    alike: float = 0.15
    # With a cross-encoder, so many of the best passages are put in order anew, within so long.
    reranked: int = 25
    reranking_ms: int = 500
    # What is said in another language than the question comes later: a little, where the question
    # was translated.
    other_language: float = 0.25
    translated_language: float = 0.85
    # What a greeting at the very beginning of a video, or a farewell at its end, loses, and how
    # soon that fades; and what is left of a sponsor's message.
    aside: float = 0.3
    aside_fade_ms: float = 25_000
    sponsored: float = 0.3
    # A curated question lifts its answer, by a share of the best score that falls with a power of
    # how near the query is to it, by what both speak of and, with a sentence model, by meaning. It
    # has to be at least so near, and not much further than the nearest. The very question lifts
    # it more. With a sentence model scores are nearer to one another, and less lifts as much.
    curated: float = 2.5
    curated_with_meaning: float = 1.0
    curated_very: float = 4
    curated_close: float = 0.4
    curated_power: float = 2
    curated_apart: float = 0.1
    # The share of that nearness which is meaning, and of the rest how much of the question itself
    # is spoken of; a query of one thing says less of what it asks. What both speak of counts from
    # so much on: who asks more than a question does is not answered by its answer.
    curated_spoken: float = 0.44
    curated_meaning: float = 0.5
    curated_own: float = 0.15
    curated_own_alone: float = 0.5
    # What counts in part: another name of what is asked, an everyday word in its place, and what
    # only the answer speaks of.
    curated_other: float = 0.9
    curated_everyday: float = 0.7
    curated_answer: float = 0.35
    # What nobody here says tells so little of which question is asked.
    curated_unsaid: float = 0.2
    # So does what follows an interviewer's question, for less.
    asked: float = 0.1
    asked_likeness: float = 0.5
    # The share of a question of one rare word that has to be spoken of, else search says that it
    # knows no answer; of a longer one a smaller share, falling with this power of its worth.
    # Chosen, as `sure_with_meaning` is, for few false answers: a "perhaps" costs a look, a wrong
    # "here is your answer" can harm (the curve: docs/search.md, "How sure search is").
    sure: float = 0.52
    forgiving: float = 0.3
    # From this share of what is demanded on, what is found comes near.
    perhaps: float = 0.6
    # Where a question here is at least so like the query, what follows it answers.
    sure_question: float = 0.65
    sure_question_by_words: float = 0.6
    # With a sentence model its nearness is added, so many times.
    sure_by_meaning: float = 1.0
    sure_with_meaning: float = 1.0
    # So near by meaning, what leaves a doubt is outweighed.
    near_enough: float = 0.6
    # What a moment is about may be named so long before it; a name counts as spoken of from this
    # share on.
    context_ms: int = 45_000
    named_at: float = 0.25
    # Beside what has to be said, at least such a share of the rest has to be spoken of.
    beside: float = 0.1
    # A word that tells less, of one that nobody says, is common.
    common: float = 0.55
    # So few things make a short question: what nobody says of them is missed.
    short: int = 3
    # From so many words on a question is a sentence.
    sentence: int = 4
    # How much more a thing counts that was asked for and that nobody speaks of.
    unsaid: float = 1.3
    # Landing.
    # Of the passages that hold no word of a question, so many land on the sentence nearest to it:
    # each of its sentences is read while somebody waits.
    landed_by_meaning: int = 1
    nearly_best: float = 0.92
    lead_ms: int = 250
    # A curator's second so far behind the beginning of a sentence is one inside of it.
    inside_ms: int = 1_500
    question_within_ms: int = 20_000
    at_once_ms: int = 5_000
    asks_share: float = 0.5
    shortest_answer_ms: int = 8_000
    moment_ms: int = 60_000
    shown_bytes: int = 400
    # Where captions without punctuation were cut: a pause that ends a sentence all the same; how
    # far a moment begins earlier, or ends later, so that no clause is torn and nothing denied is
    # left behind, and how clear a turn lets go of what was denied within so many words before it.
    firm_pause_ms: int = 500
    back_sentences: int = 2
    back_ms: int = 12_000
    clear_turn: int = 200
    denied_words: int = 12
    longer_ms: int = 15_000
    longer_bytes: int = 300
    # No video has more than so many of the first places, while another answers nearly as well.
    first_places: int = 5
    most_of_a_video: int = 2
    answers_too: float = 0.97
    # Behind those a video has one more for every so many places, and another that answers so much
    # as well goes before it.
    more_each: int = 10
    answers_later: float = 0.3
    # Two moments are one when one begins within so long of the other.
    span_ms: int = 30_000
    # One intro answer is among so many first places when it is nearly as good as in-depth ones.
    intro_within: int = 3
    intro_too: float = 0.8
    # What a topic shows: so many moments, so many of one video, each at least such a share of the
    # best for one of the topic's names, of which so many are searched.
    topic_moments: int = 12
    topic_moments_of_a_video: int = 3
    topic_share: float = 0.5
    topic_names: int = 12
    # Bounds of the work that a query may cause.
    longest_message: int = 4_000
    longest_query: int = 1_000
    most_concepts: int = 40
    most_alternatives: int = 240
    candidates: int = 120
    # So many videos have their best passage among them in any case.
    candidate_videos: int = 40
    # What belongs to a video, or to a question: so many moments or questions, so many of one video,
    # each at least so near by meaning, from -1 to 1, or without meaning with such a share of the
    # words asked for.
    related_moments: int = 6
    also_asked: int = 4
    related_of_a_video: int = 2
    related_least: float = 0.25
    related_share: float = 0.3


SETTINGS = Settings()
