"""Pages about where we are going."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from partners.access import form_page, within
from partners.forms import posted
from partners.permissions import Right, may
from partners.refusals import Refused
from principles.frameworks import all_frameworks
from strategies import services
from strategies.citing import citations_of
from strategies.forms import (
    AdoptForm,
    HeadingEditForm,
    HeadingForm,
    SignUpForm,
    StrategyEditForm,
    StrategyForm,
    ThemeForm,
)
from strategies.models import SignUp

# The three numbered lists of a strategy: the part of the address, what one is called, and the door that adds one.
LISTS = {
    "aims": ("aim", services.add_aim),
    "themes": ("theme or priority", services.add_theme),
    "principles": ("principle", services.adopt_principle),
}


def strategy_called(partnership, strategy):
    return partnership.strategies.select_related("partnership").get(slug=strategy)


def _heading(partnership, strategy, kind, pk):
    if kind not in LISTS:
        raise Http404
    owner = strategy_called(partnership, strategy)
    heading = getattr(owner, kind).get(pk=pk, removed=None)
    heading.strategy, heading.kind_of_list = owner, kind
    return heading


def _list_of(partnership, strategy, kind):
    if kind not in LISTS:
        raise Http404
    owner = strategy_called(partnership, strategy)
    owner.kind_of_list = kind
    return owner


def _sign_up(partnership, strategy, pk):
    owner = strategy_called(partnership, strategy)
    partner = partnership.partners.select_related("organisation").get(organisation=pk)
    found = owner.sign_ups.filter(organisation=pk).first() or SignUp(strategy=owner, organisation=partner.organisation)
    found.strategy, found.known_as = owner, partner.known_as
    return found


def to_strategy(strategy, part=""):
    """Back to the strategy's page, at the part that was worked on."""
    page = reverse("strategies:strategy", args=[strategy.partnership.slug, strategy.slug])
    return redirect(f"{page}#{part}" if part else page)


@require_safe
@within(Right.READ_PLAN)
def strategy_current(request):
    """The newest strategy; with none yet, what to do first; with several, the choice."""
    strategies = list(request.partnership.strategies.newest_first())
    if len(strategies) == 1:
        return redirect("strategies:strategy", request.partnership.slug, strategies[0].slug)
    may_start = may(request.standing, Right.EDIT_STRATEGY)
    return render(request, "strategies/strategy_current.html", {"strategies": strategies, "may_start": may_start})


@require_safe
@within(Right.READ_PLAN, load=strategy_called)
def strategy(request, strategy):
    partners = {p.organisation_id: p for p in request.partnership.partners.select_related("organisation")}
    sign_ups = {sign_up.organisation_id: sign_up for sign_up in strategy.sign_ups.all()}
    places = []
    for pk, partner in partners.items():
        sign_up = sign_ups.get(pk) or SignUp(strategy=strategy, organisation=partner.organisation)
        places.append((partner, sign_up, may(request.standing, Right.SIGN_UP, on=sign_up)))
    lists = [
        ("aims", "Strategic aims", strategy.aims.filter(removed=None)),
        ("themes", "Themes and priorities", strategy.themes.filter(removed=None)),
        ("principles", "Principles we work by", strategy.principles.filter(removed=None)),
    ]
    context = {
        "strategy": strategy,
        "lists": lists,
        "places": places,
        "citations": citations_of(strategy),
        "agreed": sum(1 for _, sign_up, _ in places if sign_up.state.startswith("agreed")),
        "may_edit": may(request.standing, Right.EDIT_STRATEGY),
    }
    return render(request, "strategies/strategy.html", context)


@form_page
@within(Right.EDIT_STRATEGY)
def strategy_start(request):
    form = StrategyForm(posted(request))
    if form.is_valid():
        try:
            return to_strategy(
                services.start_strategy(partnership=request.partnership, by=request.user, **form.cleaned_data)
            )
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "strategies/strategy_start.html", {"form": form})


