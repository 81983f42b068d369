"""Rulebooks as data (规则): what forms, rule pages and other systems need to know of a place's regulation."""

import asyncio
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec
from litestar import Controller, get

from core.api.rulebooks import content_of
from core.entrance import Asking
from core.kernel.errors import NotFound
from core.policy.printing import Printed, as_html, tell
from core.policy.rulebooks.composing import PluginRefusedError
from core.policy.rulebooks.editions import Edition
from core.policy.rulebooks.registry import UnknownEditionError, UnknownPlaceError
from core.policy.rulebooks.rulebook import Rulebook


class Rules(Controller):
    """The regulations installed here; readable without signing in."""

    path = "/rules"
    tags = ("规则",)

    @get(operation_id="list_places", summary="已安装的规章")
    async def places(self, asking: Asking) -> dict[str, Any]:
        """Every place whose regulation is installed."""
        registry = asking.venues.registry
        rows = [
            _place(place.on(asking.today).rulebook()) | {"editions": [_edition(one) for one in place.editions.values()]}
            for place in map(registry.place, registry.places())
        ]
        refused = [{"place": place, "problems": error.problems} for place, error in registry.refused.items()]
        return {"rows": rows, "refused": refused}

    @get("/{place:str}", operation_id="get_rulebook", summary="规则手册")
    async def one(self, asking: Asking, place: str, digest: str = "", edition: str = "") -> dict[str, Any]:
        """One rulebook: tracks, stages, limits, papers, gates, effects, registers, options, and every row.

        The edition in force today, or the one named by its label. With `digest` only that very state of it: 404 where
        the rules have changed since.
        """
        rules = _edition_of(asking, place, edition)
        if digest and digest != rules.digest:
            raise NotFound("该摘要对应的规则版本不在本系统中")
        return _place(rules) | content_of(rules)

    @get("/{place:str}/handbook", operation_id="get_handbook", summary="规则手册（供阅读的内容）")
    async def handbook(self, asking: Asking, place: str, edition: str = "") -> dict[str, Any]:
        """The rulebook as people read it: maps as SVG, every step, choices with their default, every article."""
        rules = _edition_of(asking, place, edition)
        told: dict[str, Any] = msgspec.to_builtins(await asyncio.to_thread(_told, rules, asking.today))
        return told

    @get(
        "/{place:str}/handbook.html",
        operation_id="print_handbook",
        summary="规则手册打印页",
        media_type="text/html; charset=utf-8",
    )
    async def page(self, asking: Asking, place: str, edition: str = "") -> bytes:
        """The same as one page for A4, styles and maps included."""
        return await asyncio.to_thread(_page, _edition_of(asking, place, edition), asking.today)


@lru_cache(maxsize=16)
def _told(rules: Rulebook, on: date) -> Printed:
    return tell(rules, on=on)


@lru_cache(maxsize=16)
def _page(rules: Rulebook, on: date) -> bytes:
    return as_html(_told(rules, on)).encode()


def _edition_of(asking: Asking, place: str, label: str) -> Rulebook:
    """The edition in force today, or the one named."""
    try:
        here = asking.venues.registry.place(place)
        return (here.edition(label) if label else here.on(asking.today)).rulebook()
    except UnknownPlaceError as error:
        raise NotFound(f"没有安装“{place}”的规章") from error
    except UnknownEditionError as error:
        raise NotFound(f"“{place}”的规章没有“{label}”版本") from error
    except PluginRefusedError as error:
        raise NotFound(f"“{place}”的规章未能载入") from error


@get("/rulebook", operation_id="own_rulebook", summary="本地规则手册", tags=("规则",))
async def own_rulebook(asking: Asking) -> dict[str, Any]:
    """The rulebook new projects of one's own tenant are created under, with the options it has chosen."""
    async with asking.office() as office:
        return _place(office.rules) | content_of(office.rules) | {"parameters": office.venue.parameters}


def _edition(edition: Edition) -> dict[str, Any]:
    first = edition.answers.regulations[0]
    return {
        "edition": edition.name,
        "label": edition.label,
        "title": first.title,
        "number": first.number,
        "effective_on": first.effective_on,
        "digest": edition.rulebook().digest,
    }


def _place(rules: Rulebook) -> dict[str, Any]:
    first = next(iter(rules.regulations.values()))
    return {
        "place": rules.place,
        "edition": rules.edition,
        "digest": rules.digest,
        "title": first.title,
        "number": first.number,
        "effective_on": first.effective_on,
        "expires_on": first.expires_on,
    }
