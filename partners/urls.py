from django.urls import path

from partners import gallery, views

app_name = "partners"
urlpatterns = [
    path("p/<slug:partnership>/partners/", views.partner_list, name="partner-list"),
    path("p/<slug:partnership>/partners/add/", views.partner_add, name="partner-add"),
    path("p/<slug:partnership>/partners/invite/", views.invite, name="invite"),
    path("p/<slug:partnership>/invitations/<int:pk>/revoke/", views.invitation_revoke, name="invitation-revoke"),
    path("p/<slug:partnership>/memberships/<int:pk>/end/", views.membership_end, name="membership-end"),
    path("invitation/<str:token>/", views.invitation_accept, name="invitation-accept"),
    path("kept-words/", views.kept_words, name="kept-words"),
    path("who-am-i/", views.who_am_i, name="who-am-i"),
    path("who-may-do-what/", views.who_may_do_what, name="who-may-do-what"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("gallery/", gallery.gallery, name="gallery"),
]
