# Processes, and consultation on a text.
# dynamic: dialogue-kind-*, dialogue-channel-*, dialogue-state-*, dialogue-code-*, dialogue-stage-*, dialogue-part-*, event-*, notice-*, admin-dialogue-template-*, admin-dialogue-act-*, admin-dialogue-audience-*, admin-dialogue-left-*
nav-dialogue = Mit-machen
dialogue-kind-consultation = Einen Text zusammen prüfen
dialogue-kind-ideas = Ideen sammeln
dialogue-kind-discussion = Miteinander reden
dialogue-kind-monthly-topic = Thema vom Monat
dialogue-list-heading = Mit-machen
dialogue-list-about = Hier können Sie mit-machen.
dialogue-now = Stand heute:
dialogue-list-lead = Jetzt können Sie mit-machen: { $count } Mal.
dialogue-list-none = Im Moment ist alles beendet. Abonnieren Sie diese Seite.
dialogue-list-running = Läuft jetzt
dialogue-list-soon = Fängt bald an
dialogue-list-ended = Beendet
dialogue-list-ended-none = Noch ist alles offen.
dialogue-list-pages = Mehr Verfahren
dialogue-list-first = Zum Anfang von der Liste
dialogue-list-older = Ältere Verfahren
dialogue-take = Zum Mit-nehmen
dialogue-calendar = Alle Termine für Ihren Kalender
dialogue-feed = Neues zum Mit-machen (Atom)
dialogue-take-list = Alle Verfahren für Programme
dialogue-front = Jetzt mit-machen
dialogue-front-all = Alle Verfahren
dialogue-days-word = Tage
dialogue-soon = fängt bald an
dialogue-running = läuft
dialogue-weighed = das Rathaus antwortet
dialogue-ended = beendet
dialogue-when-none = Die Tage fehlen noch.
dialogue-when-soon = ab { $first }, bis { $last }
dialogue-when-ended = beendet am { $day }
dialogue-nothing-yet = Noch ist alles leer.
dialogue-statements = { $count } Stellungnahmen
dialogue-answered = { $count } mit Antwort
dialogue-ideas = { $count } Ideen
dialogue-comments = { $count } Kommentare
dialogue-fact-when = Mit-machen können Sie
dialogue-fact-when-ended = Mit-machen war möglich
dialogue-fact-decides = Das entscheidet
dialogue-fact-so-far = Bis jetzt
dialogue-fact-paper = Auf Papier
dialogue-paper-print = Bogen drucken oder im Rathaus holen
dialogue-decides-on = { $who } am { $day }
dialogue-extended = Mehr Zeit bis { $day }. Vorher: { $before }. Grund: { $reason }
dialogue-views = Ansichten
dialogue-view-text = Text { $number } lesen
dialogue-view-process = Das Verfahren
dialogue-view-changes = Was ist anders?
dialogue-view-statements = Alle Stellungnahmen
dialogue-view-course = Ablauf
dialogue-scope = Darum geht es
dialogue-open = Das ist offen
dialogue-fixed = Das steht fest
dialogue-version-of = Text { $number } vom { $day }
dialogue-old-version = Das ist ein alter Text.
dialogue-to-newest = Zum neuen Text
dialogue-how = Wählen Sie einen Absatz. Dort können Sie lesen und schreiben.
dialogue-first = Die erste schreiben
dialogue-close = Schließen
dialogue-after-heading = Was hier stand, ist weg.
dialogue-whole = Zum ganzen Text
dialogue-whole-help = Was zu allen Absätzen gehört.
dialogue-from-version = { $count } aus Text { $number }
dialogue-from-here = { $count } neu
dialogue-number = Nummer
dialogue-passage-gone = Diese Stelle ist weg:
dialogue-passage-words = Zu der Stelle:
dialogue-suggestion = Vorschlag:
dialogue-place = Ort
dialogue-place-hint = Zum Beispiel eine Adresse.
dialogue-supports = { $count } Menschen stimmen zu.
dialogue-support-add = Ich stimme zu
dialogue-support-remove = Ich nehme es zurück
dialogue-support-own = Stimmen Sie anderen Menschen zu.
dialogue-all-here = Alles zu diesem Absatz lesen
dialogue-write = Was soll hier anders sein?
dialogue-write-whole = Was möchten Sie sagen?
dialogue-suggest = Wie soll der Absatz sein?
dialogue-suggest-hint = Schreiben Sie Ihren Vorschlag auf.
dialogue-picked-words = Sie schreiben zu diesen Worten:
dialogue-pick-hint = Sie können oben Worte markieren.
dialogue-name = Ihr Name für alle
dialogue-name-hint = Alle lesen diesen Namen. Sie können einen Namen erfinden.
dialogue-email = Ihre E-Mail-Adresse
dialogue-email-hint = Sie bekommen einen Link. Öffnen Sie den Link. Nur wir sehen Ihre Adresse.
dialogue-email-open-hint = Dann bekommen Sie die Antwort. Nur wir sehen Ihre Adresse.
dialogue-public-note = Alle können Ihre Stellungnahme lesen. Der Text bleibt. Ihr Name geht mit Ihrem Konto.
dialogue-send = Stellungnahme senden
dialogue-more = Mehr dazu
dialogue-take-csv = Alle Stellungnahmen als Tabelle
dialogue-take-json = Alle Stellungnahmen für Programme
dialogue-owed = Hier fehlt noch die Antwort
dialogue-contact = Fragen beantwortet
dialogue-town-hall = Rathaus
dialogue-answered-by = Antwort: { $who }, { $day }
dialogue-calculation = So haben wir gerechnet
dialogue-no-answer = Antwort fehlt noch
dialogue-answer-by = Antwort kommt bis { $day }
dialogue-answer-late = Antwort fehlt noch. { $count } Tage zu spät. Versprochen war: { $day }
dialogue-code-1000 = Das machen wir
dialogue-code-2000 = Das stand schon im Text
dialogue-code-3000 = Das machen wir anders, weil …
dialogue-code-4000 = Eine Gruppe spricht darüber
dialogue-code-5000 = Wir wissen es jetzt
dialogue-channel-web = auf dieser Seite
dialogue-channel-letter = mit Brief
dialogue-channel-telephone = am Telefon
dialogue-channel-postcard = mit Post-Karte
dialogue-channel-counter = im Rathaus
dialogue-channel-event = bei einem Treffen
dialogue-state-unconfirmed = wartet auf Bestätigung
dialogue-state-waiting = wir lesen es gerade
dialogue-state-public = öffentlich
dialogue-state-hidden = versteckt
dialogue-state-withdrawn = zurück-geholt
dialogue-hidden-why = Das Rat-Haus hat die Stellungnahme versteckt. Der Grund: { $reason }
dialogue-needs-account = Sie brauchen ein Konto. Melden Sie sich an.
dialogue-needs-email = Schreiben Sie Ihre E-Mail-Adresse auf.
dialogue-needs-staff = Hier schreiben nur Menschen aus dem Rathaus.
dialogue-not-offered = Das geht hier leider anders.
dialogue-not-yet = Es fängt später an.
dialogue-pause = Jetzt ist Pause. Später geht es weiter.
dialogue-over = Die Zeit ist vorbei. Sie können alles lesen.
dialogue-text-length = Schreiben Sie 3 bis 10.000 Zeichen.
dialogue-suggestion-length = Der Vorschlag ist zu lang.
dialogue-name-length = Der Name braucht 2 bis 60 Zeichen.
dialogue-passage-unknown = Öffnen Sie den Absatz noch einmal.
dialogue-receipt = Eingangs-Nummer
dialogue-receipt-title = Angekommen: { $receipt }
dialogue-receipt-thanks = Ihre Stellungnahme ist da
dialogue-receipt-unconfirmed = Öffnen Sie jetzt den Link in Ihrer E-Mail.
dialogue-receipt-waiting = Wir lesen Ihren Text. Dann können ihn alle lesen.
dialogue-receipt-public = Sie steht jetzt neben dem Absatz.
dialogue-receipt-day = Angekommen am
dialogue-receipt-answer = Antwort
dialogue-receipt-answer-by = bis { $day }
dialogue-receipt-text = Das haben Sie geschrieben
dialogue-receipt-keep = Merken Sie sich die Eingangs-Nummer.
dialogue-receipt-back = Zurück zum Absatz
dialogue-confirm = Stellungnahme bestätigen
dialogue-confirm-lead = Ist das Ihre Stellungnahme? Dann drücken Sie unten.
dialogue-confirm-do = Ja, das ist meine
dialogue-confirm-not = Nein? Dann machen Sie einfach zu.
dialogue-confirm-used = Das haben Sie schon gemacht.
dialogue-confirm-other = Dieser Link gehört zu etwas anderem.
dialogue-to-process = Zum Verfahren
dialogue-changes-title = Was ist anders: { $title }
dialogue-changes-lead = Text { $old } vom { $oldday } und Text { $new } vom { $newday }. { $changed } Sätze sind anders. { $same } Sätze sind gleich.
dialogue-changes-none = Alle Sätze sind gleich.
dialogue-changes-of = Was im Text { $number } anders ist
dialogue-change-new = { $passage }, Satz { $number } ist neu
dialogue-change-gone = { $passage }, Satz { $number } ist weg
dialogue-change-other = { $passage }, Satz { $number } ist anders
dialogue-before = Vorher
dialogue-after = Jetzt
dialogue-before-none = Das ist neu.
dialogue-after-none = Das ist weg.
dialogue-cause = Grund
dialogue-cause-answer = Antwort
dialogue-statement = Stellungnahme
dialogue-statement-title = Stellungnahme { $number }
dialogue-statements-title = Alle Stellungnahmen: { $title }
dialogue-filter-channel = Weg
dialogue-filter-answer = Antwort
dialogue-filter-all = alle
dialogue-filter-answered = ist da
dialogue-filter-unanswered = fehlt noch
dialogue-filter-go = Zeigen
dialogue-filter-clear = Alles zeigen
dialogue-filter-passage = Nur zu
dialogue-none-filtered = Wählen Sie weniger aus.
dialogue-pages = Mehr Stellungnahmen
dialogue-page-first = Zum Anfang
dialogue-page-next = Mehr Stellungnahmen
dialogue-passage = Die Stelle im Text
dialogue-in-text = Im Text lesen
dialogue-said = Das hat jemand gesagt
dialogue-answer = Das ist die Antwort
dialogue-course-title = Ablauf: { $title }
dialogue-phases = So läuft es ab
dialogue-from-to = { $first } bis { $last }
dialogue-thread = Das gehört dazu
dialogue-events = Das ist schon passiert
dialogue-sheet = Bogen
dialogue-sheet-title = Bogen: { $title }
dialogue-sheet-code = Kenn-Zeichen
dialogue-sheet-online = Im Internet
dialogue-sheet-write = Ihre Stellungnahme
dialogue-sheet-how = Füllen Sie den Bogen aus. Geben Sie ihn im Rathaus ab. Er zählt genauso viel.
dialogue-sheet-passage = Nummer vom Absatz
dialogue-sheet-reach = Wie erreichen wir Sie? Das ist freiwillig.
dialogue-sheet-text = Der Text mit Nummern
dialogue-own-link = Meine Beiträge
dialogue-own-gone = Ihre Texte bleiben. Ihr Name geht weg.
dialogue-own-answered = Antwort ist da
dialogue-part-consultation = Der Text
dialogue-part-ideas = Ideen
dialogue-part-discussion = Gespräch
dialogue-part-monthly = Thema vom Monat
dialogue-stage-state = Stellung nehmen
dialogue-stage-state-note = Sie lesen den Text. Sie schreiben Ihre Meinung.
dialogue-stage-weigh = Antworten schreiben
dialogue-stage-weigh-note = Sie bekommen eine Antwort mit Grund.
dialogue-stage-propose = Ideen senden
dialogue-stage-propose-note = Sie schreiben Ihre Ideen auf.
dialogue-stage-answer = Das Rathaus antwortet
dialogue-stage-answer-note = Das Rathaus antwortet mit Grund.
dialogue-stage-talk = Miteinander reden
dialogue-stage-talk-note = Sie sagen Ihre Meinung.
dialogue-stage-monthly-note = Sie schlagen Themen vor. Die besten gehen an den Rat.
dialogue-stage-council = Im Gemeinde-Rat
dialogue-stage-council-note = Der Rat spricht über die Themen.
dialogue-mail-answer-by = { " " }Die Antwort kommt bis { $day }.
dialogue-mail-receipt-subject = Ihre Stellungnahme ist da: { $receipt }
dialogue-mail-receipt-text =
    Guten Tag,

    Ihre Stellungnahme ist da.
    Es geht um: { $title }
    Ihre Eingangs-Nummer ist { $receipt }.{ $promise }

    Hier sehen Sie die Antwort:
    { $link }

    { $site }
