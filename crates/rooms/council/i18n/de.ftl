# Texts of the council room.
nav-council = Rat

# The open interface
council-oparl-not-found = Dieses Objekt gibt es hier nicht.
council-oparl-parameter = Ein Parameter der Anfrage ist nicht zu verstehen.
council-oparl-failed = Gerade geht es nicht. Versuchen Sie es später noch einmal.

# Calendars and feeds
council-calendar-all = Sitzungen – { $site }
council-feed-papers = Neue Vorlagen
