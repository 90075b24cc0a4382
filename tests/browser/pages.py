"""Every page of the site: who looks at it, and its address. A test fails on a named URL that is not here."""

from django.conf import settings
from django.urls import get_resolver, resolve, reverse
from django.utils import translation

from progress.reminding import token_for
from tests.browser.urls import ERRORS

# No pages: they take a form and send back, or answer with a file, a fragment, data or a line for machines.
NO_PAGES = """
    answer_feed answered bookmark checked content_language editor_preview editor_upload healthz me_figure media
    note_file plan_end practice_more practice_next practice_rate practice_reveal practice_turn practice_turn_end
    practice_turn_next practice_undo preferences question_feed readyz robots round_begin round_call_off
    set_language sitemap sitemap_of submit suggest theme topic_feed withdraw
    account_confirm_email account_inactive account_set_password
    mfa_download_recovery_codes mfa_login_webauthn mfa_reauthenticate_webauthn mfa_trust
    github_callback github_login google_callback google_login google_login_by_token socialaccount_signup
""".split()
# Reached by filling in the page before, and only then.
ON_THE_WAY_IN = """
    account_confirm_login_code account_confirm_password_reset_code account_complete_password_reset
    account_password_reset_completed mfa_authenticate
""".split()


def of_nobody(world):
    return {
        "home": "/",
        "topics": "/topics/",
        "topic": world.topic.get_absolute_url(),
        "topic, empty": world.empty.get_absolute_url(),
        "question": world.rich.get_absolute_url(),
        "question, revealed": f"{world.rich.get_absolute_url()}?reveal=1",
        "question, in the other language": f"{world.rich.get_absolute_url()}?lang=en&reveal=1",
        "question, unanswered": world.unanswered.get_absolute_url(),
        "question, taken down": world.taken.get_absolute_url(),
        "answer": world.answer.get_absolute_url(),
        "search, empty": "/search/",
        "search": "/search/?q=LM",
        "search, nothing found": "/search/?q=zebra",
        "practice": "/practice/",
        "me_bring": "/me/bring/",
        "draft, without an account": reverse("draft", args=[world.plain.pk]),
        "practice_question": reverse("practice_question", args=[world.plain.pk]),
        "practice_answer": reverse("practice_answer", args=[world.plain.pk]),
        "sources": "/sources/",
        "source": world.source.get_absolute_url(),
        "takedown": "/takedown/",
        "takedown_sent": "/takedown/sent/",
        "takedown_confirm": reverse("takedown_confirm", args=[world.unconfirmed.token()]),
        "takedown_confirm, stale": reverse("takedown_confirm", args=["stale"]),
        "reminders_stop": reverse("reminders_stop", args=[token_for(world.bo)]),
        "reminders_stop, not whole": reverse("reminders_stop", args=["cut"]),
        **{
            name: reverse(name)
            for name in (
                "account_login",
                "account_signup",
                "account_reset_password",
                "account_request_login_code",
                "account_email_verification_sent",
                "socialaccount_login_cancelled",
                "socialaccount_login_error",
            )
        },
        **{f"error_{name}": f"/errors/{name}/" for name in ERRORS},
    }


def of_bo(world):
    """A reader with marks, drafts and answers."""
    return {
        "home, signed in": "/",
        "topics, signed in": "/topics/",
        "topic, signed in": world.topic.get_absolute_url(),
        "topic, nothing marked": f"{world.empty.get_absolute_url()}?mark=answered",
        "question, signed in": f"{world.rich.get_absolute_url()}?reveal=1",
        "question, with a draft": world.drafted.get_absolute_url(),
        "question, retired": world.retired.get_absolute_url(),
        "answer, pending": world.pending.get_absolute_url(),
        "draft": reverse("draft", args=[world.drafted.pk]),
        "me_bring, signed in": "/me/bring/",
        "changed": reverse("changed", args=[world.plain.pk]),
        "search, signed in": "/search/?q=LM&has=answer",
        "practice, signed in": "/practice/",
        "practice_question, signed in": reverse("practice_question", args=[world.drafted.pk]),
        "practice_answer, signed in": reverse("practice_answer", args=[world.drafted.pk]),
        "practice_interview": reverse("practice_interview", args=[world.running.pk]),
        "practice_report": reverse("practice_report", args=[world.held.pk]),
        "practice_self_rating": reverse(
            "practice_self_rating", args=[world.held.pk, world.held.turns.first().position]
        ),
        "topic_rounds": reverse("topic_rounds", args=[world.topic.slug]),
        **{name: reverse(name) for name in ("me", "me_answered", "me_bookmarks", "me_drafts", "me_answers")},
        **{name: reverse(name) for name in ("me_changed", "me_habits", "me_plan", "me_rounds", "practice_interviews")},
        "me_figures": "/me/figures/",
        "styleguide": "/styleguide/",
        **{
            name: reverse(name)
            for name in (
                "account_logout",
                "account_reauthenticate",
                "account_email",
                "account_change_password",
                "mfa_index",
                "mfa_activate_totp",
                "mfa_add_webauthn",
                "mfa_list_webauthn",
                "socialaccount_connections",
                "usersessions_list",
            )
        },
    }


