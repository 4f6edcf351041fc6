"""The parser's complaint about broken YAML in plain words, with the mend."""

from collections.abc import Callable
from typing import NamedTuple

import yaml

from content.problems import Fault, excerpt, printable

_QUOTES = 'put the whole text in quotes "…"'


class _Mistake(NamedTuple):
    """What the parser says, and the lines it says it about; places are counted from 0."""

    problem: str
    context: str
    line: int
    column: int
    opened: tuple[int, int]
    lines: list[str]

    def row(self, line: int | None = None) -> str:
        line = self.line if line is None else line
        return self.lines[line] if 0 <= line < len(self.lines) else ""

    def sign(self) -> str:
        return self.row()[self.column : self.column + 1]

    def before(self) -> str:
        return self.row()[: self.column]

    def here(self, message: str) -> Fault:
        # The parser may point behind the last line, where no editor can go.
        line = min(self.line, max(len(self.lines) - 1, 0))
        column = self.column if line == self.line else len(self.lines[line])
        return Fault(line + 1, column + 1, message)

    def at_opening(self, message: str) -> Fault:
        return Fault(self.opened[0] + 1, self.opened[1] + 1, message)


_Explanation = Callable[[_Mistake], Fault | None]


def explain(error: yaml.YAMLError, text: str) -> Fault:
    """The fault behind a parser's error: where it stands, what it is, what would be right."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return Fault(1, 1, f"this is not YAML: {printable(str(error))[:200]}")
    opened = getattr(error, "context_mark", None) or mark
    mistake = _Mistake(
        str(getattr(error, "problem", "")),
        str(getattr(error, "context", "") or ""),
        mark.line,
        mark.column,
        (opened.line, opened.column),
        text.splitlines(),
    )
    found = (fault for explanation in _EXPLANATIONS if (fault := explanation(mistake)))
    return next(found, None) or mistake.here(
        f"this is not YAML ({printable(mistake.problem)}): "
        "compare the line with another partner's file, or put the text in quotes"
    )


def _tab(mistake: _Mistake) -> Fault | None:
    if mistake.sign() != "\t" and "tab character" not in mistake.problem:
        return None
    return mistake.here("a tab stands here, and YAML knows only spaces: write two spaces for it")


def _reserved_sign(mistake: _Mistake) -> Fault | None:
    if "cannot start any token" not in mistake.problem:
        return None
    return mistake.here(f"no text may begin with {mistake.sign()} without quotes: {_QUOTES}")


def _never_closed_quote(mistake: _Mistake) -> Fault | None:
    if "unexpected end of stream" not in mistake.problem:
        return None
    return mistake.at_opening("this quote is opened and never closed: close it after the text")


def _reference(mistake: _Mistake) -> Fault | None:
    if not mistake.context.endswith(("an alias", "an anchor")):
        return None
    return mistake.at_opening(f"no text may begin with & or * without quotes: {_QUOTES}")


def _text_after_pipe(mistake: _Mistake) -> Fault | None:
    if "block scalar" not in mistake.context:
        return None
    return mistake.at_opening(
        f"after | or > the text begins on the next line, indented: move it there, or {_QUOTES}"
    )


def _escape(mistake: _Mistake) -> Fault | None:
    if "escape" not in mistake.problem:
        return None
    return mistake.here(r"a \ in double quotes means something else: write \\ for it")


def _early_end_of_quote(mistake: _Mistake) -> Fault | None:
    """A quoted text that ends right before the mistake, or was open over several lines."""
    if not mistake.problem.startswith(("did not find expected", "expected")):
        return None
    quoted = _quoted_before(mistake)
    if quoted is None:
        return None
    begins, ends = quoted
    if begins[0] < ends[0]:
        return Fault(
            begins[0] + 1,
            begins[1] + 1,
            f"this quote is closed only on line {ends[0] + 1}: close it after the text",
        )
    if ends == (mistake.line, mistake.column):
        return mistake.here(
            "the quoted text ends just before this: a closing quote is missing further left, or a "
            "quote stands within the text (write \"l'enfant\", or 'l''enfant')"
        )
    return mistake.here(
        "something follows a quoted text: put the quotes round all of it, or a comma between"
    )


def _quoted_before(mistake: _Mistake) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Where the last quoted text before the mistake begins and ends, if nothing lies between."""
    last = None
    try:
        for token in yaml.scan("\n".join(mistake.lines), Loader=_loader()):
            start, end = token.start_mark, token.end_mark
            if (start.line, start.column) >= (mistake.line, mistake.column):
                break
            if not isinstance(token, yaml.BlockEndToken):
                last = token if isinstance(token, yaml.ScalarToken) and token.style else None
    except yaml.YAMLError:
        pass  # It is the scanner that gave up: what it had read is what counts.
    if last is None or last.style not in ("'", '"'):
        return None
    end = last.end_mark
    if end.line != mistake.line or mistake.before()[end.column :].strip():
        return None
    if mistake.sign() in tuple(",:]}#"):
        return None
    return (last.start_mark.line, last.start_mark.column), (end.line, end.column)


