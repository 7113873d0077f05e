"""Engines, model packages, rules, and the stage that drafts a catalogue."""
