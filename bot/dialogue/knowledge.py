"""The port to what can be found: content and search of one generation, swapped together."""

from typing import Protocol

from content.models import Content
from index.findings import Findings


class Knowledge(Protocol):
    """One generation of the content with its search; it never changes."""

    @property
    def content(self) -> Content:
        """What may be answered from."""
        ...

    async def find(self, question: str, limit: int = 5) -> Findings:
        """The partners that answer ``question``, at most ``limit``, best first."""
        ...
