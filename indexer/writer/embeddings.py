"""Embeds the passages of a generation; a vector is carried over where its text did not change."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import msgspec
import numpy as np

from catalog import Catalogue, counted
from indexer.embedding.configured import NoModel
from indexer.embedding.encoder import QueryEncoder, digest_of
from indexer.embedding.files import ModelFiles
from indexer.embedding.model import SentenceModel
from indexer.embedding.scale import Scale
from indexer.errors import IndexerError
from indexer.storage.columns import Columns
from indexer.storage.manifest import IndexedTrack
from indexer.storage.vectors import Account, Floats, Vectors, compressed, empty_vectors
from indexer.writer.sources import Progress

# Whatever changes which text of a passage is embedded changes this.
EMBEDDED_AS = "1"
_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Embeddings:
    """The vectors of a new generation, how many texts were read for it, and what to say of it.

    `broken` is a model that is there and cannot be used, which is to be mended.
    """

    vectors: Vectors | None = None
    read: int = 0
    says: str = ""
    broken: bool = False


def embedded_text(video_title: str, passage_text: str) -> str:
    """The text of which a passage's vector is made."""
    return f"{video_title}. {passage_text}"


def texts_to_embed(
    catalogue: Catalogue, entries: Sequence[IndexedTrack], rows: Columns
) -> list[str | None]:
    """The text to embed of each passage, by its row; None of one that no longer counts."""
    texts: list[str | None] = []
    sentence = 0
    for entry in entries:
        here = slice(len(texts), len(texts) + entry.passages)
        if entry.dead:
            texts += [None] * entry.passages
        else:
            said = [rows.sentence_text(sentence + n) for n in range(entry.sentences)]
            video = catalogue.videos.get(entry.video)
            title = video.title if video else entry.video
            spans = zip(rows.passage_first[here], rows.passage_last[here], strict=True)
            texts += [embedded_text(title, " ".join(said[first:last])) for first, last in spans]
        sentence += entry.sentences
    return texts


def unchanged_embeddings(
    before: Vectors | None, meaning: QueryEncoder, entries: Sequence[IndexedTrack]
) -> Embeddings | None:
    """What to say of an index that did not change; None when vectors can be added to it now."""
    found = meaning.found()
    if isinstance(found, NoModel):
        says = f"Meaning is not used: {found.why}." if found.broken else ""
        return Embeddings(before, says=says, broken=found.broken)
    if not any(entry.passages for entry in entries if not entry.dead):
        return Embeddings(before)
    if before is None or before.account.lacking:
        return None
    whole = (before.identity, before.account.text) == (found.identity, EMBEDDED_AS)
    return Embeddings(before) if whole else None


def embed_passages(
    texts: Sequence[str | None], before: Vectors | None, meaning: QueryEncoder, progress: Progress
) -> Embeddings:
    """Find the vector of each text: the one it had before from the same model, or a new one.

    Without a model those from before are kept, and what changed has none. Vectors of two models
    are never mixed.
    """
    digests = [b"" if text is None else digest_of(text) for text in texts]
    model, before = _chosen(digests, before, meaning)
    known = before.rows_by_digest() if before else {}
    made: Mapping[bytes, Floats] = {}
    failure = ""
    scale = Scale()
    if isinstance(model, SentenceModel):
        try:
            known_scale = before is not None and before.account.text == EMBEDDED_AS
            scale = before.account.scale if before and known_scale else model.scale()
        except IndexerError as err:
            model = NoModel(str(err), broken=True)
    if isinstance(model, SentenceModel):
        said = dict(zip(digests, texts, strict=True))
        new = {d: text for d, text in said.items() if text is not None and d not in known}
        made, failure = _read(new, model, progress)
        account = Account(
            model.name,
            model.identity,
            model.dimensions,
            EMBEDDED_AS,
            scale=scale,
        )
    elif before:
        account = msgspec.structs.replace(before.account, lacking=0)
    else:
        return _told(Embeddings(), model, failure)
    vectors = empty_vectors(account, len(texts))
    carried = [(row, known[digest]) for row, digest in enumerate(digests) if digest in known]
    if before and carried:
        rows, old = np.array(carried).T
        vectors.values[rows], vectors.scales[rows] = before.values[old], before.scales[old]
        vectors.digests[rows] = before.digests[old]
    for row, digest in enumerate(digests):
        if digest in made:
            values, scales = compressed(made[digest][None])
            vectors.values[row], vectors.scales[row] = values[0], scales[0]
            vectors.digests[row] = np.frombuffer(digest, np.uint8)
    lacking = sum(map(bool, digests)) - int(vectors.digests.any(1).sum())
    account = msgspec.structs.replace(account, lacking=lacking)
    return _told(Embeddings(replace(vectors, account=account), len(made)), model, failure)


def _chosen(
    digests: Sequence[bytes], before: Vectors | None, meaning: QueryEncoder
) -> tuple[SentenceModel | ModelFiles | NoModel, Vectors | None]:
    """Choose the model to read with, and the vectors to carry over; it is loaded only for news."""
    found = meaning.found()
    if isinstance(found, NoModel):
        return found, before
    same = before if before and before.identity == found.identity else None
    known = same.rows_by_digest() if same else {}
    if all(not digest or digest in known for digest in digests):
        return found, same
    model = meaning.model()
    return model, before if isinstance(model, NoModel) else same


def _read(
    new: Mapping[bytes, str], model: SentenceModel, progress: Progress
) -> tuple[dict[bytes, Floats], str]:
    """Embed texts; returned with it is why some could not be."""
    made: dict[bytes, Floats] = {}
    failure = ""
    todo = list(new.items())
    with progress("Understanding", len(todo)) as step:
        for begin in range(0, len(todo), _AT_ONCE):
            some = todo[begin : begin + _AT_ONCE]
            try:
                rows: Sequence[Floats | None] = list(model.embed([text for _, text in some]))
            except IndexerError as err:
                failure = str(err)
                rows = [_read_alone(text, model) for _, text in some]
            made.update((d, row) for (d, _), row in zip(some, rows, strict=True) if row is not None)
            for _ in some:
                step("")
    return made, failure


def _read_alone(text: str, model: SentenceModel) -> Floats | None:
    """Read one of several texts of which some cannot be read."""
    with suppress(IndexerError):
        return model.embed_passage(text)
    return None


def _told(
    embeddings: Embeddings, model: SentenceModel | ModelFiles | NoModel, failure: str
) -> Embeddings:
    """Say once what is missing, and why."""
    broken = isinstance(model, NoModel) and model.broken
    why = model.why if isinstance(model, NoModel) else failure
    vectors = embeddings.vectors
    if not why:
        return embeddings
    if vectors is None:
        says = f"Built without meaning: {why}."
    elif vectors.account.lacking:
        count = counted(vectors.account.lacking, "passage")
        total = vectors.account.lacking + int(vectors.digests.any(1).sum())
        says = f"{count} of {total:,} built without meaning: {why}."
    else:
        says = f"What passages mean is kept from before, but questions go by words alone: {why}."
    return replace(embeddings, says=says, broken=broken or bool(failure))
