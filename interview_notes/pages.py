"""What every page shares: how a page or its fragment is answered, and what the base template needs."""

from django.conf import settings
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def render_page(request, template, context=None, *, fragment=None, status=200):
    """The whole page, or for htmx only its `fragment` template, made from the same context."""
    if fragment and request.htmx:
        template = fragment
    response = render(request, template, context, status=status)
    if fragment:
        patch_vary_headers(response, ["HX-Request"])
    return response


def site(request):
    return {"mail_enabled": settings.MAIL_ENABLED}


def csrf_failure(request, reason=""):
    """The form was too old or came from elsewhere: says what to do, and keeps what was typed in the browser."""
    return render(request, "403_csrf.html", status=403)
