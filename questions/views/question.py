"""The question page: what is asked, what sources and people answer, and the reader's own part."""

from urllib.parse import unquote
from uuid import uuid4

from django.conf import settings
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.text import Truncator
from django.utils.translation import get_language_info
from django.views.decorators.http import require_safe

from accounts.views import reveals_answers
from interview_notes.findable import findable
from progress.forms import DraftForm
from progress.marks import attach_marks, visible_questions, with_draft
from progress.models import Review
from questions.choosing import chosen_notes
from questions.markdown.excerpt import excerpt
from questions.models import Answer, Question, Topic
from questions.tree import neighbours, nodes, reading_order, walk

ENOUGH_FOR_A_LINK = ("key", "slug", *Question.TITLES, "topic", "parent", "position", "retired_at")
LANGUAGES = dict(settings.LANGUAGES)
UNDONE_WITHIN = 600  # seconds that a browser remembers where a merged question went: a merge can be undone


@require_safe
def question(request, pk, slug=""):
    found = visible_questions(request.user).select_related("topic", "parent")
    if request.user.is_authenticated:
        found = with_draft(found, request.user)
    question = get_object_or_404(found.at(pk))
    address = question.get_absolute_url()
    if request.path != unquote(address):
        query = request.META.get("QUERY_STRING")
        response = redirect(f"{address}?{query}" if query else address, permanent=True)
        if question.pk != pk:
            patch_cache_control(response, private=True, max_age=UNDONE_WITHIN)
        return response
    context = {
        "question": question,
        "retired": question.retired_at,
        "reveal": reveals_answers(request) or request.GET.get("reveal") == "1",
        **what_sources_say(question),
        **what_readers_answer(question, request.user),
        **where_it_stands(question),
    }
    note = context["note"]
    context["described_answers"] = len([one for one in [note, *context["notes_elsewhere"]] if one and one.answer_html])
    context["described_answers"] += len([answer for answer in context["answers"] if not answer.is_frozen])
    if note and question.titles and not question.retired_at:
        context["findable"] = findable(
            request,
            Truncator(question.title_plain).chars(80),
            excerpt(note.answer_html or note.text_html),
            languages=[language["code"] for language in context["languages"]],
            shown=note.language,
        )
    attach_marks([question, *context["follow_ups"]], request.user)
    context |= {"marks": question.marks, "event": uuid4(), "outlook": [(rating, None) for rating in Review.Rating]}
    if request.user.is_authenticated:
        context["draft_form"] = DraftForm.holding(question.draft_text, question.draft_version)
    return render(request, "questions/question.html", context)


def what_sources_say(question):
    """The note in the language that the reader wants; where there is none, visibly another."""
    chosen = chosen_notes(question.notes.live().select_related("source", "takedown"))
    address = question.get_absolute_url()
    return {
        "note": chosen.note,
        "notes_elsewhere": chosen.elsewhere,
        "missing": LANGUAGES.get(chosen.missing, chosen.missing),
        "shown_in": chosen.note and LANGUAGES.get(chosen.note.language, chosen.note.language),
        "languages": [
            {
                "code": code,
                "name": language_name(code),
                "url": f"{address}?lang={code}",
                "current": code == chosen.note.language,
            }
            for code in chosen.languages
        ],
    }


def what_readers_answer(question, user):
    visible = list(Answer.objects.visible_to(user).filter(question=question).select_related("author", "takedown"))
    return {
        "answers": [answer for answer in visible if answer.state == Answer.State.PUBLISHED],
        "my_answers": [answer for answer in visible if user.is_authenticated and answer.author_id == user.pk],
    }


def where_it_stands(question):
    """The topics above, the questions before and after on the same branch, and those that follow it up."""
    root = Topic(path=question.topic.path[: question.topic.path.index("/", 1) + 1])
    branch = list(walk(nodes(Topic.objects.in_branch(root))))
    family = Question.objects.unmerged().filter(Q(retired_at=None) | Q(pk=question.pk)).in_branch(root)
    ordered = reading_order(branch, family.only(*ENOUGH_FOR_A_LINK))
    before, after = neighbours(ordered, question.pk)
    return {
        "ancestors": [topic for topic in branch if question.topic.path.startswith(topic.path)],
        "parent": question.parent if question.parent and question.parent.retired_at is None else None,
        "follow_ups": [one for one in ordered if one.parent_id == question.pk],
        "previous": before,
        "next": after,
    }


def language_name(code):
    """What those who speak it call it."""
    try:
        return get_language_info(code)["name_local"]
    except KeyError:  # a source may speak a language that the site does not know by name
        return code
