"""Synthetic speech: sentences, voices that say them, and what happens to speech on its way to a microphone."""
