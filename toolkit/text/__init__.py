"""Rules about written French and English that more than one stage needs."""
