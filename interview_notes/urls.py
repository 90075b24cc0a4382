"""Every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from interview_notes import health
from interview_notes.styleguide import styleguide
from questions.views.editor import editor_preview, editor_upload
from questions.views.media import media

urlpatterns = [
    path("", include("questions.urls")),
    path("", include("progress.urls")),
    path("", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("editor/preview/", editor_preview, name="editor_preview"),
    path("editor/upload/", editor_upload, name="editor_upload"),
    path("media/<path:name>", media, name="media"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
if settings.DEBUG:
    urlpatterns.append(path("styleguide/", styleguide, name="styleguide"))

handler400 = "interview_notes.pages.bad_request"