dialogue-mail-confirm-subject = Bitte bestätigen Sie: { $receipt }
dialogue-mail-confirm-text =
    Guten Tag,

    Sie haben uns geschrieben.
    Es geht um: { $title }
    Die Eingangs-Nummer ist { $receipt }.

    Ist das von Ihnen? Dann öffnen Sie diesen Link:
    { $link }

    Nein? Dann löschen Sie diese E-Mail.

    { $site }
event-process-published = Verfahren ist da
event-process-changed = Verfahren ist anders
event-process-extended = Mehr Zeit zum Mit-machen
event-process-phase-added = Neuer Abschnitt
event-process-withdrawn = Verfahren ist weg
event-text-version-published = Neuer Text ist da
event-statement-made = Stellungnahme ist da
event-statement-shown = Stellungnahme ist wieder da
event-statement-hidden = Stellungnahme ist versteckt
event-statement-held = Wir prüfen die Stellungnahme
event-statement-withdrawn = Stellungnahme ist weg
notice-dialogue-confirmed = Danke. Ihre Stellungnahme zählt jetzt.
notice-admin-dialogue-copied = Kopie ist da.
notice-admin-dialogue-entered = Eingetragen.
notice-admin-dialogue-extended = Mehr Zeit.
notice-admin-dialogue-published = Alle sehen das Verfahren.
notice-admin-dialogue-saved = Gespeichert.
notice-admin-dialogue-round = Neuer Abschnitt ist da.
notice-admin-dialogue-version = Neuer Text ist da.
notice-admin-dialogue-withdrawn = Zurück-geholt.
notice-admin-dialogue-confirmed = Bestätigt.
notice-admin-dialogue-refused = Die Stellungnahme ist versteckt.
dialogue-take-geojson = Alle Orte für Programme
dialogue-places = Alles auf der Karte
dialogue-places-as-list = Alles als Liste
dialogue-places-none = Hier ist noch kein Ort.
dialogue-places-map = Karte mit den Orten
dialogue-places-hint = Jede Nummer gehört zu einem Text in der Liste.
dialogue-places-all = Alle Orte auf der Karte
dialogue-place-map = Karte mit dem Ort
dialogue-place-on-map = auf der Karte
dialogue-place-point = Punkt bei { $near }
dialogue-place-line = Linie bei { $near }
dialogue-place-area = Fläche bei { $near }
dialogue-draw-open = Auf der Karte zeichnen
dialogue-draw-map = Karte zum Zeichnen
dialogue-draw-kind = Was zeichnen Sie?
dialogue-draw-point = Punkt
dialogue-draw-line = Linie
dialogue-draw-area = Fläche
dialogue-draw-hint = Tippen Sie auf die Karte. Oder nehmen Sie die Tastatur. Die Pfeil-Tasten bewegen die Karte. Die Eingabe-Taste setzt in der Mitte einen Punkt. Die Rück-Taste geht einen Schritt zurück.
dialogue-draw-set = Punkt in der Mitte setzen
dialogue-draw-back = Schritt zurück
dialogue-draw-clear = Alles löschen
dialogue-draw-done = Fertig
dialogue-draw-move = Karte bewegen
dialogue-draw-west = nach links
dialogue-draw-north = nach oben
dialogue-draw-south = nach unten
dialogue-draw-east = nach rechts
dialogue-draw-credit = Karten-Bild:
dialogue-draw-said-set = Der Punkt ist da. Punkte: [n].
dialogue-draw-said-back = Einen Schritt zurück. Punkte: [n].
dialogue-draw-said-clear = Alles ist weg. „Schritt zurück“ holt es wieder.
dialogue-draw-said-at = Die Mitte ist bei [w].
dialogue-draw-said-fails = Hier geht die Karte leider nicht. Schreiben Sie die Adresse in das Feld.
dialogue-draw-said-point = Ein Punkt ist auf der Karte.
dialogue-draw-said-line = Eine Linie ist auf der Karte. Punkte: [n].
dialogue-draw-said-area = Eine Fläche ist auf der Karte. Punkte: [n].
dialogue-drawn-unreadable = Die Zeichnung ist kaputt. Zeichnen Sie noch einmal. Oder schreiben Sie eine Adresse.
dialogue-drawn-many = Das sind zu viele Punkte. Nehmen Sie höchstens 200 Punkte.
dialogue-drawn-few = Eine Linie braucht 2 Punkte. Eine Fläche braucht 3 Punkte.
dialogue-drawn-crossing = Der Rand von der Fläche kreuzt sich. Gehen Sie mit den Punkten außen herum.
dialogue-drawn-far = Dieser Ort ist zu weit weg. Nehmen Sie einen Ort hier.
dialogue-drawn-shape = Hier passt nur ein Punkt. Setzen Sie einen Punkt.
dialogue-drawn-closed = Jetzt geht es nur ohne Ort. Senden Sie nur den Text.

