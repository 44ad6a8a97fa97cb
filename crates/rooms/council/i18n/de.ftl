# Texts of the council room.
