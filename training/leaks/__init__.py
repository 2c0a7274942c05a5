"""The leak guard: columns that are filled or changed only once the outcome is known are found, and refused.

A column is brought into codes, which are counted by outcome (the tally); each kind of leak looks at these counts, or at
the versions of a lead, and the guard puts the kinds together.
"""
