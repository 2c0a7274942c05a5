"""The front door: the command line. It composes the rooms, and no room imports it."""
