"""What happens to a complaint, from the form to the end: confirmed, upheld or refused, perhaps undone.

Each verb locks the takedown, looks whether it may still happen, writes it down in the log, and owes the letters.
"""

from contextlib import contextmanager
from urllib.parse import urlsplit

from django.db import transaction
from django.http import Http404
from django.urls import resolve
from django.utils import timezone
from django.utils.translation import gettext as _

from questions.blocking import find_copies
from questions.freezing import PLACES, freeze, rows_of, texts_of, unfreeze
from questions.letters import affected, owe
from questions.models import Answer, Letter, Question, Revision, Source, Step, Takedown, TakedownTarget, Topic

State, What, Kind = Takedown.State, Step.What, Letter.Kind


class NotPossible(Exception):
    """It cannot be done, or not any more; the message says why."""


# --- What it is about --------------------------------------------------------------------------------------------


def things_at(address, host):
    """The notes, the Answer or the Source that a page of ours shows; [] if it is no page of ours, or shows none."""
    parts = urlsplit(address.strip())
    if parts.netloc not in ("", host):
        return []
    try:
        page = resolve(parts.path)
    except Http404:
        return []
    if page.url_name == "question":
        question = Question.objects.filter(pk=page.kwargs["pk"]).select_related("merged_into").first()
        while question and question.merged_into:
            question = question.merged_into
        return list(question.notes.live().order_by("pk")) if question else []
    if page.url_name == "topic":
        topic = Topic.objects.filter(slug=page.kwargs["slug"]).first()
        return list(topic.notes.filter(retired_at=None).exclude(introduction="")) if topic else []
    if page.url_name == "answer":
        return list(Answer.objects.published().filter(pk=page.kwargs["pk"]))
    if page.url_name == "source":
        return list(Source.objects.filter(slug=page.kwargs["slug"]))
    return []


def add_targets(takedown, things, **facts):
    """Adds those that it is not about yet; returns them."""
    added = []
    for thing in things:
        kind = thing._meta.model_name
        _target, is_new = TakedownTarget.objects.get_or_create(takedown=takedown, **{kind: thing}, defaults=facts)
        added += [thing] * is_new
    return added


# --- Who complains -----------------------------------------------------------------------------------------------


@transaction.atomic
def complain(takedown, host):
    """Keeps a new complaint, and sends the letter that asks whether the address is right."""
    Takedown.objects.forgotten().delete()
    takedown.save()
    for address in takedown.addresses.split()[:100]:
        add_targets(takedown, things_at(address, host))
    owe(takedown, Kind.CONFIRM, takedown.email, takedown.language)


def confirm(takedown):
    """The address is theirs: curators see the complaint from now on. A second time, nothing happens."""
    with transaction.atomic():
        takedown = Takedown.objects.select_for_update().get(pk=takedown.pk)
        if takedown.state == State.UNVERIFIED:
            takedown.state, takedown.verified_at = State.OPEN, timezone.now()
            takedown.save(update_fields=["state", "verified_at"])
            takedown.steps.create(what=What.CONFIRMED)
    return takedown


# --- Who decides -------------------------------------------------------------------------------------------------


@contextmanager
def locked(takedown, state):
    """The takedown, for this curator alone, if it still is in `state`."""
    with transaction.atomic():
        takedown = Takedown.objects.select_for_update().get(pk=takedown.pk)
        if takedown.state != state:
            raise NotPossible(_("Another curator has decided on it in the meantime."))
        yield takedown


def add_target(takedown, address, host, by):
    """Adds what is shown at `address`; returns how many things that is."""
    with locked(takedown, State.OPEN) as takedown:
        things = things_at(address, host)
        if not things:
            raise NotPossible(_("There is no question, answer or source at this address."))
        added = add_targets(takedown, things)
        takedown.steps.create(what=What.TARGET_ADDED, by=by, words=address)
    return len(added)


def leave_out(takedown, target_pk, by):
    """It is not about this thing after all."""
    with locked(takedown, State.OPEN) as takedown:
        target = takedown.targets.filter(pk=target_pk).first()
        if target:
            takedown.steps.create(what=What.TARGET_LEFT_OUT, by=by, words=target.get_absolute_url())
            target.delete()


def add_copies(takedown, by):
    """Makes targets of what else holds the same texts; returns how many there are."""
    with locked(takedown, State.OPEN) as takedown:
        return _add_copies(takedown, by)


