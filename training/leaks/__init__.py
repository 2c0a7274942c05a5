"""The leak guard: columns that cannot have been known before the outcome."""
