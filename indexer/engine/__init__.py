"""Search where the passages are on other machines: what is kept, asked for, put together."""
