"""The pages of what weighing found: relations, figures through time, the docket, indicators, hypotheses, grades."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response

from onrecord.assessing import indicators_in, suggestion, watched
from onrecord.domain.judgements import Subject
from onrecord.domain.relations import RelationKind
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.filters import FilterForm
from onrecord.publishing.judging_pages import judging_entry, judging_relation
from onrecord.publishing.lacking import lacking_relation
from onrecord.publishing.linked.entries import actor_entry, utterance_entry
from onrecord.publishing.lists import paged
from onrecord.publishing.versions.flags import flagged, located
from onrecord.publishing.weighed.beginning import passed
from onrecord.publishing.weighed.beside import lineage_entries
from onrecord.publishing.weighed.calendar import due_calendar
from onrecord.publishing.weighed.figure_page import lineage_page
from onrecord.publishing.weighed.folding import groups
from onrecord.publishing.weighed.indicators import indicator_page, passages_wanted
from onrecord.publishing.weighed.matrices import found as on_record
from onrecord.publishing.weighed.matrices import known, matrix_page
from onrecord.publishing.weighed.pages import (
    DocketList,
    LineageList,
    RelationList,
    as_of_words,
    docket_days,
    docket_page,
    grade_entry,
    opposed_entries,
    relation_page,
)
from onrecord.settings import Settings
from onrecord.web.asking import METHODS, asked_form, asked_page, status, values
from onrecord.web.earlier import Stood
from onrecord.web.rendering import docket_path, figure_path, page, relation_path
from onrecord.weighing.hypotheses import matrices_in

MOST_OPPOSED = 12
"""Pairs of actors of whom it is told how often they stand against each other."""
FOLDED_SIZE = 60
"""Relations of one page when those that share an utterance are folded."""


def add_weighed_pages(app: FastAPI, view: WeighedView, settings: Settings, stood: Stood) -> None:
    """Adds the routes."""
    _add_relations(app, view, stood)
    _add_figures(app, view, stood)
    _add_docket(app, view, stood)
    _add_watched(app, view, settings, stood)

    @app.api_route("/grades", methods=METHODS)
    def grades() -> Response:
        of = {
            subject.value: tuple(map(grade_entry, view.grades(subject))) for subject in (Subject.SOURCE, Subject.ITEM)
        }
        return page("grades.html", sources=of["source"], items=of["item"])


def _add_relations(app: FastAPI, view: WeighedView, stood: Stood) -> None:
    @app.api_route("/relations", methods=METHODS)
    def relations(request: Request) -> Response:
        form = asked_form(request)
        asked = values(request)
        kind = asked.get("relation") if asked.get("relation") in tuple(RelationKind) else None
        named = asked.get("utterance")
        of = view.utterance(named).head if named else None
        every = bool(asked.get("every")) or of is not None
        text, utterance = form.filter.text, None if of is None else of.id
        by = view.actor(asked["actor"], utterances=0).row.actor if asked.get("actor") else None
        actor = None if by is None else by.id
        count = partial(view.count_relations, kind=kind, text=text, utterance=utterance, actor=actor)
        rows = partial(view.relations, kind=kind, text=text, utterance=utterance, actor=actor)
        paging, found = paged(form, asked_page(request), count, rows, *(() if every else (FOLDED_SIZE,)))
        bare = not (text or utterance or actor) and paging.page == 1
        shown = RelationList(
            form,
            kind or "",
            None if of is None else utterance_entry(of),
            every and of is None,
            paging,
            groups(view, found, fold=not every),
            opposed_entries(view.opposed(MOST_OPPOSED)) if kind == RelationKind.CONTRADICTS and bare else (),
            None if by is None else actor_entry(by),
        )
        return page("relations.html", status(paging, form), shown=shown, kinds=tuple(RelationKind))

    @app.api_route("/relations/{relation_id}", methods=METHODS)
    def relation(relation_id: str, request: Request) -> Response:
        found = view.relation(relation_id)
        if found.id != relation_id:
            return RedirectResponse(relation_path(found.id), status_code=307)
        with stood(request, found) as (then, days):
            found = found if then is view else then.relation(found.id)
        judge = judging_relation(view, found) if then is view else None
        lacking = lacking_relation(found)
        changed = flagged(view, map(located, (found.a, found.b)))
        shown = relation_page(found)
        return page("relation.html", shown=shown, days=days, judge=judge, lacking=lacking, changed=changed)


def _add_figures(app: FastAPI, view: WeighedView, stood: Stood) -> None:
    @app.api_route("/figures", methods=METHODS)
    def figures(request: Request) -> Response:
        form = asked_form(request)
        count = partial(view.count_lineages, text=form.filter.text, figures=2)
        rows = partial(view.lineages, text=form.filter.text, figures=2)
        paging, found = paged(form, asked_page(request), count, rows)
        shown = LineageList(form, paging, lineage_entries(view, list(found)))
        return page("figures.html", status(paging, form), shown=shown)

    @app.api_route("/figures/{lineage_id}", methods=METHODS)
    def figure(lineage_id: str, request: Request) -> Response:
        found = view.lineage(lineage_id)
        if found.head.id != lineage_id:
            return RedirectResponse(figure_path(found.head.id), status_code=307)
        with stood(request, found) as (then, days):
            found = found if then is view else then.lineage(found.head.id)
        changed = flagged(view, (located(one.passage) for one in found.figures))
        return page("figure.html", shown=lineage_page(found), days=days, changed=changed)


def _add_docket(app: FastAPI, view: WeighedView, stood: Stood) -> None:
    @app.api_route("/docket", methods=METHODS)
    def docket(request: Request) -> Response:
        form = asked_form(request)
        now = view.today()
        act = None if form.filter.act is None else form.filter.act.value
        count = partial(view.count_docket, text=form.filter.text, act=act, due=form.due_day)
        rows = partial(view.docket, text=form.filter.text, act=act, due=form.due_day)
        paging, found = paged(form, asked_page(request), count, rows)
        before = 0 if form.given else passed(view, now)
        coming = before // paging.size + 1 if before and before < paging.total else None
        counts = () if form.problems or paging.page > 1 else view.due_counts(text=form.filter.text, act=act)
        calendar = due_calendar(counts, now, form.due_day)
        shown = DocketList(form, paging, docket_days(found, now), as_of_words(now), before, coming, calendar)
        return page("docket.html", status(paging, form), shown=shown)

    @app.api_route("/docket/{utterance_id}", methods=METHODS)
    def entry(utterance_id: str, request: Request) -> Response:
        found = view.docket_entry(utterance_id)
        if found.row.entry.utterance != utterance_id:
            return RedirectResponse(docket_path(found.row.entry.utterance), status_code=307)
        with stood(request, found) as (then, days):
            found = found if then is view else then.docket_entry(utterance_id)
            now = then.today()
        shown = docket_page(found, now, suggestion(found, now))
        judge = judging_entry(view, found) if then is view else None
        passages = found.row.passage, *(one.passage for one in found.evidence)
        changed = flagged(view, map(located, passages))
        return page("entry.html", shown=shown, days=days, as_of=as_of_words(now), judge=judge, changed=changed)


def _add_watched(app: FastAPI, view: WeighedView, settings: Settings, stood: Stood) -> None:
    @app.api_route("/indicators", methods=METHODS)
    def indicators(request: Request) -> Response:
        form = asked_form(request)
        path = settings.indicators
        defined = () if path is None or form.problems else indicators_in(path)
        since, until = _days(form)
        shown = []
        for one in watched(view, defined, since=since, until=until):
            passages = view.passages_named(passages_wanted(one.series))
            shown.append(indicator_page(one.series, one.shifts, one.sentences, passages))
        code = 422 if form.problems else 200
        return page("indicators.html", code, indicators=shown, form=form, asked=path is not None)

    @app.api_route("/hypotheses", methods=METHODS)
    def hypotheses(request: Request) -> Response:
        path = settings.hypotheses
        matrices = () if path is None else matrices_in(path)
        its = on_record(view, matrices)
        with stood(request, *its.passages.values()) as (then, days):
            if then is not view:
                its = on_record(then, matrices)
                matrices = tuple(known(one, its) for one in matrices)
        shown = [matrix_page(one, its) for one in matrices]
        return page("hypotheses.html", matrices=shown, days=days, asked=path is not None)


def _days(form: FilterForm) -> tuple[date | None, date | None]:
    """The first and the last day that a form asks for; its end is the moment after what was named."""
    since, until = form.filter.since, form.filter.until
    return (
        None if since is None else since.date(),
        None if until is None else (until - timedelta(microseconds=1)).date(),
    )
