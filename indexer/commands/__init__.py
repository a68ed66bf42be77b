"""The commands of this room, a module each: `hope check`, `index`, `search` and others."""
