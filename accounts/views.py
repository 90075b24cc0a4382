"""What a reader prefers: kept with the account, or in a cookie where there is none."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.forms import AS_INTERFACE, ContentLanguageForm, PreferencesForm, ThemeForm
from interview_notes.pages import send_back

YEAR = 365 * 24 * 3600


@require_POST
def preferences(request):
    form = PreferencesForm(request.POST)
    if not form.is_valid():
        raise BadRequest("reveals_answers is neither on nor off")
    response = send_back(request, "home")
    choice = form.cleaned_data["reveals_answers"]
    if request.user.is_authenticated:
        request.user.reveals_answers = choice == "on"
        request.user.save(update_fields=["reveals_answers"])
    else:
        remember(response, "reveals_answers", choice)
    messages.success(
        request,
        _("Reference answers are shown at once.")
        if choice == "on"
        else _("Reference answers stay folded until you open them."),
    )
    return response


@require_POST
def content_language(request):
    """In which language this reader wants notes: one of ours, or always that of the interface."""
    form = ContentLanguageForm(request.POST)
    if not form.is_valid():
        raise BadRequest("content_language is not one of ours")
    choice = form.cleaned_data["content_language"]
    response = send_back(request, "home")
    if request.user.is_authenticated:
        request.user.content_language = "" if choice == AS_INTERFACE else choice
        request.user.save(update_fields=["content_language"])
        return response
    return remember(response, "content_language", choice)


@require_POST
def theme(request):
    form = ThemeForm(request.POST)
    if not form.is_valid():
        raise BadRequest("theme is not one of ours")
    return remember(send_back(request, "home"), "theme", form.cleaned_data["theme"])


def reveals_answers(request):
    """Whether this reader wants to see reference answers at once."""
    if request.user.is_authenticated:
        return request.user.reveals_answers
    return request.COOKIES.get("reveals_answers") == "on"


def remember(response, name, value):
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE)
    return response
