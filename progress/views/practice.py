"""Recalling: the question alone, then one's own words beside the reference answer, then a rating.

The choice of questions travels in the address from page to page, so that it can be shared and survives a reload.
"""

from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import reader_required
from accounts.zones import day_of, zone_of
from interview_notes.pages import SeeOther, send_back
from progress.choices import ChoiceForm
from progress.forms import DraftForm, MoreForm, RatingForm
from progress.marks import attach_marks, visible_questions, with_draft
from progress.models import Card, Draft, Review
from progress.practising import habits_of, outlook, rate, take_back, want_more
from progress.querysets import StaleDraft
from progress.today import limits_on, next_question, pick, today_of
from progress.views.draft import conflict_page, draft_page
from questions.choosing import chosen_notes


@require_safe
def practice(request):
    """What today asks, and from what to choose."""
    form = ChoiceForm(request.GET)
    context = {"choice_form": form, "chosen": None, "query": ""}
    if form.is_valid():
        questions = form.questions(request.user)
        context |= {"chosen": questions.count(), "query": form.query()}
        if request.user.is_authenticated:
            context |= where_today_stands(request.user, questions, form.is_ahead())
        else:
            context["asks"] = context["chosen"] > 0
    return render(request, "progress/practice.html", context, status=200 if form.is_valid() else 400)


def where_today_stands(user, questions, ahead):
    now, habits = timezone.now(), habits_of(user)
    limit, _new = limits_on(day_of(now, zone_of(user)), habits)
    return {
        "habits": habits,
        "figures": habits.figures,
        "today": today_of(user, habits, now),
        "limit": limit,
        "due": Card.objects.due(now).filter(user=user).count(),
        "asks": next_question(user, questions, habits, now, ahead=ahead) is not None,
    }


@require_safe
def practice_next(request):
    """Goes to the question that is to be asked now; back to the start if there is none."""
    form = ChoiceForm(request.GET)
    pk = None
    if form.is_valid():
        questions, choice = form.questions(request.user), form.cleaned_data
        if request.user.is_authenticated:
            habits = habits_of(request.user)
            pk = next_question(request.user, questions, habits, timezone.now(), ahead=form.is_ahead())
        else:
            pk = pick(questions, choice["seed"], choice["turn"])
    last = request.GET.get("last", "")
    response = redirect(at("practice_question", pk, form, last=last) if pk else at("practice", None, form))
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def practice_question(request, pk):
    """The question alone: the answer is not in the page."""
    found = visible_questions(request.user)
    if request.user.is_authenticated:
        found = with_draft(found, request.user)
    question = get_object_or_404(found.select_related("topic").at(pk))
    note = note_of(question)
    context = {"question": question, "note": note, "form": ChoiceForm(request.GET), "asked": timezone.now().timestamp()}
    if request.user.is_authenticated:
        context["draft_form"] = DraftForm.holding(question.draft_text, question.draft_version)
        habits = habits_of(request.user)
        context["figures"] = habits.figures
        context["today"] = today_of(request.user, habits, timezone.now())
        context["last"] = last_review(request)
    return render(request, "progress/practice_question.html", context)


@require_POST
def practice_reveal(request, pk):
    """Keeps what was typed as the reader's draft, by the rules of drafts, and shows the answer."""
    question = get_object_or_404(visible_questions(request.user).at(pk))
    if request.user.is_authenticated and "text" in request.POST:
        form = DraftForm(request.POST)
        if not form.is_valid():
            return draft_page(request, question, form, status=400)
        try:
            Draft.objects.keep(request.user, question, form.cleaned_data["text"], form.cleaned_data["version"])
        except StaleDraft as stale:
            return conflict_page(request, question, form, stale.current)
    return SeeOther(at("practice_answer", question.pk, ChoiceForm(request.GET), asked=request.POST.get("asked", "")))


@require_safe
def practice_answer(request, pk):
    """One's own words beside the reference answer."""
    found = visible_questions(request.user)
    if request.user.is_authenticated:
        found = with_draft(found, request.user)
    question = get_object_or_404(found.select_related("topic").at(pk))
    context = {
        "question": question,
        "note": note_of(question),
        "form": ChoiceForm(request.GET),
        "event": uuid4(),
        "asked": request.GET.get("asked", ""),
    }
    if request.user.is_authenticated:
        attach_marks([question], request.user)
        context["outlook"] = outlook(request.user, question, timezone.now())
    else:
        context["outlook"] = [(rating, None) for rating in Review.Rating]
    return render(request, "progress/practice_answer.html", context)


@require_POST
def practice_rate(request, pk):
    """Logs the rating and goes on; where there is no account, the browser may keep it."""
    question = get_object_or_404(visible_questions(request.user).at(pk))
    form, choice = RatingForm(request.POST), ChoiceForm(request.GET)
    if not form.is_valid():
        raise BadRequest("this is not a rating")
    if not request.user.is_authenticated:
        return SeeOther(at("practice_next", None, choice, turn=choice.turn_number() + 1))
    said, now = form.cleaned_data, timezone.now()
    review = rate(request.user, question, said["rating"], now, said["event"], form.seconds(now))
    if "next" in request.POST:
        messages.success(request, _("Kept: %(rating)s.") % {"rating": review.get_rating_display()})
        return send_back(request, question)
    return SeeOther(at("practice_next", None, choice, last=review.pk))


@require_POST
@reader_required(back_to=reverse_lazy("practice"))
def practice_undo(request, pk):
    """Takes a review back and shows its question again, to be rated anew."""
    review = get_object_or_404(Review.objects.filter(user=request.user), pk=pk)
    take_back(review)
    return SeeOther(at("practice_answer", review.question_id, ChoiceForm(request.GET)))


@require_POST
@reader_required(back_to=reverse_lazy("practice"))
def practice_more(request):
    """A few more today, on wish."""
    form = MoreForm(request.POST)
    if not form.is_valid():
        raise BadRequest("more is not a number of questions")
    want_more(request.user, form.cleaned_data["more"], day_of(timezone.now(), zone_of(request.user)))
    return SeeOther(at("practice_next", None, ChoiceForm(request.GET)))


def last_review(request):
    """The review that this page may take back, as its address says; None if it says nothing of the kind."""
    last = request.GET.get("last", "")
    return int(last) if last.isascii() and last.isdigit() and len(last) < 18 else None


def note_of(question):
    return chosen_notes(question.notes.live().select_related("source", "takedown")).note


def at(name, pk, form, **more):
    """The address of a step of practice, with the choice in it."""
    query = urlencode(form.query_dict() | {key: value for key, value in more.items() if value != ""})
    address = reverse(name, args=[pk] if pk else [])
    return f"{address}?{query}" if query else address
