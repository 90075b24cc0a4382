"""Where a page needs a reader who is signed in: one way to say so, for pages and for fragments."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.shortcuts import render, resolve_url


def reader_required(view=None, *, back_to=None, fragment=None):
    """Sends those who are not signed in to sign in, and afterwards back here, or to the page named `back_to`.

    htmx would put a sign-in page where a button stood: it gets a note with status 401 instead, or what `fragment`,
    a view, answers.
    """
    if view is None:
        return lambda view: reader_required(view, back_to=back_to, fragment=fragment)

    @wraps(view)
    def asked(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if fragment and request.htmx:
            return fragment(request, *args, **kwargs)
        back = resolve_url(back_to, *args, **kwargs) if back_to else request.get_full_path()
        if request.htmx:
            return render(request, "accounts/_sign_in_again.html", {"next": back}, status=401)
        return redirect_to_login(back)

    return asked
