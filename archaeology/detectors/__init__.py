"""Detectors turn facts into observations, one family a module; every one is listed here.

To add a family, write ``archaeology/detectors/<family>.py`` with a function ``detect_<family>(facts)`` and put it into
:data:`DETECTORS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from archaeology.detectors.boundaries import detect_boundaries
from archaeology.detectors.cautions import detect_cautions
from archaeology.detectors.change_as_one import detect_change_as_one
from archaeology.detectors.concurrency import detect_concurrency
from archaeology.detectors.contradictions import detect_contradictions
from archaeology.detectors.dependency_restraint import detect_dependency_restraint
from archaeology.detectors.enforced_gates import detect_enforced_gates
from archaeology.detectors.generated_code import detect_generated_code
from archaeology.detectors.left_out import detect_left_out
from archaeology.detectors.let_pass import detect_let_pass
from archaeology.detectors.overview import detect_overview
from archaeology.detectors.performance_guard import detect_performance_guard
from archaeology.detectors.ports_and_adapters import detect_ports_and_adapters
from archaeology.detectors.scar_tissue import detect_scar_tissue
from archaeology.detectors.security_boundary import detect_security_boundary
from archaeology.detectors.stable_format import detect_stable_format
from archaeology.detectors.tacit_coupling import detect_tacit_coupling
from archaeology.detectors.technology_choice import detect_technology_choice
from archaeology.detectors.test_isolation import detect_test_isolation
from archaeology.detectors.told_reasons import detect_told_reasons
from archaeology.detectors.typed_errors import detect_typed_errors
from archaeology.detectors.unknown_reasons import detect_unknown_reasons
from archaeology.facts import Facts
from archaeology.model import Observation
from archaeology.shield import Shield, exposed, part_of

Detector = Callable[[Facts], Iterable[Observation]]

DETECTORS: tuple[Detector, ...] = (
    detect_boundaries,
    detect_typed_errors,
    detect_cautions,
    detect_scar_tissue,
    detect_told_reasons,
    detect_unknown_reasons,
    detect_enforced_gates,
    detect_ports_and_adapters,
    detect_generated_code,
    detect_tacit_coupling,
    detect_dependency_restraint,
    detect_technology_choice,
    detect_test_isolation,
    detect_performance_guard,
    detect_stable_format,
    detect_concurrency,
    detect_security_boundary,
    detect_contradictions,
    detect_change_as_one,
    detect_left_out,
    detect_let_pass,
    detect_overview,
)


def detect(facts: Facts, shield: Shield = exposed) -> tuple[Observation, ...]:
    """Return what all detectors see, each observation once, in the order of the detectors."""
    return tuple({observation.id: observation for seen in detect_each(facts, shield) for observation in seen}.values())


def detect_each(facts: Facts, shield: Shield = exposed) -> Iterator[tuple[Observation, ...]]:
    """Yield what each detector sees, one detector after the other, for callers that show what is known so far."""
    nothing: tuple[Observation, ...] = ()
    for detector in DETECTORS:
        yield shield(part_of(detector), partial(_all, detector, facts), nothing)


def _all(detector: Detector, facts: Facts) -> tuple[Observation, ...]:
    return tuple(detector(facts))
