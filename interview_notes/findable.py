"""What makes a public page findable: an address in each language, and words for those who list or share it."""

from django.conf import settings
from django.http import HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from questions.models.titles import pick_language

CODES = list(dict(settings.LANGUAGES))
# Nothing to be found there, or a new address for every page that leads there; everything else says noindex itself.
NOT_FOR_ROBOTS = ["/accounts/", "/admin/", "/editor/", "/me/"]


def in_language(address, code, page=1):
    """The address, which has no query, of what stands there in one language."""
    return f"{address}?lang={code}" + (f"&page={page}" if page > 1 else "")


def findable(request, title, description="", *, languages=CODES, shown=None, page=1):
    """For the head of a page: a page whose context has none is kept out of search engines.

    `languages` are those it can be read in, `shown` the one in which it is read now, `page` its number in a list.
    """
    here = request.build_absolute_uri(request.path)
    shown = shown or pick_language(languages)
    return {
        "title": title,
        "description": description
        or _("Questions that interviewers ask about large language models: answer first, then look."),
        "page": page,
        "language": shown,
        "canonical": in_language(here, shown, page),
        "versions": [(code, in_language(here, code, page)) for code in languages] if len(languages) > 1 else [],
        "for_anyone": here if page == 1 else f"{here}?page={page}",
        "picture": request.build_absolute_uri(static(f"img/share-{shown if shown in CODES else CODES[0]}.png")),
    }


@require_safe
def robots(request):
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS), ""]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
