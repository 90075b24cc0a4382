"""Pictures on the desk: whose they are, and gone when deleted."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from questions.models import Upload

LIST = "/admin/questions/upload/"


@pytest.fixture
def upload(ada):
    file = io.BytesIO()
    Image.new("RGB", (4, 3)).save(file, "PNG")
    return Upload.objects.create(owner=ada, file=ContentFile(file.getvalue(), "picture.png"))


def test_whose_and_what(desk, upload):
    html = desk.get(LIST).text
    assert f'src="/media/{upload.file.name}"' in html
    assert "ada" in html


@pytest.mark.parametrize("many", [True, False])
def test_deleted_with_its_file(desk, upload, many):
    if many:
        desk.post(LIST, {"action": "delete_selected", "_selected_action": [upload.pk], "post": "yes"})
    else:
        desk.post(f"{LIST}{upload.pk}/delete/", {"post": "yes"})
    assert not Upload.objects.exists()
    assert not default_storage.exists(upload.file.name)
