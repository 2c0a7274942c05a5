"""Backtests: what the model would have said in the past, held against what came of it.

A plan says how to move on, steps or folds which rows are learned from and which are judged; the store and flat files
are walked that way, and the evaluation measures how well a probability ranks and whether it keeps its promise. The
report shows it as a page; the cadence says how good the model would have been, trained anew more or less often.
"""
