"""Is this the renamed one? Both texts side by side, and a curator says yes or no."""

import pytest

from progress.models import Answered, Bookmark
from questions.models import Import, Note, RenameCandidate

LIST = "/admin/questions/renamecandidate/"


@pytest.fixture
def desk(desk):
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return desk


@pytest.fixture
def candidate(source, make_question, bo, ada):
    old = make_question("Why stripes?", "Flies **dislike** them.")
    new = make_question("Why black stripes?", "Lions mind.")
    for question in (old, new):
        Bookmark.objects.create(user=bo, question=question)
    Answered.objects.create(user=bo, question=old)
    Answered.objects.create(user=ada, question=old)
    run = Import.objects.create(source=source, origin="/notes", state="applied")
    Note.objects.filter(question=old).update(retired_at=run.started_at)
    type(old).objects.filter(pk=old.pk).update(retired_at=run.started_at)
    return RenameCandidate.objects.create(old=old, new=new, score=0.8, run=run)


def test_both_texts_in_view(desk, candidate):
    html = desk.get(f"{LIST}{candidate.pk}/change/").text
    assert "Flies <strong>dislike</strong> them." in html
    assert "Lions mind." in html
    assert "2 readers with marks" in html
    assert "1 reader with marks" in html
    assert "zebras.md:1" in html
    assert 'name="_save"' not in html


def test_yes(desk, candidate, cleo):
    assert desk.post(f"{LIST}{candidate.pk}/same/").headers["Location"] == LIST
    candidate.refresh_from_db()
    candidate.old.refresh_from_db()
    assert (candidate.accepted, candidate.decided_by) == (True, cleo)
    assert candidate.old.retired_at is None
    assert candidate.old.title_in("en") == "Why black stripes?"
    assert "Yes, it is the same" not in desk.get(f"{LIST}{candidate.pk}/change/").text


def test_no(desk, candidate, cleo):
    desk.post(f"{LIST}{candidate.pk}/two/")
    candidate.refresh_from_db()
    assert (candidate.accepted, candidate.decided_by) == (False, cleo)
    assert candidate.old.retired_at
    assert "Why stripes?" not in desk.get(LIST).text
    assert "Why stripes?" in desk.get(f"{LIST}?decision=two").text
    assert "Why stripes?" in desk.get(f"{LIST}?decision=all").text
    assert "Why stripes?" not in desk.get(f"{LIST}?decision=same").text


def test_twice_is_told(desk, candidate):
    desk.post(f"{LIST}{candidate.pk}/two/")
    assert "nothing to decide here any more" in desk.post(f"{LIST}{candidate.pk}/same/", follow=True).text


def test_the_index_tells_what_waits(desk, candidate):
    assert "Questions perhaps renamed: 1" in desk.get("/admin/").text


def test_who_may(client, desk, bo, candidate):
    assert desk.get(f"{LIST}{candidate.pk}/same/").status_code == 405
    assert desk.get(f"{LIST}add/").status_code == 403
    bo.is_staff = True
    bo.save()
    client.force_login(bo)
    assert client.post(f"{LIST}{candidate.pk}/same/").status_code == 403
    assert client.get(f"{LIST}{candidate.pk}/change/").status_code == 403
