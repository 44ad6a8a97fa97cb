# Texts of the council room.
nav-council = Council
