from django.urls import path

from reviews import views

app_name = "reviews"
urlpatterns = [
    path("", views.start, name="start"),
    path("p/<slug:partnership>/", views.home, name="home"),
]
