"""The curators' desk: Django admin behind the site's own sign-in, with its limits and second factor."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class CurationSite(admin.AdminSite):
    site_title = site_header = _("Interview Notes · curation")
    index_title = _("What waits for you")

    def login(self, request, extra_context=None):
        return secure_admin_login(super().login)(request, extra_context)
