"""Cues into spoken words: rolling repeats, times, sound marks, turns and speakers."""
