"""Everything asked for by name, in any chat and in the terminal; ``commands.COMMANDS`` lists it."""
