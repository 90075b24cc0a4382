"""Merging on the desk: both questions side by side, a curator's choice, the history and the way back."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from progress.merging import merge
from progress.models import Bookmark
from questions.admin.merge import MergeForm
from questions.models import Merge, MergeProposal, Note, Question, Source

PROPOSALS = "/admin/questions/mergeproposal/"
MERGES = "/admin/questions/merge/"
IN_ENGLISH = {"headers": {"accept-language": "en"}}


@pytest.fixture
def pairs(make_question, topic, bo):
    """pairs(3): as many proposals, each of two questions, each with a source of its own."""

    def make(rows):
        for n in range(MergeProposal.objects.count(), MergeProposal.objects.count() + rows):
            pair = []
            for side in "ab":
                source = Source.objects.create(
                    slug=f"{side}-{n}", title=f"Source {side}{n}", licence="MIT", mode="full", language="en"
                )
                question = make_question(f"Why {n}?", f"*Answer* {side}{n}")
                question.notes.update(source=source)
                Bookmark.objects.create(user=bo, question=question)
                pair.append(question)
            MergeProposal.objects.create(first=pair[0], second=pair[1], reason=2, score=1)
        return MergeProposal.objects.order_by("pk")

    return make


@pytest.fixture
def proposal(pairs):
    return pairs(1).get()


def decide(desk, proposal, act, **data):
    return desk.post(f"{PROPOSALS}{proposal.pk}/{act}/", data, follow=True, **IN_ENGLISH).text


# --- Works -------------------------------------------------------------------------------------------------------


def test_index_leads_to_what_waits(desk, pairs):
    pairs(2)
    page = desk.get("/admin/", **IN_ENGLISH).text
    assert "Questions that may be one: 2" in page
    assert PROPOSALS in page


def test_list_shows_what_waits(desk, cleo, pairs):
    _first, second, third = pairs(3)
    second.refuse(by=cleo)
    merge(third.first, third.second, by=cleo)
    for query, shown in (("", "0"), ("?decision=refused", "1"), ("?decision=merged", "2")):
        page = desk.get(f"{PROPOSALS}{query}", **IN_ENGLISH).text
        assert set(re.findall(r"Why (\d)\?", page)) == {shown}
    assert "Source a0" in desk.get(PROPOSALS).text


def test_both_side_by_side(desk, proposal):
    page = desk.get(f"{PROPOSALS}{proposal.pk}/change/", **IN_ENGLISH).text
    for words in ("<em>Answer</em> a0", "<em>Answer</em> b0", "Source a0", "Source b0", "Zebras", "zebras.md:1"):
        assert words in page
    assert page.count("1 mark of readers") == 2
    assert 'name="_save"' not in page


@pytest.mark.parametrize("more", ["first", "second", None])
def test_the_one_with_more_marks_stays_unless_told_otherwise(desk, ada, proposal, more):
    if more:
        Bookmark.objects.create(user=ada, question=getattr(proposal, more))
    page = desk.get(f"{PROPOSALS}{proposal.pk}/change/").text
    (checked,) = re.findall(r'name="kept" value="(\d+)" checked', page)
    assert int(checked) == getattr(proposal, more or "first").pk


@pytest.mark.parametrize("stays", ["first", "second"])
def test_merge(desk, cleo, proposal, stays):
    kept = getattr(proposal, stays)
    text = decide(desk, proposal, "merge", kept=kept.pk)
    assert "The old address leads to the question that stays." in text
    done = Merge.objects.get()
    assert (done.kept, done.by) == (kept, cleo)
    assert Question.objects.live().get() == kept
    proposal.refresh_from_db()
    assert (proposal.accepted, proposal.decided_by) == (True, cleo)
    page = desk.get(f"{PROPOSALS}{proposal.pk}/change/").text
    assert f"{PROPOSALS}{proposal.pk}/merge/" not in page


def test_not_the_same(desk, cleo, proposal):
    assert "not proposed again" in decide(desk, proposal, "refuse")
    proposal.refresh_from_db()
    assert (proposal.accepted, proposal.decided_by) == (False, cleo)
    assert Question.objects.live().count() == 2


def test_history_and_undo(desk, cleo, proposal):
    done = merge(proposal.first, proposal.second, by=cleo)
    assert "Why 0? → Why 0?" in desk.get(MERGES).text
    page = desk.get(f"{MERGES}{done.pk}/change/", **IN_ENGLISH).text
    assert "notes: 1" in page
    assert 'name="_save"' not in page
    text = desk.post(f"{MERGES}{done.pk}/undo/", follow=True, **IN_ENGLISH).text
    assert "two questions again" in text
    assert Question.objects.live().count() == 2
    assert f"{MERGES}{done.pk}/undo/" not in desk.get(f"{MERGES}{done.pk}/change/").text
    assert "undone already" in desk.post(f"{MERGES}{done.pk}/undo/", follow=True, **IN_ENGLISH).text


def test_merge_into_from_the_page_of_a_question(desk, cleo, make_question):
    gone, kept = make_question("Gone?"), make_question("Kept?")
    page = desk.get(f"/admin/questions/question/{gone.pk}/change/").text
    (link,) = re.findall(r'href="(/admin/questions/merge/add/[^"]+)"', page)
    assert f'<option value="{gone.pk}" selected>Gone?</option>' in desk.get(link).text
    response = desk.post(link, {"gone": gone.pk, "kept": kept.pk, "_save": "1"}, **IN_ENGLISH)
    assert response.status_code == 302
    done = Merge.objects.get()
    assert (done.kept, done.gone, done.by) == (kept, gone, cleo)
    assert Note.objects.filter(question=kept).count() == 2


def test_merged_questions_are_not_on_the_desk_twice(desk, cleo, proposal):
    merge(proposal.first, proposal.second, by=cleo)
    assert desk.get("/admin/questions/question/").text.count('/change/">Why 0?') == 1
    found = desk.get("/admin/autocomplete/?app_label=questions&model_name=merge&field_name=kept&term=why").json()[
        "results"
    ]
    assert [one["id"] for one in found] == [str(proposal.first_id)]


# --- Who may -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["merge", "refuse"])
def test_only_by_post(desk, proposal, act):
    assert desk.get(f"{PROPOSALS}{proposal.pk}/{act}/").status_code == 405


def test_looking_is_not_deciding(client, bo, cleo, proposal):
    bo.is_staff = True
    bo.save()
    bo.user_permissions.set(Permission.objects.filter(codename__in=["view_mergeproposal", "view_merge"]))
    client.force_login(bo)
    page = client.get(f"{PROPOSALS}{proposal.pk}/change/").text
    assert f"{PROPOSALS}{proposal.pk}/merge/" not in page
    done = merge(proposal.first, proposal.second, by=cleo)
    for address in (
        f"{PROPOSALS}{proposal.pk}/merge/",
        f"{PROPOSALS}{proposal.pk}/refuse/",
        f"{MERGES}{done.pk}/undo/",
    ):
        assert client.post(address, {"kept": proposal.first_id}).status_code == 403
    assert client.get(f"{MERGES}add/").status_code == 403


@pytest.mark.parametrize("act", ["merge", "refuse"])
def test_readers_are_turned_away(client, ada, proposal, act):
    client.force_login(ada)
    client.post(f"{PROPOSALS}{proposal.pk}/{act}/", {"kept": proposal.first_id})
    assert not Merge.objects.exists()
    proposal.refresh_from_db()
    assert proposal.decided_at is None


# --- Bad input ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kept", ["", "0", "x", None])
def test_merge_needs_one_of_the_two(desk, proposal, make_question, kept):
    kept = make_question("Third?").pk if kept is None else kept
    assert "Choose which of the two stays." in decide(desk, proposal, "merge", kept=kept)
    assert not Merge.objects.exists()


def test_two_curators_decide_on_one_proposal(desk, cleo, proposal):
    proposal.refuse(by=cleo)
    for act in ("merge", "refuse"):
        assert "decided already" in decide(desk, proposal, act, kept=proposal.first_id)
    assert not Merge.objects.exists()


def test_with_itself(desk, question):
    response = desk.post(f"{MERGES}add/", {"gone": question.pk, "kept": question.pk}, **IN_ENGLISH)
    assert "cannot be merged with itself" in response.text


def test_another_curator_was_quicker(desk, cleo, proposal, monkeypatch):
    gone, kept = proposal.first, proposal.second
    save = MergeForm.save

    def while_the_other_saves(form, **options):
        merge(gone, kept, by=cleo)
        return save(form, **options)

    monkeypatch.setattr(MergeForm, "save", while_the_other_saves)
    response = desk.post(f"{MERGES}add/", {"gone": gone.pk, "kept": kept.pk}, follow=True, **IN_ENGLISH)
    assert "has been merged into another question already" in response.text


def test_markup_in_titles_is_harmless(desk, cleo, make_question):
    first, second = (make_question("<script>alert(1)</script>", "<script>alert(2)</script>") for _ in range(2))
    proposal = MergeProposal.objects.create(first=first, second=second, reason=1, score=1)
    pages = [PROPOSALS, f"{PROPOSALS}{proposal.pk}/change/"]
    assert not any("<script>alert" in desk.get(page).text for page in pages)
    done = merge(first, second, by=cleo)
    assert not any("<script>alert" in desk.get(page).text for page in (MERGES, f"{MERGES}{done.pk}/change/"))


# --- Every page --------------------------------------------------------------------------------------------------


def every_page(proposals):
    yield from (PROPOSALS, f"{PROPOSALS}?decision=merged", MERGES, f"{MERGES}add/")
    done = Merge.objects.order_by("pk").last()
    yield from (f"{PROPOSALS}{proposals.first().pk}/change/", f"{MERGES}{done.pk}/change/")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_opens_and_keeps_to_the_policy(desk, cleo, pairs, language):
    first, *_ = pairs(2)
    merge(first.first, first.second, by=cleo)
    for page in every_page(pairs(0)):
        response = desk.get(page, headers={"accept-language": language})
        assert response.status_code == 200, page
        assert not re.search(r" style=| on[a-z]+=|<style|<script>|javascript:", response.text), page


def test_as_many_queries_for_30_rows_as_for_3(desk, cleo, pairs):
    counts = []
    for rows in (6, 54):
        for proposal in list(pairs(rows))[-rows // 2 :]:
            merge(proposal.first, proposal.second, by=cleo)
        counts.append({})
        for page in [PROPOSALS, f"{PROPOSALS}?decision=merged", MERGES, f"{MERGES}add/", "/admin/"]:
            desk.get(page)
            with CaptureQueriesContext(connection) as captured:
                assert desk.get(page).status_code == 200
            counts[-1][page] = len(captured)
    assert counts[0] == counts[1]
