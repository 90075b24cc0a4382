"""The language of notes, for the length of a request."""

import re
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.cache import patch_vary_headers

from accounts.languages import asking

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