# The weighing (Abwägung).
weighing-answers = Alle Antworten
weighing-answers-title = Alle Antworten: { $title }
weighing-caption = { $statements ->
    [one] 1 Meinung
   *[other] { $statements } Meinungen
  }, { $answers ->
    [one] 1 Antwort
   *[other] { $answers } Antworten
  }
weighing-count = Anzahl
weighing-word-1000 = Wir machen es so.
weighing-word-2000 = Das stand schon im Text.
weighing-word-3000 = Wir machen es anders. Mit Grund.
weighing-word-4000 = Eine Gruppe spricht darüber.
weighing-word-5000 = Wir haben es gelesen.
weighing-no-partly = Manche Meinungen haben mehrere Wünsche. Dann bekommt jeder Wunsch eine eigene Antwort.
weighing-table = Alle Meinungen mit Antwort
weighing-column-number = Nummer
weighing-column-channel = Wie und wann
weighing-column-passage = Stelle
weighing-column-text = Meinung
weighing-column-point = Wunsch
weighing-column-proposal = Antwort
weighing-column-reason = Grund
weighing-told-1000 = Wir machen es so.
weighing-told-2000 = Das stand schon im Text.
weighing-told-3000 = Wir machen es anders.
weighing-told-4000 = Eine Gruppe spricht darüber.
weighing-told-5000 = Wir haben es gelesen.
weighing-take-print = Alles auf einer Seite zum Drucken
weighing-take-csv = Alle Antworten als Tabelle
weighing-take-odt = Alle Antworten für LibreOffice
weighing-take-docx = Alle Antworten für Word
weighing-take-xml = Alle Antworten für Fach-Programme (XBeteiligung)
weighing-table-title = Alle Antworten: { $title }
weighing-table-public = Stand: { $day }. Hier stehen { $count } Wünsche mit Antwort.
weighing-table-draft = Stand: { $day }. Hier stehen { $count } Wünsche mit Vorschlag.
weighing-late = Antworten, die zu spät sind
weighing-late-lead = Das Rathaus hat eine Antwort versprochen. Der Tag dafür ist vorbei. Was am längsten wartet, steht oben.
weighing-late-none = Alle Antworten sind pünktlich.
weighing-late-all = Späte Antworten aus allen Verfahren
weighing-mail-subject = Antwort auf Ihre Meinung: { $title }
weighing-mail-text =
    Guten Tag,

    Sie haben Ihre Meinung gesagt zu: „{ $title }“. Jetzt gibt es Antworten.

    { $answers }

    Hier steht alles:
    { $link }

    { $site }
