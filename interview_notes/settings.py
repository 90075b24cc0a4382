"""Settings of the whole site. The environment is read here, once; docs/configuration.md lists its variables."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from interview_notes import environment

BASE_DIR = Path(__file__).resolve().parent.parent
environ.Env.read_env(BASE_DIR / ".env")

VAR_DIR = Path(environment.text("VAR_DIR", str(BASE_DIR / "var")))
DEBUG = environment.flag("DEBUG")
SECRET_KEY = environment.text("SECRET_KEY") or environment.kept_secret(VAR_DIR / "secret_key")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
HTTPS = environment.flag("HTTPS")
PROXIES = environment.number("TRUSTED_PROXY_COUNT", default=0)
# For links in letters that no request has asked for.
SITE_URL = environment.url(
    "SITE_URL",
    ("http", "https"),
    f"https://{ALLOWED_HOSTS[0].lstrip('*.')}" if HTTPS else f"http://localhost:{environment.text('PORT', '8000')}",
).removesuffix("/")

# --- Applications ------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "accounts",
    "questions",
    "progress",
    "interview_notes.apps.CurationAdmin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.github",
    "allauth.socialaccount.providers.google",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "markdownx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # before the policy, of which a script or a font has no use
    "csp.middleware.CSPMiddleware",
    "interview_notes.compression.CompressPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.middleware.content_language",
    "accounts.middleware.time_zone",
    "accounts.middleware.private",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "interview_notes.urls"
WSGI_APPLICATION = "interview_notes.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "interview_notes.pages.site",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Data --------------------------------------------------------------------------------------------------------

DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")
DATABASE_URL = environment.url("DATABASE_URL", DATABASE_SCHEMES, f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
DATABASES = {"default": environ.Env.db_url_config(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Writers queue instead of failing ("database is locked"), and readers never wait for them.
    DATABASES["default"] |= {
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
            "PRAGMA cache_size=-20000;PRAGMA mmap_size=33554432;",
        },
    }
else:
    DATABASES["default"]["OPTIONS"] = {
        **DATABASES["default"].get("OPTIONS", {}),
        "pool": {"min_size": 1, "max_size": environment.number("DATABASE_POOL", default=4, least=1), "timeout": 10},
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHE_URL = environment.url("CACHE_URL", ("redis", "rediss"))
if CACHE_URL:
    CACHES = {
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": CACHE_URL,
            "OPTIONS": {"SOCKET_CONNECT_TIMEOUT": 1, "SOCKET_TIMEOUT": 1, "IGNORE_EXCEPTIONS": True},
        }
    }
else:
    # Shared by all processes, so that sign-in limits hold whichever of them answers.
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

# --- People ------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

EMAIL_TIMEOUT = 10  # seconds: a page waits for its letter, but not for ever
EMAIL_URL = environment.url("EMAIL_URL", ("smtp", "smtps", "smtp+tls", "smtp+ssl"))
MAIL_ENABLED = bool(EMAIL_URL)
if MAIL_ENABLED:
    vars().update(environ.Env.email_url_config(EMAIL_URL))
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "Interview Notes <notes@localhost>")

ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
# A laptop without a mail server lets people in at once; a site that can send mail asks for the code it sent.
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if MAIL_ENABLED else "none"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = MAIL_ENABLED
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_USERNAME_MIN_LENGTH = 2
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TRUST_ENABLED = True
MFA_TOTP_ISSUER = "Interview Notes"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

SOCIALACCOUNT_PROVIDERS = {}
SOCIAL_ORIGINS = []
for provider, origin in {"github": "https://github.com", "google": "https://accounts.google.com"}.items():
    client_id = environment.text(f"{provider.upper()}_CLIENT_ID")
    secret = environment.text(f"{provider.upper()}_CLIENT_SECRET")
    if bool(client_id) != bool(secret):
        name = provider.upper()
        raise ImproperlyConfigured(f"{name}_CLIENT_ID and {name}_CLIENT_SECRET are set both or neither.")
    if client_id:
        SOCIALACCOUNT_PROVIDERS[provider] = {"APPS": [{"client_id": client_id, "secret": secret}]}
        SOCIAL_ORIGINS.append(origin)

# --- Languages and time ------------------------------------------------------------------------------------------

LANGUAGE_CODE = environment.choice("DEFAULT_LANGUAGE", ("zh-hans", "en"), "zh-hans")
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "libraries"]
TIME_ZONE = environment.time_zone("TIME_ZONE", "Asia/Shanghai")
USE_TZ = True

# --- Files -------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "interview_notes.stylesheets.JoinedStylesheets"
    },
}
CONTENT_DIR = BASE_DIR / "content"

MARKDOWNX_MARKDOWNIFY_FUNCTION = "questions.markdown.render.render"
MARKDOWNX_URLS_PATH = "/editor/preview/"
MARKDOWNX_UPLOAD_URLS_PATH = "/editor/upload/"
MARKDOWNX_EDITOR_RESIZABLE = False

# --- Limits ------------------------------------------------------------------------------------------------------

TEXT_LIMIT = 200_000  # characters of one draft, answer or note
UPLOAD_LIMIT = 5 * 1024 * 1024  # bytes of one image
UPLOAD_PIXELS = 40_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
IMPORT_FILES = environment.number("IMPORT_FILES", default=20_000, least=1)
IMPORT_FILE_BYTES = environment.number("IMPORT_FILE_MB", default=20, least=1) * 2**20
IMPORT_BYTES = environment.number("IMPORT_MB", default=500, least=1) * 2**20
IMPORT_UPLOAD_BYTES = environment.number("IMPORT_UPLOAD_MB", default=100, least=1) * 2**20
IMPORT_SECONDS = environment.number("IMPORT_SECONDS", default=300, least=1)
IMPORT_HOSTS = environment.words("IMPORT_HOSTS")  # if set, git fetches from these only, internal ones included
IMPORT_CA_FILE = environment.text("IMPORT_CA_FILE")

# --- Security ----------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF, *SOCIAL_ORIGINS],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")
CSRF_FAILURE_VIEW = "interview_notes.pages.csrf_failure"

# --- Logs --------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.choice("LOG_LEVEL", ("DEBUG", "INFO", "WARNING"), "INFO")},
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
