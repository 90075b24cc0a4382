"""The site's settings, quick and private; TEST_DATABASE_URL chooses another database than SQLite in memory."""

import os
import tempfile

os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="interview-notes-")
os.environ["SECRET_KEY"] = "only-for-tests-" + "x" * 50
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "sqlite:///:memory:")
for name in ("DEBUG", "HTTPS", "EMAIL_URL", "CACHE_URL", "ALLOWED_HOSTS", "TRUSTED_PROXY_COUNT"):
    os.environ[name] = ""

from interview_notes.settings import *  # noqa: E402, F403

os.makedirs(STATIC_ROOT)  # noqa: F405

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
