"""What a browser has kept without an account: seen by whoever sits there, and brought to an account."""

from django.core.exceptions import BadRequest
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.decorators import reader_required
from accounts.limits import within_limit
from interview_notes.pages import render_page
from progress import bringing
from progress.forms import BringForm

TIMES_AN_HOUR = 60


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request):
    """The page; a script shows in it what there is, for nobody but this browser knows."""
    if request.method != "POST":
        return render(request, "progress/bring.html")
    return bring_in(request)


@reader_required(back_to="me_bring")
def bring_in(request):
    """Says what would be added; adds it if the form says so."""
    form = BringForm(request.POST)
    if not form.is_valid():
        raise BadRequest("this is not what a browser of this site keeps")
    if not within_limit(request.user, "bring", TIMES_AN_HOUR):
        return render(request, "429.html", status=429)
    bundle, now, adds = form.cleaned_data["kept"], timezone.now(), form.cleaned_data["add"]
    if adds:
        additions = bringing.bring(request.user, bundle, now)
    else:
        additions = bringing.plan(bundle, bringing.standing_of(request.user, bundle), now)
    context = {"additions": additions, "done": adds}
    return render_page(request, "progress/bring.html", context, fragment="progress/_brought.html")
