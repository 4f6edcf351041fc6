"""Fit the weights of index/confidence.py on questions that are no test of it.

    .venv/bin/pip install -c constraints.txt -e ".[benchmarks]"
    .venv/bin/python -m benchmarks.calibrate

Positive: the calibration and development questions, and the partners' expected questions (never
indexed; counted a third, since the keywords beside them were written by the same hand). Negative:
the sets' off-topic questions, and nonsense made of ordinary words. Prints the weights to copy, and
what they do by five-fold cross-validation. The public set and the second set take no part.
"""

import random
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import wordfreq
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from content.checking import check
from content.translations import load_translations
from index.confidence import Signs, signs
from index.folder_library import FolderLibrary
from index.quality import question, read_set
from index.whoosh_engine import WhooshFactory

ROOT = Path(__file__).resolve().parent.parent
SETS = [ROOT / "tests" / "questions" / f"{name}.yaml" for name in ("calibration", "development")]
NONSENSE = 60


def nonsense() -> Iterator[str]:
    """Rows of ordinary words that ask nothing, from the middle of the frequency lists."""
    chance = random.Random(1)
    for language in ("en", "fr"):
        words = wordfreq.top_n_list(language, 20_000)[3_000:]
        for _ in range(NONSENSE // 2):
            yield " ".join(chance.sample(words, chance.randint(2, 6)))


def main() -> None:
    loaded = check(ROOT / "content")
    assert loaded.content is not None
    asked: list[tuple[str, bool, float]] = []
    for path in SETS:
        for item in read_set(path):
            one = question(item, path)
            asked.append((one.text, bool(one.best), 1.0))
    for partner in loaded.content.partners:
        asked += [(q, True, 1 / 3) for qs in partner.questions.values() for q in qs]
    asked += [(text, False, 0.5) for text in nonsense()]
    with tempfile.TemporaryDirectory() as folder:
        library = FolderLibrary(Path(folder), WhooshFactory())
        finder = library.build(loaded.content, load_translations(ROOT / "content"), "").finder
        rows = []
        for text, _, _ in asked:
            query, results = finder.look(text)
            best = results.hits[0] if results.hits else None
            found = signs(query, best, finder.count()) if best else Signs(0, 0, 0, 0)
            rows.append(list(found))
        finder.close()
    x, y = np.array(rows), np.array([right for _, right, _ in asked])
    weights = np.array([weight for _, _, weight in asked])
    model = LogisticRegression(C=10)
    sure = cross_val_predict(
        model, x, y, cv=5, method="predict_proba", params={"sample_weight": weights}
    )[:, 1]
    model.fit(x, y, sample_weight=weights)
    print(f"INTERCEPT = {model.intercept_[0]:.1f}")
    fitted = zip(Signs._fields, model.coef_[0], strict=True)
    print("WEIGHTS = Signs(" + ", ".join(f"{name}={weight:.1f}" for name, weight in fitted) + ")")
    print(f"{len(asked)} questions; by five-fold cross-validation, at each threshold:")
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        kept = statistics.mean((sure[y] >= threshold).tolist())
        refused = statistics.mean((sure[~y] < threshold).tolist())
        print(f"  {threshold:.1f}: answers kept {kept:.1%}, others refused {refused:.1%}")


if __name__ == "__main__":
    main()
