"""Makes this process believe that it is earlier or later, by the seconds in a file."""

import os
import time

_real, _offset = time.time, os.environ["CLOCK_OFFSET"]


def _time() -> float:
    with open(_offset, encoding="utf-8") as file:
        return _real() + float(file.read() or 0)


time.time = _time
