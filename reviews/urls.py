from django.urls import path

from reviews import views

app_name = "reviews"
urlpatterns = [
    path("", views.start, name="start"),
    path("p/<slug:partnership>/", views.home, name="home"),
    path("p/<slug:partnership>/notices/read/", views.notices_read, name="notices-read"),
]
