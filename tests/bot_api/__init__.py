"""A small Bot API server for tests: it checks what a bot sends as Telegram would.

What it refuses, Telegram refuses, in Telegram's words where they are known. What Telegram would
swallow in silence (an unknown parameter, an unescaped "&", a link it drops) is noted in `complaints`.
"""
