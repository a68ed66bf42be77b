"""Pages that are the same for everybody, kept as they were written, until the next generation.

What depends on anything that a visitor typed is never among them.
"""

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock
from weakref import ref

from starlette.responses import Response

from indexer import Generation
from webapp.rendering.codings import Packed

# Beyond so many bytes the page that nobody asked for longest is written again when it is wanted.
MOST_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page that was written: its headers, with a mark of what it holds, and its body."""

    headers: Mapping[str, str]
    body: Packed

    def response(self, accept_encoding: str) -> Response:
        """The page in the coding that whoever asks likes best."""
        coding, body = self.body.liked(accept_encoding)
        coded = {"Content-Encoding": coding, "Vary": "Accept-Encoding"} if coding else {}
        return Response(body, 200, {**self.headers, **coded})


def kept_page(response: Response) -> KeptPage:
    """Take a page that was just written to be kept."""
    body = bytes(response.body)
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    mark = blake2b(body, digest_size=12).hexdigest()
    return KeptPage({**headers, "etag": f'W/"{mark}"'}, Packed(body))


class KeptPages:
    """The pages of one generation, by all that they depend on beside it; threads may share them."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._lock = Lock()
        self._generation: ref[Generation] | None = None
        self._pages: OrderedDict[Hashable, KeptPage] = OrderedDict()

    def find(self, generation: Generation, key: Hashable) -> KeptPage | None:
        """The page that was kept, if any; all of another generation are forgotten."""
        with self._lock:
            if self._generation is None or self._generation() is not generation:
                self._pages.clear()
                self._generation = ref(generation)
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def keep(self, generation: Generation, key: Hashable, page: KeptPage) -> None:
        """Keep a page, unless there is another generation now."""
        with self._lock:
            if self._generation is None or self._generation() is not generation:
                return
            self._pages[key] = page
            size = sum(one.body.size for one in self._pages.values())
            while size > self._most:
                size -= self._pages.popitem(last=False)[1].body.size
