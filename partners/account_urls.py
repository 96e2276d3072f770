"""The doors of allauth that are open here. Signing up is not among them: people come by invitation."""

from allauth.account import views
from django.urls import path, re_path
from django.views.decorators.http import require_safe

from partners.access import form_page

urlpatterns = [
    path("sign-in/", form_page(views.login), name="account_login"),
    path("sign-out/", form_page(views.logout), name="account_logout"),
    path("inactive/", require_safe(views.account_inactive), name="account_inactive"),
    path("password/", form_page(views.password_change), name="account_change_password"),
    path("password/set/", form_page(views.password_set), name="account_set_password"),
    path("password/forgotten/", form_page(views.password_reset), name="account_reset_password"),
    path("password/forgotten/sent/", require_safe(views.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        form_page(views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/changed/",
        require_safe(views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
]
