"""Partner Bot: `python run_bot.py --help` shows its commands."""

from bot.cli import main

if __name__ == "__main__":
    main()
