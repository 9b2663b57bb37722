"""Addresses of the editors' side, below /desk/."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from .review import views as review

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index"), name="desk"),
    path("review/", admin.site.admin_view(review.reviews), name="desk-review"),
    path("review/<int:pk>/decide/", admin.site.admin_view(review.decide_review), name="desk-review-decide"),
    path("review/people/<str:code>/visibility/", admin.site.admin_view(review.visibility), name="desk-visibility"),
    path("intake/", include("desk.intake.urls")),
    path("kept/", include("desk.kept.urls")),
    path("", include("desk.history.urls")),
    path("admin/", admin.site.urls),
]
