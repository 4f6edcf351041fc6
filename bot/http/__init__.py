"""The bot's own HTTP server: health, metrics, and the webhook's way in."""
