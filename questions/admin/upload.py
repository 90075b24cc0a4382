"""Pictures that readers put into their drafts."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from questions.models import Upload


@admin.register(Upload)
class UploadAdmin(admin.ModelAdmin):
    list_display = ["thumbnail", "owner", "size", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["owner__username", "file"]
    date_hierarchy = "created_at"
    readonly_fields = fields = ["thumbnail", "address", "owner", "size", "created_at"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        obj.file.delete(save=False)

    def delete_queryset(self, request, queryset):
        for upload in queryset:
            self.delete_model(request, upload)

    @admin.display(description=_("picture"))
    def thumbnail(self, upload):
        address = self.address(upload)
        return format_html('<img class="thumbnail" src="{}" alt="{}" loading="lazy">', address, _("picture"))

    @admin.display(description=_("web address"))
    def address(self, upload):
        return reverse("media", args=[upload.file.name])

    @admin.display(description=_("size"))
    def size(self, upload):
        return f"{upload.width} × {upload.height}"