@form_page
@within(Right.EDIT_STRATEGY, load=strategy_called)
def strategy_edit(request, strategy):
    stored = {field: getattr(strategy, field) for field in services.STRATEGY_FIELDS}
    form = StrategyEditForm(posted(request), initial=stored, stored=stored)
    if form.is_valid():
        try:
            services.edit_strategy(strategy=strategy, seen=form.seen, new=form.wanted, by=request.user)
            messages.success(request, "The strategy has been saved.")
            return to_strategy(strategy)
        except Refused as refusal:
            form.refuse(refusal)
            form.show_again()
    return render(request, "strategies/strategy_edit.html", {"form": form, "strategy": strategy})


@form_page
@within(Right.EDIT_STRATEGY, load=_list_of)
def heading_add(request, strategy):
    name, add = LISTS[strategy.kind_of_list]
    form = (ThemeForm if strategy.kind_of_list == "themes" else HeadingForm)(posted(request))
    form.button = f"Add {name}"
    if form.is_valid():
        add(strategy=strategy, by=request.user, **form.cleaned_data)
        messages.success(request, f"The {name} has been added.")
        return to_strategy(strategy)
    return render(request, "strategies/heading_add.html", {"form": form, "strategy": strategy, "name": name})


@form_page
@within(Right.EDIT_STRATEGY, load=_heading)
def heading_edit(request, heading):
    name, _ = LISTS[heading.kind_of_list]
    stored = {"text": heading.text}
    form = HeadingEditForm(posted(request), initial=stored, stored=stored)
    if form.is_valid():
        try:
            services.reword_heading(heading=heading, seen=form.seen["text"], by=request.user, **form.wanted)
            messages.success(request, f"The {name} has been saved.")
            return to_strategy(heading.strategy)
        except Refused as refusal:
            form.refuse(refusal)
            form.show_again()
    context = {"form": form, "strategy": heading.strategy, "name": name, "heading": heading}
    return render(request, "strategies/heading_edit.html", context)


@require_POST
@within(Right.EDIT_STRATEGY, load=_heading)
def heading_move(request, heading):
    step = {"up": -1, "down": 1}.get(request.POST.get("direction"))
    if step:
        services.move_heading(heading=heading, step=step, by=request.user)
        messages.success(request, f"Moved {'up' if step < 0 else 'down'}: {heading.text}")
    return to_strategy(heading.strategy, heading.kind_of_list)


@require_POST
@within(Right.EDIT_STRATEGY, load=_heading)
def heading_remove(request, heading):
    try:
        services.remove_heading(heading=heading, by=request.user)
        messages.success(request, f"Removed: {heading.text}")
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    return to_strategy(heading.strategy, heading.kind_of_list)


@form_page
@within(Right.EDIT_STRATEGY, load=strategy_called)
def principles_adopt(request, strategy):
    adopted = set(strategy.principles.filter(removed=None).values_list("framework", "statement"))
    form = AdoptForm(posted(request), adopted=adopted)
    if form.is_valid():
        for choice in form.cleaned_data["chosen"]:
            framework, _, key = choice.partition("/")
            text = next(one.text for one in all_frameworks()[framework].principles if one.key == key)
            services.adopt_principle(strategy=strategy, text=text, by=request.user, framework=framework, statement=key)
        messages.success(request, "The principles have been adopted.")
        return to_strategy(strategy)
    context = {"form": form, "strategy": strategy, "frameworks": all_frameworks().values()}
    return render(request, "strategies/principles_adopt.html", context)


@form_page
@within(Right.SIGN_UP, load=_sign_up)
def sign_up(request, sign_up):
    stored = {"state": sign_up.state, "dated": sign_up.dated, "note": sign_up.note}
    form = SignUpForm(posted(request), initial=stored, stored=stored)
    if form.is_valid():
        place = {"strategy": sign_up.strategy, "organisation": sign_up.organisation}
        try:
            services.record_sign_up(**place, by=request.user, seen=form.seen, **form.wanted)
            messages.success(request, f"The sign-up of {sign_up.known_as} has been saved.")
            return to_strategy(sign_up.strategy)
        except Refused as refusal:
            form.refuse(refusal)
            form.show_again()
    return render(request, "strategies/sign_up.html", {"form": form, "sign_up": sign_up})
