"""How a reader wants to practise: limits, days, time zone, reminders."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import reader_required
from interview_notes.pages import SeeOther
from progress.habits import HabitsForm
from progress.practising import habits_of
from progress.reminding import address_of


@require_http_methods(["GET", "HEAD", "POST"])
@reader_required
def me_habits(request):
    posted = request.POST if request.method == "POST" else None
    form = HabitsForm(posted, habits=habits_of(request.user), now=timezone.now())
    if form.is_valid():
        moved = form.keep(get_language())
        messages.success(request, what_changed(form, moved))
        return SeeOther(reverse("me_habits"))
    context = {"form": form, "address": address_of(request.user), "zone_of_site": settings.TIME_ZONE}
    return render(request, "progress/habits.html", context, status=400 if form.is_bound else 200)


def what_changed(form, moved):
    if not form.has_changed():
        return _("Nothing was changed.")
    said = _("Saved: %(what)s.") % {"what": " · ".join(form.changed_labels())}
    if moved:
        said += " " + ngettext(
            "%(n)s question comes back on another day now.", "%(n)s questions come back on another day now.", moved
        ) % {"n": moved}
    return said
