from django.urls import path

from strategies import citation_views, views

app_name = "strategies"
HERE = "p/<slug:partnership>/strategy/"
urlpatterns = [
    path(HERE, views.strategy_current, name="strategy-current"),
    path(HERE + "start/", views.strategy_start, name="strategy-start"),
    path(HERE + "<slug:strategy>/", views.strategy, name="strategy"),
    path(HERE + "cite/<int:pk>/", citation_views.figure_cite, name="figure-cite"),
    path(HERE + "<slug:strategy>/figures/<int:pk>/remove/", citation_views.citation_remove, name="citation-remove"),
    path(HERE + "<slug:strategy>/edit/", views.strategy_edit, name="strategy-edit"),
    path(HERE + "<slug:strategy>/adopt/", views.principles_adopt, name="principles-adopt"),
    path(HERE + "<slug:strategy>/sign-up/<int:pk>/", views.sign_up, name="sign-up"),
    path(HERE + "<slug:strategy>/<slug:kind>/add/", views.heading_add, name="heading-add"),
    path(HERE + "<slug:strategy>/<slug:kind>/<int:pk>/edit/", views.heading_edit, name="heading-edit"),
    path(HERE + "<slug:strategy>/<slug:kind>/<int:pk>/move/", views.heading_move, name="heading-move"),
    path(HERE + "<slug:strategy>/<slug:kind>/<int:pk>/remove/", views.heading_remove, name="heading-remove"),
]
