"""Stopping reminders from a letter: the link is enough, no one needs to sign in."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from progress.reminding import habits_by_token, stop


@csrf_exempt  # mail programs post here by themselves (RFC 8058), and have only the link
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reminders_stop(request, token):
    """Opening the link only asks: mail scanners open links too. A post is answered with a page, not sent elsewhere."""
    habits = habits_by_token(token)
    if habits is None:
        return render(request, "progress/reminders_unknown.html", status=404)
    if request.method == "POST":
        stop(habits)
        habits.remind_at = None
    return render(request, "progress/reminders_stop.html", {"habits": habits})
