"""The language of notes and the time zone of the reader, for the length of a request; and that the answer is theirs."""

import re
from functools import cache

from django.conf import settings
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control, patch_vary_headers

from accounts.languages import asking
from accounts.zones import zone_of

CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


def content_language(get_response):
    """An address may name it (`?lang=en`), a reader prefer it; it is asked for when a title or note is chosen."""

    def answer(request):
        by_address = request.GET.get("lang", "")
        if by_address in dict(settings.LANGUAGES) and _says_nothing(request):
            translation.activate(by_address)  # whoever follows such a link unasked, as crawlers do, gets all in one
            request.LANGUAGE_CODE = by_address
        with asking(
            cache(lambda: [code for code in (by_address, preferred_language(request)) if CODE.fullmatch(code)])
        ):
            response = get_response(request)
        patch_vary_headers(response, ["Cookie"])
        return response

    return answer


def _says_nothing(request):
    """Whether nobody has ever chosen anything here, nor set a language in the browser."""
    return not request.COOKIES and not request.headers.get("Accept-Language")


def preferred_language(request):
    """What the reader has chosen; "", or a forged code, if it is that of the interface."""
    user = getattr(request, "user", None)  # a host that is refused gets its page before anybody is looked up
    if user and user.is_authenticated:
        return user.content_language
    return request.COOKIES.get("content_language", "")


def time_zone(get_response):
    """Whoever is signed in sees days and hours as the clock on their wall has them; others see the site's."""

    def answer(request):
        user = getattr(request, "user", None)
        if not (user and user.is_authenticated):
            return get_response(request)
        with timezone.override(zone_of(user)):
            return get_response(request)

    return answer


def private(get_response):
    """What somebody who is signed in gets is for them alone: no cache on the way may keep it."""

    def answer(request):
        response = get_response(request)
        user = getattr(request, "user", None)
        if user and user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response

    return answer
