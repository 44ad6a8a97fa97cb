# Undertakings: the list, the sheet, asking to take part.
nav-undertakings = Pläne
undertaking-start = Start
undertaking-heading = Pläne vom Ort
undertaking-title = Plan: { $title }
undertaking-title-preview = So sieht es aus: { $title }
undertaking-map = Karte
undertaking-map-heading = Pläne auf der Karte
undertaking-list-about = Das plant der Ort. Sie sehen Ziel, Kosten und nächste Schritte.
undertaking-feed = Neues zu Plänen
undertaking-feed-new = neu
undertaking-now = Heute:
undertaking-lead-none = Hier stehen bald Pläne.
undertaking-lead = Es gibt { $all } Pläne. { $busy } sind gerade in Arbeit. Bei { $open } reden Menschen mit.
undertaking-overdue-count = { $count ->
    [one] Eine Frage wartet schon zu lange.
   *[other] { $count } Fragen warten schon zu lange.
  }
undertaking-overdue-none = Alle Antworten kommen pünktlich.
undertaking-filter-state = Stand
undertaking-filter-district = Orts-Teil
undertaking-filter-part = Mitmachen
undertaking-filter-part-yes = möglich
undertaking-filter-part-no = noch offen
undertaking-filter-all = alle
undertaking-filter-go = Zeigen
undertaking-filter-clear = Alle Pläne zeigen
undertaking-sort = Reihenfolge
undertaking-sort-new = Neues zuerst
undertaking-sort-title = Nach dem Namen
undertaking-as-list = Nur die Liste
undertaking-as-map = Auf der Karte zeigen
undertaking-map-label = Karte mit den Plänen
undertaking-map-closer = Näher
undertaking-map-farther = Weiter weg
undertaking-map-hint = Jede Nummer steht auch in der Liste.
undertaking-map-credit = Karten-Bilder:
undertaking-none = Hier stehen bald Pläne.
undertaking-none-filtered = Dazu gibt es hier nichts. Wählen Sie etwas anderes.
undertaking-pages = Seiten
undertaking-first = Zum Anfang
undertaking-more = Mehr
undertaking-onward = Weiter
undertaking-search = In allen Plänen suchen
undertaking-take-atom = Neues für Programme
undertaking-take-csv = Alle als Tabelle
undertaking-take-columns = Was steht in der Tabelle?
undertaking-take-json = Für Programme
undertaking-take-geojson = Für Karten
undertaking-all = Alle Pläne
undertaking-front = Das entsteht gerade
undertaking-number = Plan { $number }
undertaking-changed = Geändert am { $day }. Zuständig ist: { $who }.
undertaking-side = Mehr dazu
undertaking-follow = Nachrichten dazu
undertaking-follow-help = Wir schreiben Ihnen bei jedem Schritt.
undertaking-follow-link = Nachrichten bestellen
undertaking-desk = Bearbeiten
undertaking-basis = Beschlüsse und Papiere
undertaking-basis-none = Dazu gibt es noch kein Papier.
undertaking-aim = Was ist das Ziel?
undertaking-part = Können Sie mitmachen?
undertaking-part-yes = Ja, Sie können mitmachen
undertaking-part-no = Nein
undertaking-part-possible = Sie können mitmachen
undertaking-facts = Kosten, Ort und Fragen
undertaking-department = Zuständig
undertaking-cost-planned = Das soll es kosten
undertaking-cost-actual = So viel ist schon bezahlt
undertaking-contact = Hier können Sie fragen
undertaking-place = Ort
undertaking-gap-cost = Die Kosten fehlen noch. Fragen Sie hier: { $who }.
undertaking-on-map = Auf der Karte ansehen
undertaking-near = Was ist in der Nähe?
undertaking-thread = Das ist passiert. Das kommt noch.
undertaking-town-hall = Rathaus
undertaking-since = seit { $day }
undertaking-today = Heute
undertaking-end = Ende
undertaking-late = { $count ->
    [one] einen Tag später als geplant
   *[other] { $count } Tage später als geplant
  }
undertaking-step-done = fertig
undertaking-step-dropped = fällt weg
undertaking-step-ahead = Nächster Schritt
undertaking-step-undated = Der Tag ist noch offen
undertaking-gap-next = Der nächste Schritt fehlt noch. Fragen Sie hier: { $who }.
undertaking-requests = Fragen zum Mitmachen
undertaking-requests-heading = Fragen zum Mitmachen
undertaking-requests-about = Menschen wollen mitmachen. Das Rathaus antwortet.
undertaking-requests-lead = Bei manchen Plänen können Sie noch nicht mitmachen. Dann können Sie danach fragen. Das Rathaus antwortet in 6 Wochen.
undertaking-requests-open = Die Antwort fehlt noch
undertaking-requests-none = Alle haben eine Antwort.
undertaking-requests-answered = Mit Antwort
undertaking-request = Frage nach dem Mitmachen
undertaking-request-hidden = Das Rat-Haus hat die Worte versteckt. Der Grund: { $reason }
undertaking-request-waiting = Wir lesen die Worte gerade. Danach lesen alle sie.
undertaking-request-waits = Hier steht ein Link.
undertaking-request-report = Melden
undertaking-request-moderate = Prüfen
undertaking-request-nameless = Jemand
undertaking-request-one = { $name } fragt seit dem { $day }.
undertaking-request-many = { $count ->
    [one] { $name } und noch ein Mensch fragen seit dem { $day }.
   *[other] { $name } und { $count } andere fragen seit dem { $day }.
  }
undertaking-answer = Das sagt das Rathaus
undertaking-answered-yes = Antwort am { $day }: ja
undertaking-answered-no = Antwort am { $day }: nein
undertaking-answer-late = { $count ->
    [one] Die Antwort ist einen Tag zu spät
   *[other] Die Antwort ist { $count } Tage zu spät
  }
