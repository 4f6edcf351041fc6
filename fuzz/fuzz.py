"""Runs a target of this folder on inputs that lead to ever new places of the code.

``python fuzz/fuzz.py words 60``: the target ``fuzz_words.py``, for 60 seconds. An input that makes
it fail is kept in ``fuzz/found/words/``, and is from then on a test in tests/test_attack_found.py.
"""

import importlib
import os
import sys
import tempfile
from pathlib import Path

import atheris

HERE = Path(__file__).resolve().parent
TARGETS = sorted(path.stem.removeprefix("fuzz_") for path in HERE.glob("fuzz_*.py"))
LONGEST, SLOWEST, MEMORY = 8_192, 20, 2_048
"""Bytes of an input, seconds for one, MiB of memory."""


def main(target: str, seconds: str) -> None:
    """Fuzzes one target; ends with status 77 or 70 at the first input that makes it fail."""
    sys.path[:0] = [str(HERE.parent), str(HERE.parent / "tests")]
    os.environ["PYTHONHASHSEED"] = "0"
    with atheris.instrument_imports(include=["bot", "content", "index"]):
        module = importlib.import_module(f"fuzz_{target}")
    found = HERE / "found" / target
    found.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as corpus:
        # The first one builds the index, which must not count as a slow input.
        module.one(b"")
        for number, seed in enumerate(module.seeds()):
            (Path(corpus) / f"seed-{number}").write_bytes(seed)
        options = {
            "max_total_time": seconds,
            "max_len": LONGEST,
            "timeout": SLOWEST,
            "rss_limit_mb": MEMORY,
            "artifact_prefix": f"{found}/",
            "print_final_stats": 1,
            "verbosity": 0,
        }
        told = [f"-{name}={value}" for name, value in options.items()]
        atheris.Setup([sys.argv[0], *told, corpus], module.one)
        atheris.Fuzz()


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in TARGETS:
        sys.exit(f"python fuzz/fuzz.py TARGET SECONDS, TARGET one of: {', '.join(TARGETS)}")
    main(*sys.argv[1:])
