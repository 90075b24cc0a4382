"""Rounds of a topic: what was answered in which, and the beginning of the next."""

from itertools import groupby

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Now
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import reader_required
from interview_notes.pages import SeeOther
from progress.forms import RoundForm
from progress.models import Answered, Review, Round, RoundAnswered
from progress.rounds import answered_on, begin, call_off
from progress.statistics import shelves
from questions.models import Question, Topic
from questions.tree import walk

A_PAGE = 100


@require_safe
@reader_required
def rounds(request):
    """Every topic that has been gone through more than once, its rounds side by side."""
    by_topic = {topic: list(ones) for topic, ones in groupby(of_reader(request.user), key=lambda one: one.topic)}
    nodes, _totals = shelves(request.user, Topic.objects.live())
    standing = {node.pk: node for node in walk(nodes)}
    for topic, ones in by_topic.items():
        topic.standing = standing.get(topic.pk)
        for one in ones:
            if one.ended_at is None and topic.standing:
                one.answered_count = topic.standing.answered
    return render(request, "progress/rounds.html", {"by_topic": by_topic})


@require_safe
@reader_required
def topic_rounds(request, slug):
    """One topic, question by question: in which round each was answered."""
    topic = get_object_or_404(Topic, slug=slug)
    ones = [one for one in of_reader(request.user) if one.topic_id == topic.pk]
    if ones:
        ones[-1].answered_count = answered_on(request.user, topic).filter(question__retired_at=None).count()
    questions = Question.objects.live().in_branch(topic).in_reading_order()
    page = Paginator(questions, A_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    past = RoundAnswered.objects.filter(round__in=ones, question__in=shown)
    answered = {(row.round_id, row.question_id): row.created_at for row in past}
    now = dict(Answered.objects.filter(user=request.user, question__in=shown).values_list("question_id", "created_at"))
    for question in shown:
        question.in_rounds = [
            now.get(question.pk) if one.ended_at is None else answered.get((one.pk, question.pk)) for one in ones
        ]
    context = {"topic": topic, "rounds": ones, "questions": shown, "page": page, "next_number": next_number(ones)}
    return render(request, "progress/topic_rounds.html", context)


@require_POST
@reader_required(back_to=reverse_lazy("me_rounds"))
def round_begin(request, pk):
    topic = get_object_or_404(Topic.objects.live(), pk=pk)
    running = begin(request.user, topic, number_in(request), timezone.now())
    if running is None:
        messages.warning(request, _("Nothing has been answered on this topic yet: this is your first round."))
    else:
        messages.success(
            request,
            _("Round %(number)s has begun. What you had answered is kept with the round before.")
            % {"number": running.number},
        )
    return SeeOther(reverse("topic_rounds", args=[topic.slug]))


@require_POST
@reader_required(back_to=reverse_lazy("me_rounds"))
def round_call_off(request, pk):
    topic = get_object_or_404(Topic, pk=pk)
    call_off(request.user, topic, number_in(request))
    messages.success(request, _("The marks of the round before are back."))
    return SeeOther(reverse("topic_rounds", args=[topic.slug]))


def number_in(request):
    form = RoundForm(request.POST)
    if not form.is_valid():
        raise BadRequest("number is not that of a round")
    return form.cleaned_data["number"]


def next_number(rounds):
    return rounds[-1].number + 1 if rounds else 2


def of_reader(user):
    """The reader's rounds by topic, each with `answered_count`, and of its reviews `known` and `reviewed`."""
    during = Review.objects.counted().filter(
        user=user,
        at__gte=OuterRef("started_at"),
        at__lt=Coalesce(OuterRef("ended_at"), Now()),
        question__topic__path__startswith=OuterRef("topic__path"),
    )
    counted = during.order_by().values("user").annotate(n=Count("pk"), known=Count("pk", filter=Q(rating__gte=3)))
    return (
        Round.objects.filter(user=user)
        .select_related("topic")
        .annotate(
            answered_count=Count("answered"),
            reviewed=Coalesce(Subquery(counted.values("n")), 0),
            known=Coalesce(Subquery(counted.values("known")), 0),
        )
        .order_by("topic__position", "topic_id", "number")
    )
