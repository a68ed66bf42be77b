"""Writing captions where there are none: what a local speech model hears, labelled as such."""
