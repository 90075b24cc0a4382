from django.urls import path

from progress.views import draft, marks, me, practice

urlpatterns = [
    path("questions/<int:pk>/bookmark/", marks.bookmark, name="bookmark"),
    path("questions/<int:pk>/answered/", marks.answered, name="answered"),
    path("questions/<int:pk>/draft/", draft.draft, name="draft"),
    path("questions/<int:pk>/submit/", draft.submit, name="submit"),
    path("practice/", practice.practice, name="practice"),
    path("practice/next/", practice.practice_next, name="practice_next"),
    path("practice/more/", practice.practice_more, name="practice_more"),
    path("practice/<int:pk>/", practice.practice_question, name="practice_question"),
    path("practice/<int:pk>/reveal/", practice.practice_reveal, name="practice_reveal"),
    path("practice/<int:pk>/answer/", practice.practice_answer, name="practice_answer"),
    path("practice/<int:pk>/rate/", practice.practice_rate, name="practice_rate"),
    path("practice/reviews/<int:pk>/undo/", practice.practice_undo, name="practice_undo"),
    path("me/", me.me, name="me"),
    path("me/answered/", me.marked, {"kind": "answered"}, name="me_answered"),
    path("me/bookmarks/", me.marked, {"kind": "bookmarks"}, name="me_bookmarks"),
    path("me/drafts/", me.marked, {"kind": "drafts"}, name="me_drafts"),
    path("me/answers/", me.answers, name="me_answers"),
]