def _loader() -> type[yaml.SafeLoader]:
    loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return loader


def _colon_in_text(mistake: _Mistake) -> Fault | None:
    if "mapping values are not allowed" not in mistake.problem:
        return None
    if ": " in mistake.before() or mistake.before().lstrip().startswith("- "):
        return mistake.here(f"a colon stands in a text without quotes: {_QUOTES}")
    above = mistake.row(mistake.line - 1)
    if above.strip() and ":" not in above:
        return Fault(
            mistake.line,
            len(above) - len(above.lstrip()) + 1,
            f"{excerpt(above.strip())} has no colon: write key: value",
        )
    return Fault(
        mistake.line + 1,
        len(mistake.row()) - len(mistake.row().lstrip()) + 1,
        "this line is indented further than the one above, which has its text already: "
        "line the two up",
    )


def _no_colon(mistake: _Mistake) -> Fault | None:
    if "could not find expected ':'" not in mistake.problem:
        return None
    row = mistake.row(mistake.opened[0]).strip()
    if ":" in row:
        return mistake.at_opening(f"after the colon in {excerpt(row)} a space is missing: add it")
    return mistake.at_opening(
        f"{excerpt(row)} has no colon: write key: value, or - before an entry of a list"
    )


def _bracket(mistake: _Mistake) -> Fault | None:
    if "parsing a flow" not in mistake.context:
        return None
    row, column = mistake.opened
    sign = mistake.row(row)[column : column + 1]
    if mistake.line != row and sign in ("[", "{"):
        close = {"[": "]", "{": "}"}[sign]
        comment = ", or put a text with a # in quotes" if " #" in mistake.row(row) else ""
        return mistake.at_opening(f"{sign} is opened here and never closed: add {close}{comment}")
    if mistake.sign() == ":":
        return mistake.here(f"a colon in a text, or no comma before a key: add it, or {_QUOTES}")
    return mistake.here(f"a comma or a closing bracket is missing here: add it, or {_QUOTES}")


def _too_much(mistake: _Mistake) -> Fault | None:
    if "parsing a block" not in mistake.context:
        return None
    if mistake.sign() in ("]", "}"):
        return mistake.here(f"one {mistake.sign()} too many: delete it")
    if mistake.sign() == ":":
        return mistake.here("nothing stands before the colon: write key: value")
    if mistake.before().rstrip().endswith(("]", "}")):
        return mistake.here(f"a text follows a bracket: {_QUOTES} when [ or {{ belongs to it")
    return mistake.here("this line does not line up with those above: indent it as they are")


def _list_in_line(mistake: _Mistake) -> Fault | None:
    if "are not allowed" not in mistake.problem:
        return None
    return mistake.here(f"a text may not begin with - or ? and a space without quotes: {_QUOTES}")


def _other_start(mistake: _Mistake) -> Fault | None:
    if "<document start>" not in mistake.problem:
        return None
    return mistake.here("this line does not line up with the first: begin both at the margin")


_EXPLANATIONS: tuple[_Explanation, ...] = (
    _tab,
    _reserved_sign,
    _never_closed_quote,
    _reference,
    _text_after_pipe,
    _escape,
    _early_end_of_quote,
    _colon_in_text,
    _no_colon,
    _bracket,
    _too_much,
    _list_in_line,
    _other_start,
)
