from __future__ import annotations

import gzip

import brotli
import zstandard
from starlette.testclient import TestClient

OURS = ("br", "zstd", "gzip")


def test_every_coding_holds_the_same_page(client: TestClient) -> None:
    unpack = {
        "br": brotli.decompress,
        "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
        "gzip": gzip.decompress,
    }
    plain = client.get("/about", headers={"Accept-Encoding": "gzip;q=0"})
    for coding in OURS:
        with client.stream("GET", "/about", headers={"Accept-Encoding": coding}) as answer:
            body = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == coding
        assert "accept-encoding" in answer.headers["vary"].lower()
        assert unpack[coding](body) == plain.content

    assert "content-encoding" not in plain.headers
