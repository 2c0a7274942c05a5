"""How sure a probability and a sum of them are: parameter, shared level, campaign effect and chance."""
