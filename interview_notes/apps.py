"""Django admin, opened as the curators' desk."""

from django.contrib.admin.apps import AdminConfig


class CurationAdmin(AdminConfig):
    default_site = "interview_notes.admin.CurationSite"
