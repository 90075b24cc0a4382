"""Reads environment variables strictly: a value that is not understood stops the start with a sentence."""

import os
import secrets
import time
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

ON = {"1", "on", "true", "yes"}
OFF = {"0", "off", "false", "no"}


def text(name, default=""):
    return os.environ.get(name, "").strip() or default


def flag(name, *, default=False):
    value = text(name).lower()
    if value in ON or (not value and default):
        return True
    if value in OFF or not value:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither on nor off. Write {name}=on or {name}=off.")


def number(name, *, default, least=0):
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number of {least} or more.")
    return int(value)


def words(name, default=""):
    """A comma-separated list without blanks or empty entries."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def choice(name, options, default):
    value = text(name, default)
    if value not in options:
        raise ImproperlyConfigured(f"{name}={value!r} is not known. It is one of: {', '.join(options)}.")
    return value


def time_zone(name, default):
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ImproperlyConfigured(f"{name}={value!r} is not a time zone such as Asia/Shanghai.") from None
    return value


def url(name, schemes, default=""):
    """An address whose scheme is one of `schemes`; "" where none is set and there is no default."""
    value = text(name, default)
    scheme = value.partition(":")[0]
    if value and (scheme not in schemes or "://" not in value):
        raise ImproperlyConfigured(
            f"{name} begins with {scheme + ':'!r}, which is not known. It begins with one of: "
            + ", ".join(f"{known}://" for known in schemes)
            + "."
        )
    try:
        urlsplit(value).port  # noqa: B018 — reading it is the check
    except ValueError as mistake:
        raise ImproperlyConfigured(f"{name} is not an address: {mistake}.") from None
    return value


def kept_secret(path: Path):
    """The secret in the file at `path`; made once, readable by its owner only, whichever process comes first."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _secret_in(path)
    except OSError as mistake:
        raise ImproperlyConfigured(f"{path} cannot be written ({mistake.strerror}). Set SECRET_KEY instead.") from None
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        secret = secrets.token_urlsafe(64)
        file.write(secret + "\n")
    return secret


def _secret_in(path):
    for _ in range(20):  # another process may have made the file a moment ago, and be about to write
        secret = path.read_text(encoding="ascii").strip()
        if len(secret) >= 50:
            return secret
        time.sleep(0.05)
    raise ImproperlyConfigured(f"{path} holds no secret key. Delete it: the next start makes a new one.")
