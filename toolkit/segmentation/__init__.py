"""Block → sentences, by SRX rules."""
