"""A mock interview: one question after the other against the clock, then rating oneself, then the report."""

from secrets import randbelow

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import reader_required
from interview_notes.pages import SeeOther, render_page
from progress.forms import DraftForm, InterviewForm, SelfRatingForm
from progress.interviewing import begin, finish, go_on, numbered
from progress.marks import attach_marks
from progress.models import Interview, Turn
from progress.models.interview import CRITERIA
from progress.querysets import StaleTurn
from progress.trend import points
from progress.views.draft import based_on
from progress.views.practice import note_of

A_PAGE = 20
COMPARED = 12  # interviews that stand side by side in a report
VERBS = {"next": go_on, "end": finish}
HOME = reverse_lazy("practice_interviews")


@require_http_methods(["GET", "HEAD", "POST"])
@reader_required(back_to=HOME)
def interviews(request):
    """Where one begins, and the earlier ones."""
    if request.method != "POST":
        return start_page(request, InterviewForm.proposing(request.GET))
    form = InterviewForm(request.POST)
    if not form.is_valid():
        return start_page(request, form, status=400)
    wanted, questions = form.cleaned_data, form.questions(request.user)
    begun = begin(
        request.user,
        questions,
        timezone.now(),
        randbelow(2**32),
        number=wanted["number"],
        minutes=wanted["minutes"],
        weakest=form.is_weakest(),
        follow_ups=wanted["follow_ups"],
        choice=form.query(),
    )
    if begun is None:
        form.add_error(None, _("There is no question in this choice."))
        return start_page(request, form, status=400)
    return SeeOther(begun.get_absolute_url())


def start_page(request, form, status=200):
    mine = Interview.objects.filter(user=request.user)
    page = Paginator(mine.finished().with_averages(), A_PAGE).get_page(request.GET.get("page"))
    context = {"choice_form": form, "page": page, "running": mine.running().first()}
    return render(request, "progress/practice_interviews.html", context, status=status)


@require_safe
@reader_required
def interview(request, pk):
    """The question that is being asked; after the last one, what is left to rate, then the report."""
    interview = get_object_or_404(Interview.objects.filter(user=request.user), pk=pk)
    turns = turns_of(interview)
    turn = next((turn for turn in turns if turn.asked_at and not turn.ended_at), None)
    if turn is None:  # finished, perhaps by another tab in this very moment
        response = redirect(after(interview, turns))
    else:
        response = turn_page(request, turn, DraftForm.holding(turn.text, turn.version), turns)
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_POST
@reader_required(back_to=HOME)
def turn(request, pk, position, then=None):
    """Keeps what was said in this turn; then, if so wished, asks the next question, or ends the interview."""
    turn = own_turn(request, pk, position)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return turn_page(request, turn, form, status=400)
    said = form.cleaned_data
    try:
        changed = Turn.objects.keep(turn, said["text"], said["version"])
    except StaleTurn as stale:
        return turn_page(request, stale.current, based_on(form, stale.current), conflict=stale.current, status=409)
    if request.htmx and not then:
        return turn_page(request, turn, form, saved=timezone.now())
    if turn.ended_at and changed:
        messages.info(request, _("Kept with its question, whose time had ended already."))
    if then:
        VERBS[then](turn, timezone.now())
    return SeeOther(turn.interview.get_absolute_url())


def turn_page(request, turn, form, turns=None, *, conflict=None, saved=None, status=200):
    context = {"turn": turn, "question": turn.question, "draft_form": form, "conflict": conflict, "saved": saved}
    if not request.htmx:
        turns = turns or turns_of(turn.interview)
        place = next(one for one in turns if one.pk == turn.pk)
        context |= {
            "number": place.number,
            "total": sum(1 for one in turns if not one.follows_id),
            "is_last": turns[-1].pk == turn.pk,
            "note": note_of(turn.question),
            "left": round((turn.until - timezone.now()).total_seconds()),
        }
    template, fragment = "progress/practice_interview.html", "progress/_turn_status.html"
    return render_page(request, template, context, fragment=fragment, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@reader_required
def self_rating(request, pk, position):
    """One's own words beside the reference answer, and how well they went."""
    turn = own_turn(request, pk, position)
    if not turn.interview.finished_at:
        return redirect(turn.interview)
    ratings = {name: value for name, value in zip(CRITERIA, turn.ratings, strict=True) if value}
    form = SelfRatingForm(request.POST) if request.method == "POST" else SelfRatingForm(initial=ratings)
    if request.method == "POST" and form.is_valid():
        turn.rate_oneself(**form.cleaned_data)
        return SeeOther(after(turn.interview, turns_of(turn.interview), turn.position))
    attach_marks([turn.question], request.user)
    turns = [one for one in turns_of(turn.interview) if one.asked_at]
    context = {
        "turn": turn,
        "question": turn.question,
        "note": note_of(turn.question),
        "form": form,
        "turns": turns,
        "here": next(n for n, one in enumerate(turns, 1) if one.pk == turn.pk),
    }
    return render(request, "progress/practice_self_rating.html", context, status=400 if form.errors else 200)


@require_safe
@reader_required
def report(request, pk):
    """How it went, beside how the earlier ones went."""
    mine = Interview.objects.filter(user=request.user).with_averages()
    interview = get_object_or_404(mine, pk=pk)
    if not interview.finished_at:
        return redirect(interview)
    turns = turns_of(interview)
    until_then = mine.finished().filter(created_at__lte=interview.created_at)
    series = list(until_then[:COMPARED])
    context = {
        "interview": interview,
        "asked": [turn for turn in turns if turn.asked_at],
        "unasked": sum(1 for turn in turns if not turn.asked_at),
        "taken": sum(turn.taken for turn in turns if turn.asked_at),
        "allowed": sum(turn.allowed for turn in turns if turn.asked_at),
        "series": series,
        "figures": figures(series),
    }
    return render(request, "progress/practice_report.html", context)


def figures(series):
    """For each criterion: its name, the average of the first of `series`, that of the others, and how it went."""
    fields = SelfRatingForm.base_fields
    for name in CRITERIA:
        values = [getattr(one, f"average_{name}") for one in series]
        earlier = [value for value in values[1:] if value is not None]
        yield {
            "label": fields[name].label,
            "now": values[0],
            "earlier": sum(earlier) / len(earlier) if earlier else None,
            "points": points(values[::-1]),
        }


def own_turn(request, pk, position):
    """A turn that was asked, of one's own interview."""
    asked = Turn.objects.asked().filter(interview__user=request.user).select_related("interview", "question__topic")
    return get_object_or_404(asked, interview__pk=pk, position=position)


def turns_of(interview):
    turns = list(interview.turns.select_related("question__topic"))
    for turn in turns:
        turn.interview = interview
    return numbered(turns)


def after(interview, turns, position=0):
    """The next turn to rate, after the one at `position` if there is one; else the report."""
    left = [turn.position for turn in turns if turn.asked_at and not turn.is_rated]
    if left:
        onward = [one for one in left if one > position]
        return reverse("practice_self_rating", args=[interview.pk, (onward or left)[0]])
    return reverse("practice_report", args=[interview.pk])
