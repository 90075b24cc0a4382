"""Where notes come from: the Source that an import is for, out of what its caller says and what the notes say."""

import re
from pathlib import PurePosixPath

from django.conf import settings
from django.utils.text import slugify

from questions.importing.reading import Refused
from questions.models import Source
from questions.models.source import UNKNOWN_LICENCE

_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")

NO_LICENCE = (
    "A new source needs a licence: --licence with an SPDX identifier such as CC-BY-4.0, "
    "or --licence unknown, which imports the questions without their answers."
)
NO_ANSWERS = "An unknown licence does not allow answers. Use --mode questions-only or link-only, or name the licence."


def source_for(notes, reading, *, slug="", language="", licence="", mode=""):
    """The Source, saved earlier or new and unsaved, with a list of reasons against importing into it.

    What the caller says comes first, then what is known of the source, then the manifest in the notes. A manifest
    describes a source that is new; it never changes one that a curator has set up.
    """
    manifest = {name: str(value) for name, value in notes.manifest.items() if isinstance(value, str)}
    slug = slug or manifest.get("source") or _slug_of(reading)
    if slug != slugify(slug) or len(slug) > 100:
        raise Refused(f"{slug!r} is no address for a source: use lower-case letters, digits and hyphens.")
    source = Source.objects.filter(slug=slug).first()
    if source is None:
        source = Source(
            slug=slug,
            title=manifest.get("title", slug)[:300],
            author=manifest.get("author", "")[:300],
            url=_web_address(manifest.get("url", "")),
            licence=manifest.get("licence", "")[:100],
            mode=manifest.get("mode", ""),
            language=manifest.get("language", ""),
        )
    source.licence = licence or source.licence
    source.language = language or source.language or guess_language(notes)
    source.mode = mode or source.mode or ("full" if source.licence not in ("", UNKNOWN_LICENCE) else "questions-only")
    return source, _reasons_against(source)


def language_known(reading, slug=""):
    """The language of the source that `reading` is of, as far as that can be told before it is parsed."""
    return Source.objects.filter(slug=slug or _slug_of(reading)).values_list("language", flat=True).first()


def _slug_of(reading):
    path = PurePosixPath(reading.origin)
    return slugify(path.stem if path.suffix else path.name) or "notes"


def _reasons_against(source):
    reasons = []
    if not source.licence:
        reasons.append(NO_LICENCE)
    if source.mode not in Source.Mode.values:
        reasons.append(f"The mode {source.mode!r} is not known. It is one of: {', '.join(Source.Mode.values)}.")
    elif source.mode == Source.Mode.FULL and source.licence == UNKNOWN_LICENCE:
        reasons.append(NO_ANSWERS)
    known = dict(settings.LANGUAGES)
    if source.language not in known:
        reasons.append(f"The language {source.language!r} is not known. It is one of: {', '.join(known)}.")
    if source.pk and source.notes.exclude(language=source.language).exists():
        reasons.append("The notes of a source are in one language. Import another language as another source.")
    return reasons


def _web_address(text):
    return text[:500] if re.match(r"https?://[^\s]+\Z", text) else ""


def guess_language(notes):
    """The language most of the titles are in."""
    text = " ".join(question.title for question in notes.questions[:500])
    return "zh-hans" if len(_HAN.findall(text)) * 4 > len(_LATIN.findall(text)) else "en"
