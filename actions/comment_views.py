"""Commenting on a row."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from actions import services
from actions.access import row_page
from actions.commenting import members_of
from actions.forms import CommentForm
from actions.mentions import nobody_called
from partners.access import form_page
from partners.forms import posted
from partners.permissions import Right
from partners.refusals import Refused


@form_page
@row_page(Right.COMMENT)
def comment_add(request, action):
    if action.removed and request.method != "POST":
        return redirect("actions:action", action.partnership.slug, action.pk)
    members = members_of(action.partnership)
    form = CommentForm(posted(request), members=members, author=request.user)
    if form.is_valid():
        try:
            comment = services.add_comment(action=action, by=request.user, **form.cleaned_data)
            _say_who_was_told(request, comment, members)
            return redirect(reverse("actions:action", args=[action.partnership.slug, action.pk]) + "#comments")
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "actions/comment_add.html", {"form": form, "action": action})


def _say_who_was_told(request, comment, members):
    told = "; ".join(person["name"] for person in comment.told)
    messages.success(request, f"Your comment has been added. Told: {told}." if told else "Your comment has been added.")
    for word in nobody_called(comment.words, [member.name for member in members])[:3]:
        messages.info(request, f"Nobody here is called “{word}”, so nobody was told for “@{word}”.")
