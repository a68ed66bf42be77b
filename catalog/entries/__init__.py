"""Series, videos, people and topics: as curated, resolved and translated."""
