"""The confidence: how likely a command is the one that was said."""
