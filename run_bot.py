"""Partner Bot: `python run_bot.py --help` shows its commands."""

import gc
import os

if __name__ == "__main__":
    # What is loaded stays: looking for garbage in it takes a fifth of the time of loading. A
    # process that a reindex starts runs this file too, and loads only what it needs.
    gc.disable()
    # Nor does pydantic look through all that is installed for plugins, of which there are none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from bot.cli import main

    gc.freeze()
    gc.enable()
    main()
