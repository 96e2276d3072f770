"""Addresses of the workforce profile: its archive, one release, what is due, and how the report is put in order."""

from django.urls import path

from workforce import profile_draft_views, profile_setting_views, profile_views

app_name = "profile"
HERE = "p/<slug:partnership>/workforce/profile/"
RELEASE = f"{HERE}<int:pk>/"
urlpatterns = [
    path(HERE, profile_views.release_list, name="release-list"),
    path(f"{HERE}hidden/", profile_views.hiding, name="hiding"),
    path(f"{HERE}ask/", profile_draft_views.profile_ask, name="profile-ask"),
    path(f"{HERE}ask/own/", profile_draft_views.own_ask, name="own-ask"),
    path(f"{HERE}parts/", profile_setting_views.part_list, name="part-list"),
    path(f"{HERE}parts/<slug:key>/", profile_setting_views.part_edit, name="part-edit"),
    path(f"{HERE}schedule/", profile_setting_views.schedule_edit, name="schedule-edit"),
    path(f"{HERE}context/", profile_setting_views.context_list, name="context-list"),
    path(f"{HERE}context/add/", profile_setting_views.context_add, name="context-add"),
    path(f"{HERE}context/<int:pk>/", profile_setting_views.context_edit, name="context-edit"),
    path(f"{HERE}context/<int:pk>/remove/", profile_setting_views.context_remove, name="context-remove"),
    path(RELEASE, profile_views.release, name="release"),
    path(f"{RELEASE}parts/<slug:key>/", profile_views.release_part, name="release-part"),
    path(f"{RELEASE}hidden/", profile_views.release_hidden, name="release-hidden"),
    path(f"{RELEASE}profile.<slug:format>", profile_views.release_file, name="release-file"),
    path(f"{RELEASE}check/", profile_draft_views.release_check, name="release-check"),
    path(f"{RELEASE}release/", profile_draft_views.release_release, name="release-release"),
    path(f"{RELEASE}discard/", profile_draft_views.release_discard, name="release-discard"),
    path(f"{RELEASE}again/", profile_draft_views.release_again, name="release-again"),
    path(f"{RELEASE}withdraw/", profile_draft_views.release_withdraw, name="release-withdraw"),
]