def of_cy(world):
    """A reader with a second factor, who has nothing else yet."""
    return {
        "me, empty": "/me/",
        "me_figures, empty": "/me/figures/",
        "me_drafts, empty": "/me/drafts/",
        "me_answers, empty": "/me/answers/",
        **{f"{name}, empty": reverse(name) for name in ("me_changed", "me_plan", "me_rounds", "practice_interviews")},
        **{
            name: reverse(name)
            for name in (
                "mfa_reauthenticate",
                "mfa_view_recovery_codes",
                "mfa_generate_recovery_codes",
                "mfa_deactivate_totp",
            )
        },
        "mfa_index, all set": reverse("mfa_index"),
        "mfa_list_webauthn, with one": reverse("mfa_list_webauthn"),
        "mfa_edit_webauthn": reverse("mfa_edit_webauthn", args=[world.passkey.pk]),
        "mfa_remove_webauthn": reverse("mfa_remove_webauthn", args=[world.passkey.pk]),
    }


ROWS = {  # model → the row of the world whose page is looked at
    "auth_group": "group",
    "accounts_user": "bo",
    "account_emailaddress": "email",
    "questions_answer": "pending",
    "questions_conflict": "conflict",
    "questions_import": "run",
    "questions_letter": "letter",
    "questions_merge": "merge",
    "questions_mergeproposal": "proposal",
    "questions_note": "rich",
    "questions_question": "rich",
    "questions_renamecandidate": "candidate",
    "questions_source": "source",
    "questions_takedown": "complaint",
    "questions_topic": "topic",
    "questions_upload": "upload",
}


def of_cleo(world):
    """A curator at the desk."""
    pages = {name: reverse(name) for name in ("admin:index", "admin:password_change", "admin:password_change_done")}
    pages["admin:app_list"] = reverse("admin:app_list", args=["questions"])
    pages["admin:auth_user_password_change"] = reverse("admin:auth_user_password_change", args=[world.bo.pk])
    for model, row in ROWS.items():
        row = getattr(world, row)
        pk = row.notes.first().pk if model == "questions_note" else row.pk
        pages[f"{model}_changelist"] = reverse(f"admin:{model}_changelist")
        pages[f"{model}_change"] = reverse(f"admin:{model}_change", args=[pk])
    for model in ("accounts_user", "questions_source", "questions_topic", "questions_question", "questions_import"):
        pages[f"{model}_add"] = reverse(f"admin:{model}_add")
    for page in ("history", "delete"):
        pages[f"questions_topic_{page}"] = reverse(f"admin:questions_topic_{page}", args=[world.topic.pk])
    return pages


PEOPLE = {"": of_nobody, "bo": of_bo, "cy": of_cy, "cleo": of_cleo}


def status(name):
    """What a page answers with: those that tell of an error say so."""
    if name.startswith("error_"):
        return int(name.split("_")[1])
    others = {"takedown_confirm, stale": 410, "reminders_stop, not whole": 404, "socialaccount_login_error": 401}
    return others.get(name, 200)


def named_urls(resolver=None, space=""):
    """Every name in the URLconf, with its namespace."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from named_urls(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.name:
            yield space + pattern.name


def is_of_the_desk(name):
    """What is the same for every model (one stands for all), or one of our verbs there, which are forms that post."""
    return name.startswith("admin:") and name.rpartition("_")[2] not in ("changelist", "change")


def forgotten(world):
    """Names of URLs that no one looks at."""
    with translation.override(settings.LANGUAGE_CODE):
        seen = {
            resolve(address.partition("?")[0]).view_name for of in PEOPLE.values() for address in of(world).values()
        }
    return sorted(name for name in {*named_urls()} - seen - {*NO_PAGES} - {*ON_THE_WAY_IN} if not is_of_the_desk(name))
