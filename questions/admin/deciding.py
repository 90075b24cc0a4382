"""Rows that a curator reads whole and decides on by a button, without editing them."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST


class DecidingAdmin(admin.ModelAdmin):
    """`decisions` names methods that take (request, row), do it, and tell the curator."""

    decisions = []

    def get_urls(self):
        opts = self.model._meta
        return [
            path(
                f"<int:pk>/{decision}/",
                self.admin_site.admin_view(self._decision_view(decision)),
                name=f"{opts.app_label}_{opts.model_name}_{decision}",
            )
            for decision in self.decisions
        ] + super().get_urls()

    def _decision_view(self, decision):
        @require_POST
        def decide(request, pk):
            row = get_object_or_404(self.get_queryset(request), pk=pk)
            if not self.may_decide(request, row):
                raise PermissionDenied
            done = getattr(self, decision)(request, row)
            return redirect(self._list_url() if done else self._row_url(pk))

        return decide

    def may_decide(self, request, row):
        return self.has_change_permission(request, row)

    def _list_url(self):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def _row_url(self, pk):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[pk])

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
