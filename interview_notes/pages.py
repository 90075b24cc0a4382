"""What every page shares: how it is answered, where it sends back to, and what the base template needs."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.forms import THEMES
from accounts.middleware import preferred_language
from progress.practising import figures_of

LANGUAGES = dict(settings.LANGUAGES)


class SeeOther(HttpResponseRedirect):
    """After something was posted: look there, by GET."""

    status_code = 303


def render_page(request, template, context=None, *, fragment=None, status=200):
    """The whole page, or for htmx only its `fragment` template, made from the same context."""
    if fragment and request.htmx:
        template = fragment
    response = render(request, template, context, status=status)
    if fragment:
        patch_vary_headers(response, ["HX-Request"])
    return response


def send_back(request, otherwise):
    """To the page that the form named in `next` if it is one of ours, else to `otherwise`."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = resolve_url(otherwise)
    return SeeOther(back)


def site(request):
    theme = request.COOKIES.get("theme")
    return {
        "mail_enabled": settings.MAIL_ENABLED,
        "theme": theme if theme in THEMES else "auto",
        "content_language": wanted if (wanted := preferred_language(request)) in LANGUAGES else "",
        "LANGUAGES": settings.LANGUAGES,
        "figures": SimpleLazyObject(lambda: figures_of(request.user)),
    }


def bad_request(request, exception):
    response = render(request, "400.html", status=400)
    response["HX-Reswap"] = "none"  # the other 400 is a form's error, which htmx shows where the form says
    return response


def csrf_failure(request, reason=""):
    """The form was too old or came from elsewhere: says what to do, and keeps what was typed in the browser."""
    return render(request, "403_csrf.html", status=403)
