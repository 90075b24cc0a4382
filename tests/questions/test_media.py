"""Pictures leave the site as pictures only."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

NAME = "uploads/" + "0a" * 16


@pytest.fixture
def kept():
    names = []

    def keep(name, content=b"pixels"):
        names.append(default_storage.save(name, ContentFile(content)))
        return f"/media/{names[-1]}"

    yield keep
    for name in names:
        default_storage.delete(name)


@pytest.mark.parametrize(("ending", "kind"), [("png", "image/png"), ("jpg", "image/jpeg"), ("webp", "image/webp")])
def test_a_picture(client, kept, ending, kind):
    response = client.get(kept(f"{NAME}.{ending}"))
    assert b"".join(response.streaming_content) == b"pixels"
    assert response["Content-Type"] == kind
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "immutable" in response["Cache-Control"]
    assert "max-age=31536000" in response["Cache-Control"]


@pytest.mark.parametrize(
    "name", [f"{NAME}.html", f"{NAME}.svg", "uploads/evil.png", "secret_key", f"other/{'0a' * 16}.png"]
)
def test_anything_else_is_not_there_even_if_it_is(client, kept, name):
    assert client.get(kept(name)).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        f"{NAME}.png",
        "../db.sqlite3",
        "%2e%2e/db.sqlite3",
        "uploads/../../secret_key",
        "uploads/",
        "",
        "/etc/passwd",
        "uploads/%00.png",
        f"{NAME}.png/",
        f"{NAME}.png%0A",
    ],
)
def test_not_there(client, path):
    assert client.get(f"/media/{path}").status_code == 404


def test_wrong_method(client, kept):
    assert client.post(kept(f"{NAME}.png")).status_code == 405
