"""Why a lead has its score, in words, and the score as people read it: 1 to 99."""
