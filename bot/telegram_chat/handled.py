"""The kinds of updates that Telegram is asked for; no others come."""

import json

from telegram import Update

HANDLED = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.CHOSEN_INLINE_RESULT,
    Update.GUEST_MESSAGE,
)

HANDLED_AS_JSON = json.dumps(HANDLED)
