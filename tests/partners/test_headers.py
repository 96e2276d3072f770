"""What every answer carries."""

import pytest

PAGES = ["/healthz", "/account/sign-in/", "/p/marlbrook/", "/p/nowhere/", "/no-such-page/"]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_headers(as_, path):
    answer = as_("manager").get(path)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy and "*" not in policy and "http" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def test_personal_pages_are_kept_by_nobody(as_):
    assert "no-store" in as_("manager").get("/p/marlbrook/")["Cache-Control"]


def test_no_page_has_inline_styles_or_scripts(as_, world):
    for path in ("/p/marlbrook/", "/p/marlbrook/plan/joint-strategy/", f"/p/marlbrook/actions/{world.row.pk}/"):
        page = as_("coordinator").get(path).content.decode()
        assert " style=" not in page
        assert " onclick" not in page
        assert page.count("<script") == page.count('<script src="/static/') + page.count('type="application/json">')


def test_a_form_without_its_token_is_refused_in_words(world):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.manager)
    answer = strict.post(f"/p/marlbrook/actions/{world.row.pk}/comment/", {"words": "Hello"})
    assert answer.status_code == 403
    assert "send it again" in answer.content.decode()
    assert not world.row.comments.exists()
