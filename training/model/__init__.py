"""The close model: base rates over time, boosters for what makes leads differ, and the level they are promised at."""
