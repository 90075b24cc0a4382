"""Pages travel compressed."""

import gzip

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

GZIP = {"accept-encoding": "gzip"}


def test_a_page_is_compressed_for_who_can_read_it(client, topic):
    response = client.get("/topics/", headers=GZIP)
    assert response["Content-Encoding"] == "gzip"
    assert b"<h1" in gzip.decompress(response.content)
    assert "Accept-Encoding" in response["Vary"]
    assert b"<h1" in client.get("/topics/").content


def test_no_two_are_equally_long(client, topic):
    """The same page, and the same secret in it: its length says nothing about either."""
    assert len({len(client.get("/topics/", headers=GZIP).content) for _ in range(10)}) > 1


def test_a_picture_is_left_as_it_is(client, db):
    name = default_storage.save(f"uploads/{'a' * 32}.png", ContentFile(b"\x89PNG" + b"x" * 2000))
    response = client.get(f"/media/{name}", headers=GZIP)
    assert "Content-Encoding" not in response
    assert response["Content-Length"] == "2004"
