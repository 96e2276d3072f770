from django.urls import path

from actions import import_views, timescale_views, views

app_name = "actions"
PLAN = "p/<slug:partnership>/plan/"
ONE = PLAN + "<slug:strategy>/"
ROW = "p/<slug:partnership>/actions/<int:pk>/"
urlpatterns = [
    path(PLAN, views.plan_current, name="plan-current"),
    path(ONE, views.plan, name="plan"),
    path(ONE + "add/", views.action_add, name="action-add"),
    path(ONE + "removed/", views.removed_rows, name="removed-rows"),
    path(ONE + "history/", views.plan_history, name="plan-history"),
    path(ONE + "export/<slug:format>/", import_views.plan_export, name="plan-export"),
    path(ONE + "import/", import_views.plan_import_start, name="plan-import-start"),
    path(ONE + "import/<int:pk>/", import_views.plan_import, name="plan-import"),
    path(ONE + "import/<int:pk>/apply/", import_views.plan_import_apply, name="plan-import-apply"),
    path(ONE + "import/<int:pk>/drop/", import_views.plan_import_drop, name="plan-import-drop"),
    path(ROW, views.action, name="action"),
    path(ROW + "edit/", views.action_edit, name="action-edit"),
    path(ROW + "duplicate/", views.action_duplicate, name="action-duplicate"),
    path(ROW + "move/", views.action_move, name="action-move"),
    path(ROW + "remove/", views.action_remove, name="action-remove"),
    path(ROW + "restore/", views.action_restore, name="action-restore"),
    path(ROW + "update/", views.update_post, name="update-post"),
    path(ROW + "comment/", views.comment_add, name="comment-add"),
    path(ROW + "timescale/", timescale_views.timescale_correct, name="timescale-correct"),
    path(ROW + "milestone-done/", timescale_views.milestone_done, name="milestone-done"),
    path(ROW + "attach/", views.attachment_add, name="attachment-add"),
    path(ROW + "evidence/<int:attachment>/", views.attachment, name="attachment"),
    path(ROW + "evidence/<int:attachment>/remove/", views.attachment_remove, name="attachment-remove"),
]
