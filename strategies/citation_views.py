"""Pages on which a strategy comes to rest on a released figure."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from partners.access import form_page, within
from partners.forms import posted
from partners.permissions import Right
from partners.refusals import Refused
from strategies import citing
from strategies.forms import CiteForm
from strategies.views import to_strategy
from workforce.exploring import readable_figure, released_figure


def _figure(partnership, pk):
    return released_figure(partnership, pk)


def _citation(partnership, strategy, pk):
    owner = partnership.strategies.select_related("partnership").get(slug=strategy)
    cited = owner.cited_figures.get(pk=pk, removed=None)
    cited.strategy = owner
    return cited


@form_page
@within(Right.EDIT_STRATEGY, load=_figure, on_it=False)
def figure_cite(request, figure):
    strategies = request.partnership.strategies.newest_first()
    form = CiteForm(posted(request), strategies=strategies, initial={"strategy": strategies.first()})
    if form.is_valid():
        try:
            cited = citing.cite_figure(figure=figure, by=request.user, **form.cleaned_data)
            messages.success(request, "The figure is cited.")
            return to_strategy(cited.strategy, "figures")
        except Refused as refusal:
            form.refuse(refusal)
    said = readable_figure(figure)
    context = {"form": form, "figure": figure, "said": said, "has_strategy": strategies.exists()}
    context["back"] = reverse("explore:figure", args=[request.partnership.slug, figure.pk])
    return render(request, "strategies/figure_cite.html", context)


@require_POST
@within(Right.EDIT_STRATEGY, load=_citation, on_it=False)
def citation_remove(request, cited):
    citing.remove_citation(cited=cited, by=request.user)
    messages.success(request, f"No longer cited: {cited.named}")
    return to_strategy(cited.strategy, "figures")
