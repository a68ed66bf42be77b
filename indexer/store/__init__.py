"""What many machines read for one library: a store of named bytes, and who is at work on which."""
