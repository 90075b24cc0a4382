"""What every page shares: health, errors, and what goes into the base template."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

# --- Health ------------------------------------------------------------------------------------------------------


def test_healthz_needs_no_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-cache" in response["Cache-Control"]
    assert client.head("/healthz").status_code == 200


def test_readyz(client, db):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready\n")
    assert "no-cache" in response["Cache-Control"]


def test_readyz_while_migrations_wait(client, db):
    latest = MigrationLoader(connection).graph.leaf_nodes("progress")[0]
    MigrationRecorder(connection).record_unapplied(*latest)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "manage.py migrate" in response.content.decode()


def test_readyz_while_the_database_is_away(client, db, monkeypatch):
    def gone(*args):
        raise OperationalError("connection to server at 10.0.0.1 failed: password=secret")

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", gone)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.content == b"The database cannot be reached.\n"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_takes_no_post(client, db, path):
    assert client.post(path).status_code == 405


# --- Errors ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status"), [("/nowhere/", 404), ("/questions/0/", 404), ("/topics/zebras/?mark=x", 400)]
)
def test_errors_wear_the_sites_clothes(signed_in, ada, topic, path, status):
    response = signed_in(ada).get(path)
    assert response.status_code == status
    assert 'class="site-header"' in response.content.decode()
    assert ada.username in response.content.decode()


def test_unknown_host_is_refused_in_words(client, db):
    response = client.get("/", HTTP_HOST="evil.example")
    assert response.status_code == 400
    assert 'class="site-header"' in response.content.decode()


def test_form_from_elsewhere_is_refused_in_words(question, ada):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    response = client.post(f"/questions/{question.pk}/bookmark/", {"state": "on"})
    assert response.status_code == 403
    assert 'class="site-header"' in response.content.decode()


def test_our_own_mistake_is_a_loud_500(client, topic, monkeypatch):
    def broken(*args):
        raise ZeroDivisionError

    monkeypatch.setattr("questions.views.topics.shelves", broken)
    client.raise_request_exception = False
    response = client.get("/topics/")
    assert response.status_code == 500
    assert "<h1>" in response.content.decode()


# --- Every page --------------------------------------------------------------------------------------------------


def test_language_can_be_chosen(client, topic):
    response = client.post("/i18n/setlang/", {"language": "en", "next": "/topics/"})
    assert response.url == "/topics/"
    assert '<html lang="en"' in client.get("/topics/").content.decode()
    client.post("/i18n/setlang/", {"language": "zh-hans"})
    assert '<html lang="zh-hans"' in client.get("/topics/").content.decode()


def test_address_without_its_last_slash(client, question):
    assert client.get(f"/questions/{question.pk}").url == f"/questions/{question.pk}/"


def test_what_a_reader_gets_is_for_them_alone(client, signed_in, bo, db):
    assert signed_in(bo).get("/")["Cache-Control"] == "private, no-cache"
    assert "Cache-Control" not in client.get("/")
