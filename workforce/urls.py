from django.urls import path

from workforce import mapping_views, upload_views

app_name = "workforce"
HOME = "p/<slug:partnership>/workforce/"
UPLOAD = f"{HOME}uploads/<int:pk>/"
urlpatterns = [
    path(HOME, upload_views.upload_list, name="upload-list"),
    path(f"{HOME}send/", upload_views.upload_send, name="upload-send"),
    path(f"{HOME}template.<str:format>", upload_views.template_blank, name="template-blank"),
    path(f"{HOME}data-protection/", upload_views.data_protection, name="data-protection"),
    path(UPLOAD, upload_views.upload, name="upload"),
    path(f"{UPLOAD}progress/", upload_views.upload_progress, name="upload-progress"),
    path(f"{UPLOAD}columns/", mapping_views.upload_columns, name="upload-columns"),
    path(f"{UPLOAD}faults/<int:position>/", upload_views.upload_cause, name="upload-cause"),
    path(f"{UPLOAD}faults.csv", upload_views.upload_faults, name="upload-faults"),
    path(f"{UPLOAD}marked/<int:position>/", upload_views.upload_marked, name="upload-marked"),
    path(f"{UPLOAD}cancel/", upload_views.upload_cancel, name="upload-cancel"),
    path(f"{UPLOAD}accept/", upload_views.upload_accept, name="upload-accept"),
    path(f"{UPLOAD}send-back/", upload_views.upload_send_back, name="upload-send-back"),
    path(f"{UPLOAD}withdraw/", upload_views.upload_withdraw, name="upload-withdraw"),
    path(f"{UPLOAD}restore/", upload_views.upload_restore, name="upload-restore"),
]
