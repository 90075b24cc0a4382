"""Readers and curators."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class ReaderForm(UserChangeForm):
    """Without even the outline of the password hash; a button leads to setting another."""

    password = None


@admin.register(User)
class ReaderAdmin(UserAdmin):
    form = ReaderForm
    list_display = ["username", "email", "date_joined", "published", "pending", "is_staff", "is_active"]
    list_filter = ["is_staff", "is_superuser", "is_active", "date_joined"]
    search_fields = ["username", "email", "first_name", "last_name"]
    date_hierarchy = "date_joined"
    ordering = ["-date_joined", "-pk"]
    readonly_fields = ["email", "set_password", "last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "email", "set_password"]}),
        (_("Personal"), {"fields": ["first_name", "last_name", "reveals_answers", "content_language"]}),
        (_("Permissions"), {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
        (_("Important dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"classes": ["wide"], "fields": ["username", "email", "usable_password", "password1", "password2"]}),
    ]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(
                published=Count("answers", filter=Q(answers__state="published")),
                pending=Count("answers", filter=Q(answers__state="pending")),
            )
        )

    def get_readonly_fields(self, request, obj=None):
        """The e-mail address is the reader's to change, and only superusers hand out permissions."""
        if obj is None:
            return []
        own = [] if request.user.is_superuser else ["is_staff", "is_superuser", "groups", "user_permissions"]
        return [*self.readonly_fields, *own]

    def has_change_permission(self, request, obj=None):
        """Whoever could set a superuser's password would be one."""
        if obj and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        if obj and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs, request):
        """Counts what would go with a reader, but does not list it: marks and drafts are theirs alone."""
        _listed, counts, missing, protected = super().get_deleted_objects(objs, request)
        return [str(reader) for reader in objs], counts, missing, protected

    @admin.display(description=_("password"))
    def set_password(self, reader):
        address = reverse("admin:auth_user_password_change", args=[reader.pk])
        return format_html('<a class="button" href="{}">{}</a>', address, _("Set another password"))

    @admin.display(description=_("published answers"), ordering="published")
    def published(self, reader):
        return reader.published

    @admin.display(description=_("pending answers"), ordering="pending")
    def pending(self, reader):
        return reader.pending
