"""The site's addresses, the style guide, and each error page, which otherwise needs an error to be seen."""

from django.core.exceptions import BadRequest
from django.shortcuts import render
from django.urls import path
from django.views import defaults

from interview_notes import pages
from interview_notes.styleguide import styleguide
from interview_notes.urls import handler400  # noqa: F401 — Django looks for it here
from interview_notes.urls import urlpatterns as site

ERRORS = {
    "400": lambda request: pages.bad_request(request, BadRequest()),
    "403": lambda request: defaults.permission_denied(request, PermissionError()),
    "403_csrf": lambda request: pages.csrf_failure(request, ""),
    "404": lambda request: defaults.page_not_found(request, FileNotFoundError()),
    "429": lambda request: render(request, "429.html", status=429),
    "500": defaults.server_error,
}

urlpatterns = [
    path("styleguide/", styleguide, name="styleguide"),
    *(path(f"errors/{name}/", view, name=f"error_{name}") for name, view in ERRORS.items()),
    *site,
]
