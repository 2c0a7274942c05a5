"""The points score: what speaks for a lead while too little has closed for trees to learn from.

Fixed criteria, which the house may edit, give points; the win rates of the whole, the client, the campaign and the
segment, each drawn towards the one before it, give the level. Points become a probability by the same base rates over
time as the close model's, so that it is dated, maturing and explained like any other score.
"""
