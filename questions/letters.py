"""Letters about takedowns: owed with the decision, sent after it; a mail server that is down loses neither."""

import logging
from functools import partial

from django.conf import settings
from django.core import mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from questions.models import Letter

log = logging.getLogger(__name__)


def owe(takedown, kind, to, language):
    """Notes down that `to` gets a letter, and sends it once everything around it is in the database."""
    known = dict(settings.LANGUAGES)
    letter = Letter.objects.create(
        takedown=takedown, kind=kind, to=to, language=language if language in known else settings.LANGUAGE_CODE
    )
    transaction.on_commit(partial(send, letter))


def send(letter):
    """Writes and sends it; False, with what went wrong kept beside it, if the mail server would not take it."""
    with translation.override(letter.language):
        text = render_to_string(f"questions/mail/takedown_{letter.kind}.txt", context(letter))
    subject, _, body = text.strip().partition("\n")
    try:
        mail.EmailMessage(subject.strip(), body.strip() + "\n", to=[letter.to]).send()
    except (OSError, ValueError) as mistake:  # of the network, of the mail server; an address it cannot encode
        log.warning("A letter about takedown %s was not sent: %s", letter.takedown_id, mistake)
        letter.mistake = str(mistake)[:500]
    else:
        letter.sent_at, letter.mistake = timezone.now(), ""
    letter.save(update_fields=["sent_at", "mistake"])
    return letter.sent_at is not None


def context(letter):
    takedown = letter.takedown
    site = takedown.site.removesuffix("/")
    return {
        "takedown": takedown,
        "site": site,
        "link": site + reverse("takedown_confirm", args=[takedown.token()]),
        "pages": [site + target.get_absolute_url() for target in targets_for(letter)],
    }


def targets_for(letter):
    """What the letter is about: all of it for who complained, for the others what is theirs."""
    targets = letter.takedown.targets.select_related(
        "note__question", "note__source", "topicnote__topic", "topicnote__source", "answer__author", "source"
    ).order_by("is_copy", "pk")
    is_complainant = letter.kind not in (Letter.Kind.FROZEN, Letter.Kind.RESTORED)
    return [target for target in targets if is_complainant or affected(target)[0] == letter.to]


def affected(target):
    """(address, language) of who wrote it or keeps its source; the address is "" where none is known."""
    if target.answer:
        return target.answer.author.email if target.answer.author else "", target.answer.language
    source = target.source or target.thing.source
    return source.contact, source.language
