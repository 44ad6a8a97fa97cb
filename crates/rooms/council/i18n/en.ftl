# Texts of the council room.
nav-council = Council

# The open interface
council-oparl-not-found = There is no such object here.
council-oparl-parameter = A parameter of the request cannot be understood.
council-oparl-failed = Not possible right now. Please try again later.

# Calendars and feeds
council-calendar-all = Meetings – { $site }
council-feed-papers = New papers
