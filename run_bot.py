"""Partner Bot: `python run_bot.py --help` shows its commands."""

import gc

# What is loaded stays: looking for garbage in it takes a fifth of the time of loading.
gc.disable()

from bot.cli import main  # noqa: E402

gc.freeze()
gc.enable()

if __name__ == "__main__":
    main()
