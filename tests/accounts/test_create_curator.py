"""`make admin`: the first curator, asked for or given."""

import io
import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from accounts.management.commands import create_curator

User = get_user_model()


@pytest.fixture(autouse=True)
def no_password_around(monkeypatch):
    monkeypatch.delenv("CURATOR_PASSWORD", raising=False)


def create(**given):
    out = io.StringIO()
    call_command("create_curator", stdout=out, stderr=out, **given)
    return out.getvalue()


@pytest.fixture
def at_the_keyboard(monkeypatch):
    def types(*lines):
        waiting = iter(lines)
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("builtins.input", lambda question: next(waiting))
        monkeypatch.setattr(create_curator, "getpass", lambda question: next(waiting))

    return types


def test_given_a_name_and_an_address_it_draws_a_password(db, client):
    out = create(username="cleo", email="Cleo@Example.org")
    cleo = User.objects.get()
    password = re.search(r"[\w-]{20}$", out.strip(), re.ASCII)[0]
    assert cleo.is_staff
    assert cleo.is_superuser
    assert cleo.check_password(password)
    assert out.count(password) == 1
    address = EmailAddress.objects.get()
    assert (address.user, address.email, address.verified, address.primary) == (cleo, "cleo@example.org", True, True)
    response = client.post("/accounts/login/?next=/admin/", {"login": "cleo@example.org", "password": password})
    assert response.headers["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_password_from_the_environment_is_not_printed(db, monkeypatch):
    monkeypatch.setenv("CURATOR_PASSWORD", "quagga and okapi")
    assert "quagga" not in create(username="cleo", email="cleo@example.org")
    assert User.objects.get().check_password("quagga and okapi")


def test_a_poor_password_from_the_environment(db, monkeypatch):
    monkeypatch.setenv("CURATOR_PASSWORD", "12345678")
    with pytest.raises(CommandError):
        create(username="cleo", email="cleo@example.org")
    assert not User.objects.exists()


def test_asks_for_what_is_missing(db, at_the_keyboard):
    at_the_keyboard("cleo", "cleo@example.org", "quagga and okapi", "quagga and okapi")
    create()
    assert User.objects.get(username="cleo", email="cleo@example.org").check_password("quagga and okapi")


def test_asks_again_after_a_mistake(ada, at_the_keyboard):
    at_the_keyboard(
        "", "ada", "two words", "cleo",
        "", "nonsense", "ada@example.org", "cleo@example.org",
        "cleo", "quagga and okapi", "okapi and quagga", "quagga and okapi", "quagga and okapi",
    )  # fmt: skip
    create()
    assert User.objects.get(username="cleo").check_password("quagga and okapi")


def test_nobody_to_ask(db, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(CommandError, match="--username"):
        create(username="cleo")


@pytest.mark.parametrize(
    "given",
    [
        {"username": "ada", "email": "new@example.org"},
        {"username": "ADA", "email": "new@example.org"},
        {"username": "cleo", "email": "ADA@example.org"},
        {"username": "cleo", "email": "nonsense"},
        {"username": "no good", "email": "cleo@example.org"},
        {"username": "x" * 151, "email": "cleo@example.org"},
    ],
)
def test_refused_and_nothing_changed(ada, given):
    with pytest.raises(CommandError):
        create(**given)
    ada.refresh_from_db()
    assert not ada.is_staff
    assert ada.check_password("correct horse")
    assert User.objects.count() == 1


def test_a_database_that_is_not_ready(db, monkeypatch):
    from django.db import OperationalError

    def broken(*args, **kwargs):
        raise OperationalError("no such table: accounts_user")

    monkeypatch.setattr(User.objects, "filter", broken)
    with pytest.raises(CommandError, match="migrate"):
        create(username="cleo", email="cleo@example.org")
