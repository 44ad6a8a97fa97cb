# Texts of the council room.
nav-council = Rat

# The open interface
council-oparl-not-found = Das fehlt hier.
council-oparl-parameter = Ein Teil der Frage ist unklar.
council-oparl-failed = Gerade geht es nicht. Versuchen Sie es später noch einmal.

# Calendars and feeds
council-calendar-all = Sitzungen – { $site }
council-feed-papers = Neue Papiere
