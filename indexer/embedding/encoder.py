"""Embeds questions with the configured sentence model, which a process loads once.

Nothing here raises: without a vector search goes by words alone, and can say why.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from indexer.embedding.configured import NoModel, find_model, open_model
from indexer.embedding.files import ModelFiles
from indexer.embedding.model import SentenceModel
from indexer.errors import IndexerError

DIGEST_BYTES = 16
_MOST_KEPT = 256
# Whoever asks while another loads the model waits so long, and then goes by words.
_PATIENCE_SECONDS = 2.0
_STILL_LOADING = NoModel("the sentence model is still being loaded; ask again in a moment")
NO_VECTORS = "the index was built without a sentence model; `hope index` reads it with one"


class QueryEncoder:
    """The sentence model of this process, for questions. Threads may share it.

    It is looked for and loaded when it is first needed. Of the latest questions the vectors are
    kept in memory, without their texts; a question may tell of an illness and is never written.
    """

    def __init__(
        self,
        find: Callable[[], ModelFiles | NoModel] = find_model,
        load: Callable[[], SentenceModel | NoModel] = open_model,
    ) -> None:
        self._find = find
        self._load = load
        self._loading = threading.Lock()
        self._model: SentenceModel | NoModel | None = None
        self._keeping = threading.Lock()
        self._kept: OrderedDict[tuple[str, bool, bytes], NDArray[np.float32]] = OrderedDict()
        self._failure = ""

    def found(self) -> ModelFiles | NoModel:
        """Find the configured model, now; nothing is loaded."""
        return self._find()

    def model(self) -> SentenceModel | NoModel:
        """Return the model, loaded by the first who asks."""
        if self._model is not None:
            return self._model
        if not self._loading.acquire(timeout=_PATIENCE_SECONDS):
            return _STILL_LOADING
        try:
            if self._model is None:
                self._model = self._load()
            return self._model
        finally:
            self._loading.release()

    @property
    def may_read(self) -> bool:
        """Whether there is a model, as far as that is known yet; nothing is loaded to find out."""
        return not isinstance(self._model, NoModel)

    def warm(self) -> None:
        """Load the model ahead of the first question, and read a word with it."""
        model = self.model()
        if isinstance(model, SentenceModel):
            self._embedded(model, "lung")

    def look_again(self, identity: str) -> None:
        """Look for the model again at the next need, unless the one at hand has this identity.

        `identity` is of the model that a new index was built with, "" of one without vectors.
        """
        if identity and getattr(self._model, "identity", "") != identity:
            self._model = None

    def is_another(self, identity: str) -> bool:
        """Whether there is a model here, and an index was built with another."""
        self.look_again(identity)
        model = self.model() if identity else None
        return isinstance(model, SentenceModel) and model.identity != identity

    def vector_for(
        self,
        text: str,
        identity: str,
        running: Callable[[], object] = lambda: None,
        *,
        said: bool = False,
    ) -> NDArray[np.float32] | None:
        """The vector of a question, of length 1, in the numbers of the model with this identity.

        That of what is `said` is another where the model reads questions in another way. None
        where there is none to be had, which `why_not` explains, and of a text without words.
        `running` is called when the model begins to read a question.
        """
        if not text.strip() or not identity:
            return None
        model = self.model()
        if isinstance(model, NoModel) or model.identity != identity:
            return None
        key = (identity, said, digest_of(text))
        with self._keeping:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        vector = self._embedded(model, text, running, said=said)
        if vector is not None:
            vector.flags.writeable = False
            with self._keeping:
                self._kept[key] = vector
                while len(self._kept) > _MOST_KEPT:
                    self._kept.popitem(last=False)
        return vector

    def why_not(self, identity: str) -> str:
        """Why questions are not read by their meaning, as part of a sentence; "" when they are.

        `identity` is that of the model which an index was built with, "" of one without vectors.
        """
        found = self.model() if identity else self._find()
        if isinstance(found, NoModel):
            return found.why
        if not identity:
            return NO_VECTORS
        if found.identity != identity:
            return (
                f"the index was built with another sentence model than {found.name}; "
                "`hope index` reads it with this one"
            )
        return self._failure

    def _embedded(
        self,
        model: SentenceModel,
        text: str,
        running: Callable[[], object] = lambda: None,
        *,
        said: bool = False,
    ) -> NDArray[np.float32] | None:
        try:
            vector = model.embed_passage(text) if said else model.embed_query(text, running)
        except IndexerError as err:
            self._failure = str(err)
            return None
        self._failure = ""
        return vector


def digest_of(text: str) -> bytes:
    """The BLAKE2b digest of a text, `DIGEST_BYTES` long."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=DIGEST_BYTES).digest()
