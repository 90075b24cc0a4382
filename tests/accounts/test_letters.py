"""Every letter that leaves the site, in both languages: subject and text, and nothing of the other language in them."""

import re
from pathlib import Path

import allauth
import allauth.core.context
import pytest
from allauth.account.adapter import get_adapter
from django.core import mail
from django.utils import timezone, translation

from questions.letters import send
from questions.models import Letter

FOLDERS = Path(allauth.__file__).parent.glob("templates/*/email")
BY_LIBRARY = sorted(
    f"{file.parent.parent.name}/email/{file.name.removesuffix('_message.txt')}"
    for folder in FOLDERS
    for file in folder.glob("*_message.txt")
    if file.name != "base_message.txt"
)
NAMES = ["ada", "example.org", "zoe", "testserver", "Firefox", "Github", "Zebra notes", "http", "IP"]
FACTS = {
    "code": "123 456",
    "email": "ada@example.org",
    "from_email": "ada@example.org",
    "to_email": "zoe@example.org",
    "deleted_email": "zoe@example.org",
    "username": "ada",
    "user_display": "ada",
    "ip": "192.0.2.7",
    "user_agent": "Firefox",
    "activate_url": "http://testserver/1",
    "password_reset_url": "http://testserver/2",
    "signup_url": "http://testserver/3",
    "provider": "Github",
}


def words(letter):
    """What the letter says, without names and addresses."""
    text = f"{letter.subject}\n{letter.body}"
    text = re.sub(r"\S+@\S+|https?://\S+|/\S+/", " ", text)
    return re.sub("|".join(NAMES), " ", text)


def foreign(letter, language):
    """Words of the other language, which should be none."""
    return re.findall(r"[A-Za-z]{2,}" if language == "zh-hans" else r"[\u4e00-\u9fff]+", words(letter))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("name", BY_LIBRARY)
def test_letters_about_an_account(rf, ada, name, language):
    request = rf.get("/")
    facts = {**FACTS, "user": ada, "request": request, "timestamp": timezone.now()}
    with translation.override(language), allauth.core.context.request_context(request):
        get_adapter(request).send_mail(name, ada.email, facts)
    letter = mail.outbox[-1]
    assert letter.subject.strip()
    assert "testserver" in letter.body
    assert len(words(letter)) > 20
    assert foreign(letter, language) == []
    assert not re.search("[您帐]|账户", letter.body)


def test_there_are_letters():
    assert len(BY_LIBRARY) >= 20


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("kind", Letter.Kind.values)
def test_letters_about_a_takedown(take_down, question, kind, language):
    takedown = take_down(question.notes.get(), rights_holder="")
    takedown.work = takedown.name = takedown.reason = "1"
    takedown.save()
    assert send(Letter.objects.create(takedown=takedown, kind=kind, to="zoe@example.org", language=language))
    letter = mail.outbox[-1]
    assert letter.subject.strip()
    assert foreign(letter, language) == []
