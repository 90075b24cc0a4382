"""These topics by this date, and what of it is for today."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import reader_required
from accounts.zones import day_of, zone_of
from interview_notes.pages import SeeOther
from progress.forms import PlanForm
from progress.marks import attach_marks
from progress.models import Answered, Plan
from progress.planning import pace
from progress.practising import habits_of, lock
from progress.scheduling import midnight
from questions.models import Question, Topic
from questions.tree import nodes, reading_order, walk

MOST_SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
@reader_required
def plan(request):
    """Today's part of the plan; and the form that makes or changes it."""
    standing = Plan.objects.filter(user=request.user, ended_at=None).first()
    today = day_of(timezone.now(), zone_of(request.user))
    form = PlanForm(request.POST or None, today=today, plan=standing)
    if request.method == "POST" and form.is_valid():
        keep(request.user, form.cleaned_data)
        messages.success(request, _("The plan stands. Each day shows its part here."))
        return SeeOther(reverse("me_plan"))
    context = {"plan": standing, "form": form, "today": today}
    if standing:
        context |= todays_part(request.user, standing, today)
    return render(request, "progress/plan.html", context, status=400 if request.method == "POST" else 200)


@require_POST
@reader_required(back_to="me_plan")
def plan_end(request):
    Plan.objects.filter(user=request.user, ended_at=None).update(ended_at=timezone.now())
    messages.success(request, _("The plan has ended. Your marks stay as they are."))
    return SeeOther(reverse("me_plan"))


@transaction.atomic
def keep(user, wanted):
    """Changes the plan that stands, or makes one; of two tabs at once the later one counts."""
    lock(user)
    plan, _is_new = Plan.objects.update_or_create(user=user, ended_at=None, defaults={"by": wanted["by"]})
    plan.topics.set(wanted["topics"])


def todays_part(user, plan, today):
    """`pace`, and the questions of today: those done first, then what comes next in reading order."""
    questions, topics = questions_of(plan)
    zone = zone_of(user)
    marks = dict(Answered.objects.filter(user=user, question__in=questions).values_list("question_id", "created_at"))
    begun, begin = max(plan.created_at, midnight(day_of(plan.created_at, zone), zone)), midnight(today, zone)
    total = questions.count()
    done_today = [pk for pk, at in marks.items() if at >= begin]
    done_so_far = sum(at >= begun for at in marks.values())
    now = pace(
        total - len(marks),
        len(done_today),
        done_so_far,
        today,
        day_of(plan.created_at, zone),
        plan.by,
        habits_of(user).easy_days,
    )
    ordered = reading_order(topics, questions.placed())
    coming = [one.pk for one in ordered if one.pk not in marks][: max(0, min(now.share - now.done, MOST_SHOWN))]
    by_id = Question.objects.with_answer_counts().in_bulk([*done_today[:MOST_SHOWN], *coming])
    shown = [by_id[pk] for pk in [*done_today[:MOST_SHOWN], *coming] if pk in by_id]
    return {"pace": now, "total": total, "answered": len(marks), "questions": attach_marks(shown, user)}


def questions_of(plan):
    """The live Questions on the topics of the plan and below, and these topics in reading order."""
    chosen = Q(pk__in=[])
    for topic in plan.topics.all():
        chosen |= Q(path__startswith=topic.path)
    topics = list(walk(nodes(Topic.objects.live().filter(chosen))))
    return Question.objects.live().filter(topic__in=topics), topics
