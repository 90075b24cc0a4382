"""Every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path

from interview_notes import health
from interview_notes.findable import robots
from interview_notes.sitemaps import SITEMAPS
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
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemaps.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_of"}, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap_of"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
if settings.DEBUG:
    urlpatterns.append(path("styleguide/", styleguide, name="styleguide"))

handler400 = "interview_notes.pages.bad_request"
