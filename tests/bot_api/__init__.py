"""A small Bot API server for tests: it checks what a bot sends as Telegram would.

What it refuses, Telegram refuses, in Telegram's words where they are known. What Telegram would
swallow in silence (an unescaped "&", a link it drops) is noted in `complaints`; what it would
ignore there (an unknown parameter or field) is refused as well.
"""
