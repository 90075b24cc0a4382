"""What several lists of the desk are filtered by."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class LifeFilter(admin.SimpleListFilter):
    title = _("life")
    parameter_name = "life"

    def lookups(self, request, model_admin):
        return [("live", _("live")), ("retired", _("retired"))]

    def queryset(self, request, queryset):
        return queryset.filter(retired_at__isnull=self.value() == "live") if self.value() else queryset
