"""Pictures that readers sent and notes brought: shown as pictures, and never as anything else."""

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponseGone
from django.views.decorators.http import require_safe

from questions.freezing import is_out_of_sight

OURS = re.compile(r"(?:uploads/[0-9a-f]{32}\.(?!svg)|pictures/[0-9a-f]{64}\.)(png|jpg|webp|svg)")
TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp", "svg": "image/svg+xml"}


@require_safe
def media(request, name):
    """Whoever knows a name may see its picture: names cannot be guessed, and never stand for anything new.

    A picture that only notes show which were taken down is gone with them.
    """
    ours = OURS.fullmatch(name)
    if not ours:
        raise Http404
    if name.startswith("pictures/") and is_out_of_sight(name):
        return HttpResponseGone()
    try:
        file = default_storage.open(name)
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        file,
        content_type=TYPES[ours[1]],
        headers={
            "Cache-Control": "public, max-age=31536000, immutable",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        },
    )
