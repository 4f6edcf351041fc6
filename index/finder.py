"""From a question to the partners that answer it, and why; or an honest "nothing found"."""

from collections.abc import Sequence

from content.models import Content
from content.translations import Translation
from index.analysis import KnownWords, analysis
from index.confidence import DOUBT, THRESHOLD, confidence, signs_for
from index.engine import Hit, Query, SearchEngine, SearchResults
from index.explaining import Explainer
from index.few_partners import quick
from index.findings import Answer, Findings
from index.general_language import GeneralLanguage
from index.question import QuestionReader, Understood
from index.ranking import LOOKED_AT, Ranking
from index.spelling import Spelling

CLOSE = 0.6
"""An answer is shown beside the best one from this share of its score on."""


class Finder:
    """Answers questions from one index; it never changes, so threads may share it."""

    def __init__(
        self,
        content: Content,
        engine: SearchEngine,
        translations: Sequence[Translation],
        known: KnownWords,
    ) -> None:
        self.content = content
        self._engine = engine = quick(engine)
        parts = analysis(content, translations, known.own_words)
        self._reader = QuestionReader(
            parts,
            Spelling(known.counts),
            GeneralLanguage(parts.words.languages),
            engine,
            translations,
            known.own_subjects,
        )
        self._by_id = {partner.id: partner for partner in content.partners}
        self._ranking = Ranking(parts.words, self._by_id)
        self._explainer = Explainer(parts, self._by_id)

    def find(self, question: str, limit: int = 5, unfinished: bool = False) -> Findings:
        """The partners that answer ``question``, at most ``limit``, best first."""
        understood = self._reader.read(question, limit=max(limit, LOOKED_AT), unfinished=unfinished)
        clauses = understood.query.clauses
        judged = self._judged(understood)
        answers = [pair for pair in judged if pair[1] >= THRESHOLD]
        doubtful = [] if answers else [pair for pair in judged if pair[1] >= DOUBT][:3]
        return Findings(
            question,
            tuple([self._answer(understood, hit, sure) for hit, sure in answers[:limit]]),
            tuple([self._answer(understood, hit, sure) for hit, sure in doubtful]),
            topics=() if answers else self._near_topics([hit for hit, _ in judged]),
            words=tuple([clause.word for clause in clauses]),
            unknown=tuple([clause.word for clause in clauses if not clause.terms]),
            total=len(answers),
        )

    def _judged(self, understood: Understood) -> list[tuple[Hit, float]]:
        """The hits with how sure they are; after an answer, only those close enough to it."""
        query, words, _ = understood
        enough = 0.0
        signs_of = signs_for(query, self._engine.count())
        judged: list[tuple[Hit, float]] = []

        def matters(hit: Hit) -> bool:
            return hit.score >= enough

        hits = self._engine.search(query).hits
        for hit in self._ranking.in_order(words, query, hits, matters):
            if matters(hit):
                sure = confidence(signs_of(hit))
                judged.append((hit, sure))
                if sure >= THRESHOLD and not enough:
                    enough = CLOSE * hit.score
        return judged

    def look(self, question: str, limit: int = 10) -> tuple[Query, SearchResults]:
        """The query a question becomes and what it hits, before any judgement."""
        understood = self._reader.read(question, max(limit, LOOKED_AT))
        query, words, _ = understood
        hits, total = self._engine.search(query)
        return query, SearchResults(tuple(self._ranking.in_order(words, query, hits)), total)

    def _near_topics(self, hits: Sequence[Hit], limit: int = 3) -> tuple[str, ...]:
        topics = (topic for hit in hits[:3] for topic in self._by_id[hit.id].topics)
        return tuple(dict.fromkeys(topics))[:limit]

    def _answer(self, understood: Understood, hit: Hit, sure: float) -> Answer:
        return Answer(hit.id, round(sure, 3), self._explainer.why(understood, hit))

    @property
    def remote(self) -> bool:
        """Whether a question goes over a network, and must not be asked on an event loop."""
        return self._engine.remote

    def count(self) -> int:
        """How many partners the index has."""
        return self._engine.count()

    def close(self) -> None:
        """Give back the index's files."""
        self._engine.close()
