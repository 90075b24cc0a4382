"""The editor's preview and its pictures: for readers only, and nothing but pixels is kept."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from questions.models import Upload

PREVIEW, UPLOAD = "/editor/preview/", "/editor/upload/"


def picture(kind="PNG", size=(4, 3), mode="RGB", **facts):
    file = io.BytesIO()
    Image.new(mode, size, "teal").save(file, kind, **facts)
    return file.getvalue()


def send(client, content, name="picture.png", kind="image/png"):
    return client.post(UPLOAD, {"image": SimpleUploadedFile(name, content, kind)})


def stored():
    upload = Upload.objects.get()
    with default_storage.open(upload.file.name) as file:
        return Image.open(io.BytesIO(file.read()))


@pytest.fixture
def ada_client(client, ada):
    client.force_login(ada)
    return client


# --- Preview -----------------------------------------------------------------------------------------------------


def test_preview_shows_how_it_will_look(ada_client):
    response = ada_client.post(PREVIEW, {"content": "**bold** <script>alert(1)</script>"})
    assert response.status_code == 200
    assert b"<strong>bold</strong>" in response.content
    assert b"<script" not in response.content


def test_preview_of_nothing_is_empty(ada_client):
    assert ada_client.post(PREVIEW, {"content": ""}).content == b""


@pytest.mark.parametrize("path", [PREVIEW, UPLOAD])
def test_signed_out(client, db, path):
    response = client.post(path, {"content": "x"})
    assert response.status_code == 401
    assert response.json()["error"]


@pytest.mark.parametrize("path", [PREVIEW, UPLOAD])
def test_needs_csrf_token(ada, path):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    assert client.post(path, {"content": "x"}).status_code == 403


@pytest.mark.parametrize("path", [PREVIEW, UPLOAD])
@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_wrong_method(ada_client, path, method):
    assert getattr(ada_client, method)(path).status_code == 405


def test_preview_without_content(ada_client):
    assert ada_client.post(PREVIEW).status_code == 400


def test_preview_of_too_much(ada_client, settings):
    settings.TEXT_LIMIT = 10
    assert ada_client.post(PREVIEW, {"content": "一" * 10}).status_code == 200
    assert ada_client.post(PREVIEW, {"content": "一" * 11}).status_code == 413


def test_a_megabyte_is_refused(ada_client):
    assert ada_client.post(PREVIEW, {"content": "x" * 2**20}).status_code == 413


def test_too_fast(ada_client, bo, monkeypatch):
    monkeypatch.setattr("questions.views.editor.Preview.times", 2)
    assert [ada_client.post(PREVIEW, {"content": "x"}).status_code for _ in range(3)] == [200, 200, 429]
    ada_client.force_login(bo)
    assert ada_client.post(PREVIEW, {"content": "x"}).status_code == 200


# --- Pictures ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "mode", "kept_as", "ending"),
    [
        ("PNG", "RGB", "PNG", "png"),
        ("PNG", "RGBA", "PNG", "png"),
        ("PNG", "P", "PNG", "png"),
        ("JPEG", "RGB", "JPEG", "jpg"),
        ("JPEG", "CMYK", "JPEG", "jpg"),
        ("GIF", "P", "PNG", "png"),
        ("WEBP", "RGB", "WEBP", "webp"),
    ],
)
def test_a_picture_is_kept_under_our_name(ada_client, ada, kind, mode, kept_as, ending):
    response = send(ada_client, picture(kind, mode=mode), name="../../evil.html", kind="text/html")
    upload = Upload.objects.get()
    assert response.json() == {"image_code": f"![](/media/{upload.file.name})"}
    assert upload.owner == ada
    assert (upload.width, upload.height) == (4, 3)
    assert upload.file.name.endswith(f".{ending}")
    assert "evil" not in upload.file.name
    assert stored().format == kept_as
    assert ada_client.get(f"/media/{upload.file.name}").status_code == 200


def test_transparency_stays(ada_client):
    file = io.BytesIO()
    Image.new("RGBA", (2, 2), (255, 0, 0, 0)).save(file, "PNG")
    send(ada_client, file.getvalue())
    assert stored().getpixel((0, 0))[3] == 0


def test_fine_shades_of_grey_stay_grey(ada_client):
    file = io.BytesIO()
    Image.new("I;16", (2, 2), 30_000).save(file, "PNG")
    send(ada_client, file.getvalue())
    assert stored().getpixel((0, 0)) == (117, 117, 117)


def test_only_pixels_are_kept_and_they_stand_upright(ada_client):
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by a quarter
    exif[0x010F] = "Secret camera"
    send(ada_client, picture("JPEG", size=(40, 30), exif=exif, comment=b"<script>"))
    image = stored()
    assert image.size == (30, 40)
    assert not image.getexif()
    assert "comment" not in image.info


def test_a_photo_with_a_second_picture_inside_is_its_first(ada_client):
    file = io.BytesIO()
    first, second = Image.new("RGB", (4, 3), "teal"), Image.new("RGB", (2, 2), "red")
    first.save(file, "MPO", save_all=True, append_images=[second])
    assert send(ada_client, file.getvalue()).status_code == 200
    assert (stored().format, stored().size) == ("JPEG", (4, 3))


def moving(kind):
    file = io.BytesIO()
    frames = [Image.new("RGB", (4, 3), colour) for colour in ("teal", "red", "gold")]
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], duration=100)
    return file.getvalue()


NOT_PICTURES = {
    "nothing": b"",
    "html": b"<html><script>alert(1)</script></html>",
    "html that begins like a gif": b"GIF89a<script>alert(1)</script>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "cut off png": picture(size=(300, 300))[:-30],
    "cut off jpeg": picture("JPEG", size=(300, 300))[:-300],
    "head of a png": picture()[:20],
    "bmp": picture("BMP"),
    "tiff": picture("TIFF"),
    "moving gif": moving("GIF"),
    "moving webp": moving("WEBP"),
    "moving png": moving("PNG"),
}


@pytest.mark.parametrize("name", NOT_PICTURES)
@pytest.mark.parametrize("kind", ["image/gif", "image/svg+xml"])
def test_what_is_no_still_picture_is_refused(ada_client, name, kind):
    response = send(ada_client, NOT_PICTURES[name], name="x.gif", kind=kind)
    assert response.status_code == 400
    assert response.json()["error"]
    assert not Upload.objects.exists()


def test_no_file(ada_client):
    response = ada_client.post(UPLOAD, {"image": "not a file"})
    assert response.status_code == 400
    assert response.json()["error"]


def test_too_many_pixels(ada_client, settings):
    settings.UPLOAD_PIXELS = 1_000_000
    assert send(ada_client, picture(size=(1001, 1000))).status_code == 400


def test_a_bomb_is_refused_unopened(ada_client):
    file = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(file, "PNG")
    assert send(ada_client, file.getvalue()).status_code == 400


def test_too_many_bytes(ada_client, settings):
    settings.UPLOAD_LIMIT = 100
    assert send(ada_client, picture(size=(200, 200)) + b"\0" * 100).status_code == 400


def test_what_hangs_behind_the_picture_is_cut_off(ada_client):
    send(ada_client, picture() + b"<script>alert(1)</script>")
    with default_storage.open(Upload.objects.get().file.name) as file:
        assert b"script" not in file.read()


def test_too_many_pictures(ada_client, monkeypatch):
    monkeypatch.setattr("questions.views.editor.PictureUpload.times", 1)
    assert [send(ada_client, picture()).status_code for _ in range(2)] == [200, 429]