def uphold(takedown, by, *, reason="", takes_titles=False, with_copies=True):
    """Freezes every text it is about, keeps them out from now on, and tells both sides."""
    with locked(takedown, State.OPEN) as takedown:
        if not takedown.targets.exists():
            raise NotPossible(_("Say first which texts it is about: add the address of a page."))
        list(Source.objects.select_for_update().order_by("pk"))  # an import that is being applied ends first
        takedown.takes_titles = takes_titles
        if with_copies:
            _add_copies(takedown, by)
            _forget_copies(takedown)
        _decide(takedown, State.UPHELD, by, reason)
        freeze(takedown)
        owe(takedown, Kind.UPHELD, takedown.email, takedown.language)
        _tell_affected(takedown, Kind.FROZEN)


def refuse(takedown, by, reason):
    with locked(takedown, State.OPEN) as takedown:
        _decide(takedown, State.REFUSED, by, reason)
        owe(takedown, Kind.REFUSED, takedown.email, takedown.language)


def ask_undo(takedown, by, reason):
    """The first of the two curators it takes."""
    with locked(takedown, State.UPHELD) as takedown:
        if takedown.undo_asked_at:
            raise NotPossible(_("Undoing has been asked for already."))
        takedown.undo_asked_at, takedown.undo_asked_by, takedown.undo_reason = timezone.now(), by, reason
        takedown.save(update_fields=["undo_asked_at", "undo_asked_by", "undo_reason"])
        takedown.steps.create(what=What.UNDO_ASKED, by=by, words=reason)


def drop_undo(takedown, by):
    """It stays as it is."""
    with locked(takedown, State.UPHELD) as takedown:
        if takedown.undo_asked_at:
            takedown.undo_asked_at, takedown.undo_asked_by, takedown.undo_reason = None, None, ""
            takedown.save(update_fields=["undo_asked_at", "undo_asked_by", "undo_reason"])
            takedown.steps.create(what=What.UNDO_DROPPED, by=by)


def undo(takedown, by):
    """The second curator agrees: everything comes back as it was, and both sides are told."""
    with locked(takedown, State.UPHELD) as takedown:
        if not takedown.undo_asked_at:
            raise NotPossible(_("Nobody has asked for undoing it."))
        if takedown.undo_asked_by_id in (None, by.pk):
            raise NotPossible(_("It takes a second curator: whoever asked cannot confirm it."))
        unfreeze(takedown)
        takedown.state, takedown.undone_at, takedown.undone_by = State.UNDONE, timezone.now(), by
        takedown.save(update_fields=["state", "undone_at", "undone_by"])
        takedown.steps.create(what=What.UNDONE, by=by)
        owe(takedown, Kind.UNDONE, takedown.email, takedown.language)
        _tell_affected(takedown, Kind.RESTORED)


def _decide(takedown, state, by, reason):
    takedown.state, takedown.decided_at, takedown.decided_by, takedown.reason = state, timezone.now(), by, reason
    takedown.save(update_fields=["state", "decided_at", "decided_by", "reason", "takes_titles"])
    takedown.steps.create(what=state, by=by, words=reason)


def _add_copies(takedown, by):
    others = {model: model.objects.exclude(pk__in=rows_of(takedown, model).values("pk")) for model in PLACES}
    places = [(others[model], field) for model in PLACES for field, _kept, _html in PLACES[model]]
    copies = add_targets(takedown, list(find_copies(texts_of(takedown), places)), is_copy=True)
    for copy in copies:
        takedown.steps.create(what=What.COPY_FOUND, by=by, words=copy.get_absolute_url())
    return len(copies)


def _forget_copies(takedown):
    """Nor do the words stay where a note said them once, and says something else now."""
    copies = find_copies(texts_of(takedown), [(Revision.objects.all(), "answer"), (Revision.objects.all(), "text")])
    Revision.objects.filter(pk__in=[copy.pk for copy in copies]).delete()


def _tell_affected(takedown, kind):
    """One letter for each person, however many of their texts it is about."""
    targets = takedown.targets.select_related("note__source", "topicnote__source", "answer__author", "source")
    people = dict(map(affected, targets))
    for address, language in people.items():
        if address:
            owe(takedown, kind, address, language)