undertaking-answer-until = Antwort: { $until }
undertaking-ask-link = Nach dem Mitmachen fragen
undertaking-ask-heading = Wollen Sie mitmachen?
undertaking-ask-lead = Schreiben Sie uns: Warum wollen Sie mitmachen? Das Rathaus antwortet in 6 Wochen. Alle können die Antwort lesen.
undertaking-join-heading = Wollen Sie auch mitmachen?
undertaking-join-lead = Jemand hat schon gefragt. Sie können sich anschließen. Jeder Mensch zählt einmal.
undertaking-ask-field-name = Ihr Name
undertaking-ask-field-name-hint = Alle können den Namen lesen. Es geht auch ein anderer Name.
undertaking-ask-field-email = Ihre E-Mail-Adresse
undertaking-ask-field-email-hint = Wir schicken Ihnen einen Link. Die Adresse bleibt geheim.
undertaking-ask-field-reason = Warum wollen Sie mitmachen?
undertaking-ask-field-reason-hint = Alle können das lesen.
undertaking-ask-button = Senden
undertaking-join-button = Anschließen
undertaking-ask-privacy = Alle sehen Name und Grund. Die Adresse bleibt geheim. Sie können alles wieder löschen.
undertaking-ask-name = Schreiben Sie einen Namen.
undertaking-ask-reason = Schreiben Sie einen Grund mit 10 bis 2000 Zeichen.
undertaking-ask-email = Schreiben Sie Ihre E-Mail-Adresse.
undertaking-ask-hidden = Dieser Plan ist weg. Fragen Sie im Rathaus.
undertaking-ask-ended = Dieser Plan ist zu Ende. Fragen Sie im Rathaus.
undertaking-ask-open = Sie können schon mitmachen. Lesen Sie die Seite vom Plan.
undertaking-sent-heading = Bitte sehen Sie in Ihre E-Mails
undertaking-sent-lead = Wir haben Ihnen einen Link geschickt. Öffnen Sie den Link. Dann zählt Ihre Frage.
undertaking-sent-spam = Sie haben 2 Tage Zeit. Sehen Sie auch bei der Werbung nach.
undertaking-confirm-heading = Ist das Ihre Frage?
undertaking-confirmed-heading = Ihre Frage zählt
undertaking-confirm-help = Dann können alle Ihre Frage lesen. Die Adresse bleibt geheim.
undertaking-confirm-button = Ja, das ist meine Frage
undertaking-leave-heading = Frage löschen
undertaking-leave-help = Dann sind Name und Adresse weg. Die Antwort vom Rathaus bleibt.
undertaking-leave-button = Frage löschen
undertaking-ended-heading = Dieser Link ist zu alt
undertaking-ended-lead = Sie können noch einmal fragen.
undertaking-own-heading = Meine Fragen zu Plänen
undertaking-own-lead = Hier wollten Sie mitmachen.
undertaking-own-gone = Ihre Fragen sind dann weg. Antworten vom Rathaus bleiben.
undertaking-own-none = Hier steht noch keine Frage von Ihnen.
undertaking-own-kind = Frage nach Mitmachen
undertaking-own-answered = beantwortet
undertaking-own-open = noch ohne Antwort
undertaking-mail-confirm-subject = { $site }: Ist das Ihre Frage?
undertaking-mail-confirm-text =
    Guten Tag,

    jemand will bei einem Plan mitmachen.
    Der Plan heißt: { $title }.

    Waren Sie das?
    Dann öffnen Sie diesen Link. Sie haben 2 Tage Zeit.
    { $link }

    Waren Sie es nicht?
    Dann ist alles gut. Wir löschen Ihre Adresse.

    { $site }
undertaking-mail-answer-subject = Antwort zu: { $title }
undertaking-mail-yes-text =
    Guten Tag,

    Sie wollten bei einem Plan mitmachen.
    Der Plan heißt: { $title }.
    Die Antwort ist: ja.

    { $answer }

    { $link }

    { $site }
undertaking-mail-no-text =
    Guten Tag,

    Sie wollten bei einem Plan mitmachen.
    Der Plan heißt: { $title }.
    Die Antwort ist: nein. Das ist der Grund.

    { $answer }

    { $link }

    { $site }
state-undertaking-planned = geplant
state-undertaking-prepared = in Vorbereitung
state-undertaking-participation = Menschen reden mit
state-undertaking-decided = entschieden
state-undertaking-carried-out = in Arbeit
state-undertaking-finished = fertig
state-undertaking-given-up = Der Plan fällt weg
event-undertaking-planned = geplant
event-undertaking-prepared = in Vorbereitung
event-undertaking-participation = Menschen reden mit
event-undertaking-decided = entschieden
event-undertaking-carried-out = in Arbeit
event-undertaking-finished = fertig
event-undertaking-given-up = Der Plan fällt weg
event-undertaking-steps = Die nächsten Schritte sind neu
event-undertaking-part-asked = Menschen wollen mitmachen
event-undertaking-part-yes = Antwort: ja
event-undertaking-part-no = Antwort: nein
notice-undertaking-asked = Ihre Frage zählt. Die Antwort kommt per E-Mail.
notice-undertaking-asked-before = Sie haben schon gefragt. Jeder Mensch zählt einmal.
notice-undertaking-left = Ihre Frage ist weg.
notice-undertaking-saved = Gespeichert.
notice-undertaking-state = Der neue Stand steht da.
notice-undertaking-published = Alle können den Plan lesen.
notice-undertaking-withdrawn = Der Plan ist weg.
notice-undertaking-answered = Alle können die Antwort lesen.
notice-undertaking-answered-before = Diese Frage hat schon eine Antwort.
