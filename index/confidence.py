"""Is this an answer at all? How much of what was asked the partner accounts for."""

from index.engine import Hit, Query


def coverage(query: Query, hit: Hit) -> float:
    """The share (0 to 1) of the question's information that the hit's words answer."""
    asked = sum(clause.information for clause in query.clauses)
    answered = sum(
        clause.information * term.weight
        for clause, term in zip(query.clauses, hit.answered, strict=True)
        if term
    )
    return answered / asked if asked else 0.0
