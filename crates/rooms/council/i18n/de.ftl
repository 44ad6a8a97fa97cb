# Texts of the council room.
nav-council = Rat