weighing-mail-decided-subject = Entscheidung: { $title }
weighing-mail-decided-text =
    Guten Tag,

    Sie haben Ihre Meinung gesagt zu: „{ $title }“. Jetzt gibt es eine Entscheidung: { $decision }
    { $where }

    Das ist die Antwort auf Ihre Meinung:

    { $answers }

    Hier steht alles:
    { $link }

    { $site }
weighing-mail-statement = Ihre Meinung Nummer { $number } (Eingangs-Nummer { $receipt }): { $link }
event-statement-answered = Die Antwort ist da
event-answers-published = Antworten sind da
event-answer-taken-back = Das Rathaus nimmt die Antwort zurück
notice-admin-weighing-is-public = Alle sehen die Antwort schon. Nehmen Sie die Antwort erst zurück.
notice-admin-weighing-not-proposed = Hier fehlt noch ein Vorschlag.
notice-admin-weighing-not-public = Nur das Rathaus sieht die Antwort.
notice-admin-weighing-own-proposal = Das ist Ihr eigener Vorschlag. Ein anderer Mensch muss ihn prüfen.
notice-admin-weighing-few = Wählen Sie zwei Punkte oder mehr.
notice-admin-weighing-parts = Die Punkte gehören zu verschiedenen Texten.
notice-admin-weighing-pick = Wählen Sie erst einen Punkt.
notice-admin-weighing-all = Ein Punkt muss hier bleiben.
notice-admin-weighing-tick = Wählen Sie erst etwas aus der Liste.
notice-admin-weighing-attached = Die Tabelle ist jetzt bei der Vorlage.
notice-admin-weighing-taken = Die Texte sind jetzt hier.
notice-admin-weighing-bundled = Die Punkte sind jetzt zusammen.
notice-admin-weighing-apart = Die Punkte bleiben getrennt.
notice-admin-weighing-proposed = Der Vorschlag ist da. Jetzt prüft ein anderer Mensch.
notice-admin-weighing-all-proposed = Alle Vorschläge sind da.
notice-admin-weighing-approved = Das ist jetzt geprüft.
notice-admin-weighing-sent-back = Der Vorschlag ist zurück.
notice-admin-weighing-taken-out = Die Punkte sind jetzt allein.
notice-admin-weighing-noted = Die Notiz ist da.
notice-admin-weighing-reopened = Die Antwort ist zurück.
notice-admin-weighing-split = Der Text hat jetzt zwei Teile.
notice-admin-weighing-joined = Die Teile sind wieder zusammen.
notice-admin-weighing-block-saved = Der Text ist gespeichert.
notice-admin-weighing-block-deleted = Der Text ist weg.
notice-admin-weighing-cause-saved = Der Grund ist gespeichert.
