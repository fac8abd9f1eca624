"""Hypotheses from observations: each family in a module of its own, all listed here, best first at the end.

To add a family, write ``archaeology/hypotheses/<family>.py`` with a function ``propose_<family>(facts, observations)`` and put it
into :data:`FAMILIES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from archaeology.checks import evaluate
from archaeology.facts import Facts
from archaeology.hypotheses.boundaries import propose_boundaries
from archaeology.hypotheses.cautions import propose_cautions
from archaeology.hypotheses.concurrency import propose_concurrency
from archaeology.hypotheses.contradictions import propose_contradictions
from archaeology.hypotheses.dependency_restraint import propose_dependency_restraint
from archaeology.hypotheses.enforced_gates import propose_enforced_gates
from archaeology.hypotheses.generated_code import propose_generated_code
from archaeology.hypotheses.performance_guard import propose_performance_guard
from archaeology.hypotheses.ports_and_adapters import propose_ports_and_adapters
from archaeology.hypotheses.scar_tissue import propose_scar_tissue
from archaeology.hypotheses.security_boundary import propose_security_boundary
from archaeology.hypotheses.stable_format import propose_stable_format
from archaeology.hypotheses.tacit_coupling import propose_tacit_coupling
from archaeology.hypotheses.technology_choice import propose_technology_choice
from archaeology.hypotheses.test_isolation import propose_test_isolation
from archaeology.hypotheses.told_reasons import propose_told_reasons
from archaeology.hypotheses.typed_errors import propose_typed_errors
from archaeology.hypotheses.unknown_reasons import propose_unknown_reasons
from archaeology.model import Family, Hypothesis, Observation
from archaeology.ranking import rank
from archaeology.shield import Shield, exposed, part_of

Proposer = Callable[[Facts, Sequence[Observation]], Iterable[Hypothesis]]

FAMILIES: tuple[Proposer, ...] = (
    propose_boundaries,
    propose_typed_errors,
    propose_cautions,
    propose_scar_tissue,
    propose_told_reasons,
    propose_unknown_reasons,
    propose_enforced_gates,
    propose_ports_and_adapters,
    propose_generated_code,
    propose_tacit_coupling,
    propose_dependency_restraint,
    propose_technology_choice,
    propose_test_isolation,
    propose_performance_guard,
    propose_stable_format,
    propose_concurrency,
    propose_security_boundary,
    propose_contradictions,
)


def propose(facts: Facts, observations: Sequence[Observation], shield: Shield = exposed) -> tuple[Hypothesis, ...]:
    """Return the hypotheses that the observations support, best first; the same facts give the same order.

    None of them is belied by its own check at the revision that it was drawn from: that would say of the code what is not so. Only a
    contradiction is about just that, and boundaries were set against the code where they were found.
    """
    found: list[Hypothesis] = []
    for family in FAMILIES:
        mine: tuple[Hypothesis, ...] = shield(part_of(family), partial(_all, family, facts, observations), ())
        found += [one for one in mine if family is propose_boundaries or _stands(one, facts)]
    return rank(found, observations)


def _stands(hypothesis: Hypothesis, facts: Facts) -> bool:
    check, family = hypothesis.check, hypothesis.family
    return check is None or family is Family.CONTRADICTION or evaluate(check, facts, most=1).holds is not False


def _all(family: Proposer, facts: Facts, observations: Sequence[Observation]) -> tuple[Hypothesis, ...]:
    return tuple(family(facts, observations))
