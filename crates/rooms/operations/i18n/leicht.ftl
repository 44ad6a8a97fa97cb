# The page of operations is for administrators: German and English only. dynamic: notice-admin-*
notice-admin-retried = Die Aufgabe läuft jetzt noch einmal.
