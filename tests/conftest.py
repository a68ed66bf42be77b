"""What holds for every test: no sentence model of this machine's user changes an answer."""

from __future__ import annotations

import os

os.environ["HOPE_MODEL"] = "off"
