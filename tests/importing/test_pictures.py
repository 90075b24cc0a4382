"""Pictures that come with notes, and links between their files."""

import io

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from questions.models import Note, Picture, Takedown
from questions.takedown import ask_undo, undo, uphold
from tests.importing.conftest import changes


def png(colour="red", size=(30, 20), form="PNG"):
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, form)
    return file.getvalue()


@pytest.fixture
def shown(notes):
    """Notes with one picture, shown twice, and one that is missing."""
    (notes.folder / "img").mkdir()
    (notes.folder / "img" / "a b.png").write_bytes(png())
    notes.write("README.md", "# Animals\n\n- **[Zebras](zebras.md)**\n- **[Lions](more/lions.md)**\n")
    notes.write("more/lions.md", "# Lions\n\n## Who sleeps?\n\nSee [zebras](../zebras.md#why-stripes).\n")
    notes.write(
        "zebras.md",
        """
        # Zebras

        ## Why stripes?

        ![One](img/a%20b.png) <img src="./img/a b.png" width="15">

        ![Missing](img/none.png) ![Far](https://example.org/x.png)

        [lions](more/lions.md) and [nobody](more/nobody.md)
        """,
    )
    return notes


def test_pictures_are_stored_once_and_shown_with_their_size(shown):
    plan = shown.sync()
    picture = Picture.objects.get()
    html = Note.objects.get(file="zebras.md").answer_html
    assert html.count(f'src="{picture.file.url}"') == 2
    assert 'width="30" height="20"' in html
    assert 'width="15" height="10"' in html
    assert "<img" not in html.partition("Missing")[2]
    assert [(problem.file, problem.line) for problem in plan.problems] == [("zebras.md", 7)]


def test_a_picture_is_served_and_is_only_its_pixels(shown, client):
    (shown.folder / "img" / "a b.png").write_bytes(png(form="JPEG") + b"<script>alert(1)</script>")
    shown.sync()
    response = client.get(Picture.objects.get().file.url)
    body = b"".join(response.streaming_content)
    assert response.headers["Content-Type"] == "image/jpeg"
    assert b"script" not in body


def test_what_is_no_picture_is_named_and_not_shown(shown):
    (shown.folder / "img" / "a b.png").write_bytes(b"<svg onload=alert(1)>")
    plan = shown.sync()
    assert not Picture.objects.exists()
    assert "<img" not in Note.objects.get(file="zebras.md").answer_html
    assert "img/a b.png" in [problem.file for problem in plan.problems]


def test_a_picture_that_changes_is_changed_where_it_is_shown(shown):
    shown.sync()
    before = Picture.objects.get().file.url
    (shown.folder / "img" / "a b.png").write_bytes(png("blue", (10, 10)))
    assert changes(shown.sync()) == {}
    picture = Picture.objects.get()
    html = Note.objects.get(file="zebras.md").answer_html
    assert picture.file.url != before
    assert before not in html
    assert f'src="{picture.file.url}"' in html
    assert default_storage.exists(picture.file.name)


def test_links_between_files_lead_to_their_questions_and_topics(shown, client):
    shown.sync()
    stripes, lions = Note.objects.get(file="zebras.md"), Note.objects.get(file="more/lions.md")
    assert 'href="/sources/animals/notes/more/lions.md"' in stripes.answer_html
    assert ">nobody<" not in stripes.answer_html
    assert "nobody" in stripes.answer_html
    response = client.get("/sources/animals/notes/zebras.md?at=why-stripes")
    assert response.url == stripes.question.get_absolute_url()
    assert client.get("/sources/animals/notes/more/lions.md?at=nowhere").url == lions.question.get_absolute_url()
    assert client.get("/sources/animals/notes/zebras.md").status_code == 302
    assert client.get("/sources/animals/notes/none.md").status_code == 404
    assert client.get("/sources/nobody/notes/zebras.md").status_code == 404


def test_a_link_to_a_file_that_comes_later_works_then(shown):
    shown.sync()
    shown.write("more/nobody.md", "# Nobody\n\n## Who?\n\nNobody.\n")
    shown.sync()
    assert 'href="/sources/animals/notes/more/nobody.md"' in Note.objects.get(file="zebras.md").answer_html


def test_an_edit_in_the_admin_keeps_pictures_and_links(shown):
    shown.sync()
    note = Note.objects.get(file="zebras.md")
    note.answer += "\n\nMore."
    note.save()
    assert note.answer_html.count("<img") == 2
    assert 'href="/sources/animals/notes/more/lions.md"' in note.answer_html


def test_a_drawing_is_kept_without_what_acts(notes, client):
    (notes.folder / "stripes.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><script>alert(1)</script><path d="M0 0h40"/></svg>'
    )
    notes.write("zebras.md", "# Zebras\n\n## Why stripes?\n\n![Stripes](stripes.svg)\n")
    assert notes.sync().problems == []
    html = Note.objects.get(file="zebras.md").answer_html
    assert 'alt="Stripes" width="40" height="30"' in html
    response = client.get(Picture.objects.get().file.url)
    body = b"".join(response.streaming_content)
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert b'd="M0 0h40"' in body
    assert b"script" not in body


def test_what_only_says_that_it_is_a_drawing(notes):
    (notes.folder / "stripes.svg").write_text("<html><script>alert(1)</script></html>")
    notes.write("zebras.md", "# Zebras\n\n## Why stripes?\n\n![Stripes](stripes.svg)\n")
    assert [problem.file for problem in notes.sync().problems] == ["stripes.svg"]
    assert not Picture.objects.exists()


def complaint_about(note):
    facts = {"name": "Zoe", "email": "zoe@example.org", "in_good_faith": True, "verified_at": timezone.now()}
    takedown = Takedown.objects.create(state="open", **facts)
    takedown.targets.create(note=note)
    return takedown


def test_a_picture_that_only_frozen_notes_show_is_gone(shown, client, cleo, bo):
    shown.sync()
    picture, note = Picture.objects.get().file.url, Note.objects.get(file="zebras.md")
    takedown = complaint_about(note)
    uphold(takedown, cleo)
    assert client.get(picture).status_code == 410
    ask_undo(takedown, cleo, "A mistake.")
    undo(takedown, bo)
    assert client.get(picture).status_code == 200


def test_a_picture_that_another_note_shows_too_stays(shown, client, cleo):
    shown.sync()
    Note.objects.filter(file="more/lions.md").update(answer_html=Note.objects.get(file="zebras.md").answer_html)
    uphold(complaint_about(Note.objects.get(file="zebras.md")), cleo)
    assert client.get(Picture.objects.get().file.url).status_code == 200
