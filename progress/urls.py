from django.urls import path

from progress.views import draft, marks, me

urlpatterns = [
    path("questions/<int:pk>/bookmark/", marks.bookmark, name="bookmark"),
    path("questions/<int:pk>/answered/", marks.answered, name="answered"),
    path("questions/<int:pk>/draft/", draft.draft, name="draft"),
    path("questions/<int:pk>/submit/", draft.submit, name="submit"),
    path("me/", me.me, name="me"),
    path("me/answered/", me.marked, {"kind": "answered"}, name="me_answered"),
    path("me/bookmarks/", me.marked, {"kind": "bookmarks"}, name="me_bookmarks"),
    path("me/drafts/", me.marked, {"kind": "drafts"}, name="me_drafts"),
    path("me/answers/", me.answers, name="me_answers"),
]
