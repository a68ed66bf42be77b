"""Asking other sites: which may be asked, safely, by yt-dlp, and what came of it."""
