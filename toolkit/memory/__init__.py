"""The translation memory: what people approved, and what was imported, served to every release."""
