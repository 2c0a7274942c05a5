"""Train, hold against the past, register, and promote what passes the gate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitoring import judge_challenger
from training import find_alias, fit_artefact, load_champion, promote_version, register_artefact
from training.points.criteria import read_criteria
from training.registry import CHAMPION

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime

    from data import Settings, Tables
    from monitoring import GateVerdict
    from training import Artefact


def train_version(
    settings: Settings,
    tables: Tables,
    as_of: datetime,
    seed: int,
    tell: Callable[[str], None],
    keep: Collection[str] = (),
) -> tuple[Artefact, GateVerdict]:
    """Train on what was known at a moment and register the version; it becomes champion if it passes the gate.

    Args:
        settings: where the registry is.
        tables: all contract tables.
        as_of: the moment.
        seed: of everything random.
        tell: told about each step.
        keep: columns that are learned from although the leak guard finds them.

    Returns:
        The registered artefact and the gate's verdict.

    Raises:
        TooLittleData: no lead is known by then.
        BadInput: the house's criteria of points cannot be read.
    """
    criteria = read_criteria(settings.home)
    artefact = fit_artefact(tables, as_of, keep=keep, seed=seed, criteria=criteria, progress=tell)
    champion = load_champion(settings) if find_alias(settings, CHAMPION) else None
    tell("holding it against the past")
    verdict = judge_challenger(tables, artefact, champion, as_of, criteria=criteria, progress=tell)
    tell("registering it")
    facts = artefact.facts | {"metrics": verdict.measures.get("challenger", {})}
    registered = register_artefact(settings, replace(artefact, facts=facts))
    if verdict.passed:
        promote_version(settings, registered.version)
    return registered, verdict
