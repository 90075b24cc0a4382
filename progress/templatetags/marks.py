"""`{% marks question %}`: the buttons that set a reader's marks, with the token that lets them post."""

from django import template

register = template.Library()


@register.inclusion_tag("progress/_marks.html", takes_context=True)
def marks(context, question):
    """`question` carries `.marks`, laid on by attach_marks."""
    return {
        "question": question,
        "marks": question.marks,
        "request": context["request"],
        "user": context["user"],
    }
