"""Partner Bot: `python run_bot.py --help` shows its commands."""

import gc

if __name__ == "__main__":
    # What is loaded stays: looking for garbage in it takes a fifth of the time of loading. A
    # process that a reindex starts runs this file too, and loads only what it needs.
    gc.disable()
    from bot.cli import main

    gc.freeze()
    gc.enable()
    main()
