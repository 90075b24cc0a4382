from django.urls import path

from accounts import views

urlpatterns = [
    path("me/preferences/", views.preferences, name="preferences"),
    path("content-language/", views.content_language, name="content_language"),
    path("theme/", views.theme, name="theme"),
]
