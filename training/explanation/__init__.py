"""Why a lead has its score, in words."""
