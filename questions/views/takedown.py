"""Complaining about a text that should not be here: the form, and the link in the letter that follows it."""

from allauth.account.adapter import get_adapter
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.limits import within_limit
from interview_notes.pages import SeeOther
from questions import takedown as verbs
from questions.forms import TakedownForm
from questions.models import Takedown

AN_HOUR_FROM_ONE_PLACE = 10
AN_HOUR_TO_ONE_ADDRESS = 3  # so that nobody can have us fill another's letter box


@require_http_methods(["GET", "HEAD", "POST"])
def takedown(request):
    if request.method != "POST":
        return form_page(request, TakedownForm(initial=known_already(request)))
    form = TakedownForm(request.POST)
    if not form.is_valid():
        return form_page(request, form, status=400)
    if form.is_from_robot:
        return SeeOther(reverse("takedown_sent"))
    if not within_limits(request, form.cleaned_data["email"]):
        form.add_error(
            None, _("That was too often in an hour. Wait a while, then send it again: it still stands here.")
        )
        return form_page(request, form, status=429)
    form.instance.language, form.instance.site = get_language(), request.build_absolute_uri("/")
    verbs.complain(form.instance, request.get_host())
    return SeeOther(reverse("takedown_sent"))


@require_safe
def sent(request):
    return render(request, "questions/takedown_sent.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """Opening the link only asks: mail scanners open links too."""
    complaint = Takedown.objects.with_token(token).first()
    if complaint is None:
        return render(request, "questions/takedown_stale.html", status=410)
    if request.method == "POST":
        verbs.confirm(complaint)
        return SeeOther(request.path)
    return render(request, "questions/takedown_confirm.html", {"takedown": complaint})


def form_page(request, form, status=200):
    return render(request, "questions/takedown.html", {"form": form}, status=status)


def known_already(request):
    """The page that the link came from, if it is one of ours, and the address of who is signed in."""
    about, known = request.GET.get("about", ""), {}
    if about.startswith("/") and verbs.things_at(about, request.get_host()):
        known["addresses"] = request.build_absolute_uri(about)
    if request.user.is_authenticated:
        known["email"] = request.user.email
    return known


def within_limits(request, email):
    place = get_adapter(request).get_client_ip(request)
    return within_limit(place, "takedown", AN_HOUR_FROM_ONE_PLACE) and within_limit(
        email, "takedown", AN_HOUR_TO_ONE_ADDRESS
    )
