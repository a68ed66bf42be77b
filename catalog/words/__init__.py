"""Written words: word lists, folding, and how names are usually written."""
