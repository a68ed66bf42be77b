"""The library as programs read it: what is answered, how lists are paged, and the description."""
