from django.urls import path

from progress.views import changed, draft, habits, interview, marks, me, plan, practice, reminders, rounds

urlpatterns = [
    path("questions/<int:pk>/bookmark/", marks.bookmark, name="bookmark"),
    path("questions/<int:pk>/answered/", marks.answered, name="answered"),
    path("questions/<int:pk>/draft/", draft.draft, name="draft"),
    path("questions/<int:pk>/submit/", draft.submit, name="submit"),
    path("questions/<int:pk>/changed/", changed.changed, name="changed"),
    path("questions/<int:pk>/checked/", changed.checked, name="checked"),
    path("practice/", practice.practice, name="practice"),
    path("practice/next/", practice.practice_next, name="practice_next"),
    path("practice/more/", practice.practice_more, name="practice_more"),
    path("practice/<int:pk>/", practice.practice_question, name="practice_question"),
    path("practice/<int:pk>/reveal/", practice.practice_reveal, name="practice_reveal"),
    path("practice/<int:pk>/answer/", practice.practice_answer, name="practice_answer"),
    path("practice/<int:pk>/rate/", practice.practice_rate, name="practice_rate"),
    path("practice/reviews/<int:pk>/undo/", practice.practice_undo, name="practice_undo"),
    path("practice/interview/", interview.interviews, name="practice_interviews"),
    path("practice/interview/<int:pk>/", interview.interview, name="practice_interview"),
    path("practice/interview/<int:pk>/report/", interview.report, name="practice_report"),
    path("practice/interview/<int:pk>/<int:position>/", interview.turn, name="practice_turn"),
    path(
        "practice/interview/<int:pk>/<int:position>/next/", interview.turn, {"then": "next"}, name="practice_turn_next"
    ),
    path("practice/interview/<int:pk>/<int:position>/end/", interview.turn, {"then": "end"}, name="practice_turn_end"),
    path("practice/interview/<int:pk>/<int:position>/rate/", interview.self_rating, name="practice_self_rating"),
    path("me/", me.me, name="me"),
    path("me/answered/", me.marked, {"kind": "answered"}, name="me_answered"),
    path("me/bookmarks/", me.marked, {"kind": "bookmarks"}, name="me_bookmarks"),
    path("me/changed/", changed.me_changed, name="me_changed"),
    path("me/drafts/", me.marked, {"kind": "drafts"}, name="me_drafts"),
    path("me/answers/", me.answers, name="me_answers"),
    path("me/rounds/", rounds.rounds, name="me_rounds"),
    path("me/rounds/<str:slug>/", rounds.topic_rounds, name="topic_rounds"),
    path("topics/<int:pk>/rounds/begin/", rounds.round_begin, name="round_begin"),
    path("topics/<int:pk>/rounds/call-off/", rounds.round_call_off, name="round_call_off"),
    path("me/habits/", habits.me_habits, name="me_habits"),
    path("reminders/stop/<str:token>/", reminders.reminders_stop, name="reminders_stop"),
    path("me/plan/", plan.plan, name="me_plan"),
    path("me/plan/end/", plan.plan_end, name="plan_end"),
]
