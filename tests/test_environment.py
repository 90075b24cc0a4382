"""A wrong environment value stops the start with a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from interview_notes import environment

ROOT = Path(__file__).resolve().parent.parent


def start(**variables):
    """Runs `manage.py check` in an environment of its own."""
    clean = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    command = [sys.executable, "manage.py", "check"]
    return subprocess.run(command, cwd=ROOT, env=clean | variables, capture_output=True, text=True)  # noqa: S603


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DEBUG", "perhaps", "neither on nor off"),
        ("HTTPS", "2", "neither on nor off"),
        ("DATABASE_URL", "oracle://x", "begins with"),
        ("DATABASE_URL", "postgres://u:p@h:port/x", "not an address"),
        ("CACHE_URL", "memcached://x", "redis://"),
        ("EMAIL_URL", "gopher://x", "smtp://"),
        ("TRUSTED_PROXY_COUNT", "-1", "whole number"),
        ("DEFAULT_LANGUAGE", "tlh", "zh-hans, en"),
        ("LOG_LEVEL", "LOUD", "DEBUG, INFO, WARNING"),
        ("TIME_ZONE", "Mars/Olympus", "Mars/Olympus"),
        ("GITHUB_CLIENT_ID", "only-half", "set both or neither"),
        ("IMPORT_MB", "0", "1 or more"),
    ],
)
def test_a_wrong_value_stops_the_start(tmp_path, name, value, says):
    done = start(VAR_DIR=str(tmp_path), **{name: value})
    assert done.returncode == 1
    assert done.stderr.startswith("Not started: ")
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_the_secret_is_made_once_and_is_its_owners(tmp_path):
    first = environment.kept_secret(tmp_path / "var" / "secret_key")
    assert len(first) >= 50
    assert environment.kept_secret(tmp_path / "var" / "secret_key") == first
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o077 == 0


def test_an_emptied_secret_is_refused(tmp_path):
    (tmp_path / "secret_key").write_text("")
    with pytest.raises(Exception, match="holds no secret key"):
        environment.kept_secret(tmp_path / "secret_key")
