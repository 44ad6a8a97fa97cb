# Undertakings (Vorhaben): the list, the sheet, asking to take part, the desk.
# dynamic: state-undertaking-*, event-*, notice-undertaking-*, admin-undertaking-part-*, admin-undertaking-help-*, admin-undertaking-history-*, admin-undertaking-role-*
nav-undertakings = Vorhaben
undertaking-start = Start
undertaking-heading = Vorhaben
undertaking-title = Vorhaben: { $title }
undertaking-title-preview = Vorschau: { $title }
undertaking-map = Karte
undertaking-map-heading = Vorhaben auf der Karte
undertaking-list-about = Was die Gemeinde vorhat: Ziel, Stand, Kosten, nächste Schritte und ob man mitmachen kann.
undertaking-feed = Neues zu Vorhaben
undertaking-feed-new = neu
undertaking-now = Stand heute:
undertaking-lead-none = Noch ist kein Vorhaben eingetragen.
undertaking-lead = { $all } Vorhaben stehen hier. { $busy } werden gerade ausgeführt, bei { $open } läuft eine Beteiligung.
undertaking-overdue-count = { $count ->
    [one] Eine Anfrage wartet länger als versprochen auf eine Antwort.
   *[other] { $count } Anfragen warten länger als versprochen auf eine Antwort.
  }
undertaking-overdue-none = Keine Anfrage wartet länger als versprochen.
undertaking-filter-state = Stand
undertaking-filter-district = Ortsteil
undertaking-filter-part = Mitmachen
undertaking-filter-part-yes = möglich
undertaking-filter-part-no = nicht vorgesehen
undertaking-filter-all = alle
undertaking-filter-go = Filtern
undertaking-filter-clear = Alle Vorhaben zeigen
undertaking-sort = Reihenfolge
undertaking-sort-new = Neueste Änderung zuerst
undertaking-sort-title = Nach Titel
undertaking-as-list = Als Liste ohne Karte
undertaking-as-map = Auf der Karte zeigen
undertaking-map-label = Karte der Vorhaben
undertaking-map-closer = Näher heran
undertaking-map-farther = Weiter weg
undertaking-map-hint = Jede Nummer auf der Karte steht auch in der Liste.
undertaking-map-credit = Kartenbilder:
undertaking-none = Sobald das Rathaus ein Vorhaben veröffentlicht, steht es hier.
undertaking-none-filtered = Kein Vorhaben passt zu diesen Filtern. Nehmen Sie einen Filter weg.
undertaking-pages = Seiten
undertaking-first = An den Anfang
undertaking-more = Weitere
undertaking-onward = Weiter
undertaking-search = In allen Vorhaben suchen
undertaking-take-atom = Neues als Feed (Atom)
undertaking-take-csv = Alle als Tabelle (CSV)
undertaking-take-columns = Bedeutung der Spalten
undertaking-take-json = Für Programme (JSON)
undertaking-take-geojson = Für Karten (GeoJSON)
undertaking-all = Alle Vorhaben
undertaking-front = Was gerade entsteht und wo Sie mitmachen können
undertaking-number = Vorhaben { $number }
undertaking-changed = Zuletzt geändert am { $day }. Zuständig: { $who }.
undertaking-side = Folgen und Grundlagen
undertaking-follow = Diesem Vorhaben folgen
undertaking-follow-help = Sie erfahren jeden Schritt, bis es fertig ist.
undertaking-follow-link = Per E-Mail folgen
undertaking-desk = Bearbeiten
undertaking-basis = Beschlüsse und Vorlagen
undertaking-basis-none = Bisher beruht dieses Vorhaben auf keinem Beschluss und keiner Vorlage.
undertaking-aim = Ziel
undertaking-part = Mitmachen
undertaking-part-yes = Sie können mitmachen
undertaking-part-no = Mitmachen ist nicht vorgesehen
undertaking-part-possible = Mitmachen möglich
undertaking-facts = Kosten, Ort und Ansprechpartner
undertaking-department = Zuständig
undertaking-cost-planned = Geplante Kosten
undertaking-cost-actual = Bis heute ausgegeben
undertaking-contact = Auskunft gibt
undertaking-place = Ort
undertaking-gap-cost = Die Kosten sind noch nicht veröffentlicht. Zuständig: { $who }.
undertaking-on-map = Auf der Karte ansehen
undertaking-near = Was ist noch in der Nähe?
undertaking-thread = Verlauf und nächste Schritte
undertaking-town-hall = Rathaus
undertaking-since = seit { $day }
undertaking-today = Heute
undertaking-end = Ende
undertaking-late = { $count ->
    [one] einen Tag später als geplant
   *[other] { $count } Tage später als geplant
  }
undertaking-step-done = erledigt
undertaking-step-dropped = nicht gemacht
undertaking-step-ahead = Nächster Schritt
undertaking-step-undated = Termin offen
undertaking-gap-next = Der nächste Schritt ist noch nicht veröffentlicht. Zuständig: { $who }.
undertaking-requests = Anfragen nach Beteiligung
undertaking-requests-heading = Anfragen nach Beteiligung
undertaking-requests-about = Wo Einwohner mitmachen möchten und was das Rathaus geantwortet hat.
undertaking-requests-lead = Wo Mitmachen nicht vorgesehen ist, können Einwohner danach fragen. Das Rathaus antwortet öffentlich, spätestens nach sechs Wochen.
undertaking-requests-open = Noch ohne Antwort
undertaking-requests-none = Zurzeit wartet niemand auf eine Antwort.
undertaking-requests-answered = Beantwortet
undertaking-request = Anfrage nach Beteiligung
undertaking-request-hidden = Das Rathaus hat die Worte dieser Anfrage verborgen. Grund: { $reason }
undertaking-request-waiting = Jemand aus dem Rathaus sieht sich die Worte dieser Anfrage an, bevor alle sie lesen.
undertaking-request-report = Melden
undertaking-request-moderate = Moderieren
undertaking-request-waits = Enthält einen Link.
undertaking-request-nameless = Jemand
undertaking-request-one = { $name } fragt seit dem { $day }.
undertaking-request-many = { $count ->
    [one] { $name } und ein weiterer Mensch fragen seit dem { $day }.
   *[other] { $name } und { $count } weitere Menschen fragen seit dem { $day }.
  }
undertaking-answer = Antwort des Rathauses
undertaking-answered-yes = beantwortet am { $day }: ja
undertaking-answered-no = beantwortet am { $day }: nein
undertaking-answer-late = { $count ->
    [one] Antwort seit einem Tag überfällig
   *[other] Antwort seit { $count } Tagen überfällig
  }
undertaking-answer-until = Antwort { $until }
undertaking-ask-link = Nach einer Beteiligung fragen
undertaking-ask-heading = Nach einer Beteiligung fragen
undertaking-ask-lead = Möchten Sie bei diesem Vorhaben mitreden? Schreiben Sie, warum. Das Rathaus antwortet Ihnen öffentlich, spätestens nach sechs Wochen. Andere können sich anschließen.
undertaking-join-heading = Sich der Anfrage anschließen
undertaking-join-lead = Jemand fragt schon, ob Einwohner mitmachen können. Schließen Sie sich an: Jeder Mensch zählt einmal.
undertaking-ask-field-name = Ihr Name
undertaking-ask-field-name-hint = So erscheint er öffentlich. Sie können auch einen anderen Namen wählen.
undertaking-ask-field-email = Ihre E-Mail-Adresse
undertaking-ask-field-email-hint = Sie bekommen einen Link zum Bestätigen und später die Antwort. Die Adresse erscheint nirgends.
undertaking-ask-field-reason = Warum möchten Sie mitmachen?
undertaking-ask-field-reason-hint = Das lesen alle. 10 bis 2.000 Zeichen.
undertaking-ask-button = Anfrage senden
undertaking-join-button = Anschließen
undertaking-ask-privacy = Name und Grund sind öffentlich, die Adresse nicht. Sie können Ihre Anfrage jederzeit zurückziehen.
undertaking-ask-name = Nennen Sie einen Namen mit 2 bis 80 Zeichen.
undertaking-ask-reason = Schreiben Sie mit 10 bis 2.000 Zeichen, warum.
undertaking-ask-email = Geben Sie eine E-Mail-Adresse an, zum Beispiel name@beispiel.de.
undertaking-ask-hidden = Dieses Vorhaben ist nicht mehr öffentlich. Fragen Sie im Rathaus.
undertaking-ask-ended = Dieses Vorhaben ist beendet. Fragen Sie im Rathaus, wenn Sie noch etwas wissen möchten.
undertaking-ask-open = Hier können Sie schon mitmachen. Wie, steht auf der Seite des Vorhabens.
undertaking-sent-heading = Bitte sehen Sie in Ihr Postfach
undertaking-sent-lead = Wir haben Ihnen einen Link geschickt. Erst wenn Sie ihn öffnen und bestätigen, zählt Ihre Anfrage.
undertaking-sent-spam = Der Link gilt zwei Tage. Nichts angekommen? Sehen Sie auch im Ordner für Werbung nach.
undertaking-confirm-heading = Anfrage bestätigen
undertaking-confirmed-heading = Ihre Anfrage zählt
undertaking-confirm-help = Mit der Bestätigung wird das öffentlich. Ihre Adresse bleibt verborgen.
undertaking-confirm-button = Bestätigen
undertaking-leave-heading = Zurückziehen
undertaking-leave-help = Dann verschwinden Ihr Name und Ihre Adresse. Eine Antwort, die es schon gibt, bleibt ohne Namen stehen.
undertaking-leave-button = Anfrage zurückziehen
undertaking-ended-heading = Dieser Link gilt nicht mehr
undertaking-ended-lead = Er ist zu alt, oder die Anfrage wurde zurückgezogen. Sie können auf der Seite des Vorhabens neu fragen.
undertaking-own-heading = Meine Anfragen zu Vorhaben
undertaking-own-lead = Wo Sie nach einer Beteiligung gefragt haben.
undertaking-own-gone = Ihre Anfragen nach Beteiligung verschwinden. Was schon beantwortet ist, bleibt ohne Ihren Namen stehen.
undertaking-own-none = Sie haben noch nach keiner Beteiligung gefragt.
undertaking-own-kind = Anfrage nach Beteiligung
undertaking-own-answered = beantwortet
undertaking-own-open = noch ohne Antwort
undertaking-mail-confirm-subject = { $site }: Bitte bestätigen Sie Ihre Anfrage
undertaking-mail-confirm-text =
    Guten Tag,

    jemand fragt mit dieser Adresse nach einer Beteiligung am Vorhaben „{ $title }“.

    Waren Sie das? Dann bestätigen Sie hier. Der Link gilt zwei Tage:
    { $link }

    Mit demselben Link können Sie die Anfrage später zurückziehen.

    Waren Sie es nicht? Dann tun Sie nichts. Wir löschen Ihre Adresse.

    { $site }
undertaking-mail-answer-subject = Antwort zu „{ $title }“
undertaking-mail-yes-text =
    Guten Tag,

    Sie haben gefragt, ob Einwohner beim Vorhaben „{ $title }“ mitmachen können. Die Antwort ist ja:

    { $answer }

    { $link }

    { $site }
undertaking-mail-no-text =
    Guten Tag,

    Sie haben gefragt, ob Einwohner beim Vorhaben „{ $title }“ mitmachen können. Die Antwort ist nein, und das ist der Grund:

    { $answer }

    { $link }

    { $site }
state-undertaking-planned = geplant
state-undertaking-prepared = wird vorbereitet
state-undertaking-participation = in Beteiligung
state-undertaking-decided = entschieden
state-undertaking-carried-out = wird ausgeführt
state-undertaking-finished = abgeschlossen
state-undertaking-given-up = aufgegeben
event-undertaking-planned = geplant
event-undertaking-prepared = wird vorbereitet
event-undertaking-participation = Beteiligung beginnt
event-undertaking-decided = entschieden
event-undertaking-carried-out = Ausführung beginnt
event-undertaking-finished = abgeschlossen
event-undertaking-given-up = aufgegeben
event-undertaking-steps = nächste Schritte geändert
event-undertaking-part-asked = Einwohner fragen nach Beteiligung
event-undertaking-part-yes = Anfrage beantwortet: ja
event-undertaking-part-no = Anfrage beantwortet: nein
notice-undertaking-asked = Ihre Anfrage zählt. Die Antwort bekommen Sie per E-Mail, und sie steht dann hier.
notice-undertaking-asked-before = Sie haben schon gefragt. Jeder Mensch zählt einmal.
notice-undertaking-left = Ihre Anfrage ist zurückgezogen.
notice-undertaking-saved = Gespeichert.
notice-undertaking-state = Der neue Stand ist eingetragen.
notice-undertaking-published = Das Vorhaben ist veröffentlicht.
notice-undertaking-withdrawn = Das Vorhaben ist zurückgezogen.
notice-undertaking-answered = Die Antwort ist öffentlich. Alle, die gefragt haben, bekommen eine E-Mail.
notice-undertaking-answered-before = Diese Anfrage war schon beantwortet.
admin-undertakings = Vorhaben
admin-undertakings-help = Vorhaben eintragen und veröffentlichen, den Stand melden, Anfragen nach Beteiligung beantworten.
admin-undertakings-lead = Die Vorhaben Ihres Amtes. Was auf eine Antwort wartet, steht oben.
admin-undertakings-lead-clerk = Alle Vorhaben. Was auf eine Antwort wartet, steht oben.
admin-undertakings-none = Hier liegt noch kein Vorhaben.
admin-undertakings-earlier = Vorige
admin-undertaking-new = Vorhaben anlegen
admin-undertaking-draft = Entwurf
admin-undertaking-public = öffentlich
admin-undertaking-withdrawn = zurückgezogen
admin-undertaking-request = Anfrage nach Beteiligung:
admin-undertaking-position = Schritt { $number } von { $count }
admin-undertaking-part-ziel = Ziel und Zuständigkeit
admin-undertaking-part-ort = Ort
admin-undertaking-part-kosten = Kosten
admin-undertaking-part-schritte = Nächste Schritte
admin-undertaking-part-grundlagen = Beschlüsse, Vorlagen und Verfahren
admin-undertaking-part-mitmachen = Mitmachen
admin-undertaking-part-sprachen = Englisch und Leichte Sprache
admin-undertaking-help-ziel = Was soll erreicht werden, und wer antwortet auf Fragen?
admin-undertaking-help-ort = Wo liegt das Vorhaben? Straße oder Ort genügt, wenn das Ortsverzeichnis sie kennt.
admin-undertaking-help-kosten = Was kostet es, und was ist schon ausgegeben? Wenn die Kosten nicht bekannt sind, schreiben Sie warum.
admin-undertaking-help-schritte = Was kommt als Nächstes? Erledigte Schritte bleiben sichtbar.
admin-undertaking-help-grundlagen = Worauf beruht das Vorhaben, und welches Verfahren gehört dazu?
admin-undertaking-help-mitmachen = Können Einwohner mitmachen? Wie, oder warum nicht?
admin-undertaking-help-sprachen = Freiwillig. Was hier leer bleibt, steht auf Deutsch da.
admin-undertaking-field-title = Titel
admin-undertaking-field-title-hint = 5 bis 120 Zeichen, zum Beispiel „Neuer Spielplatz am Amselweg“
admin-undertaking-field-summary = Stand heute in einem Satz
admin-undertaking-field-summary-hint = Steht groß über dem Bogen und in der Liste.
admin-undertaking-field-aim = Ziel
admin-undertaking-field-department = Zuständiges Amt
admin-undertaking-no-department = noch keines
admin-undertaking-field-contact = Auskunft gibt
admin-undertaking-field-contact-hint = Ein Amt mit Telefon, kein einzelner Mensch. Leer: die Angabe des Amtes.
admin-undertaking-field-place = Straße, Adresse oder Ort
admin-undertaking-field-place-hint = Zum Beispiel „Lindenallee 14“
admin-undertaking-field-district = Ortsteil
admin-undertaking-field-geometry = Punkt, Linie oder Fläche (GeoJSON)
admin-undertaking-field-geometry-hint = Leer: Die Markierung kommt aus dem Ortsverzeichnis.
admin-undertaking-field-planned = Geplante Kosten in Euro
admin-undertaking-field-actual = Bis heute ausgegeben, in Euro
admin-undertaking-field-cost-hint = Zum Beispiel 48.000 oder 48.000,50
admin-undertaking-field-note = Hinweis zu den Kosten
admin-undertaking-field-note-hint = Nötig, wenn die geplanten Kosten fehlen. Öffentlich.
admin-undertaking-step = Schritt { $number }
admin-undertaking-field-step = Was geschieht?
admin-undertaking-field-due = Bis wann?
admin-undertaking-field-done = erledigt
admin-undertaking-field-references = Adressen oder Nummern, eine in jeder Zeile
admin-undertaking-field-references-hint = Die Adresse der Seite eines Beschlusses, einer Vorlage oder eines Verfahrens, oder die Nummer einer Vorlage wie 2026/017.
admin-undertaking-field-takes-part = Können Einwohner mitmachen?
admin-undertaking-part-yes = Ja
admin-undertaking-part-no = Nein
admin-undertaking-field-part = Wie, oder warum nicht?
admin-undertaking-field-part-hint = Öffentlich, in ganzen Sätzen.
admin-undertaking-english = Englisch
admin-undertaking-easy = Leichte Sprache
admin-undertaking-save-next = Speichern und weiter
admin-undertaking-save-back = Speichern und zur Übersicht
admin-undertaking-preview = Vorschau
admin-undertaking-preview-note = So sieht der Bogen aus, wenn er öffentlich ist.
admin-undertaking-back = Zurück zum Bearbeiten
admin-undertaking-see = Öffentliche Seite ansehen
admin-undertaking-sheet = Der Bogen
admin-undertaking-publish = Veröffentlichen
admin-undertaking-publish-help = Der Bogen ist vollständig. Mit dem Veröffentlichen erfahren alle davon, die Neues abonniert haben.
admin-undertaking-publish-missing = Vorher fehlt noch, was oben beim Bogen steht.
admin-undertaking-publish-button = Veröffentlichen
admin-undertaking-state = Stand melden
admin-undertaking-state-help = Jede Änderung bleibt mit Tag, Rolle und Grund im Verlauf stehen und ist öffentlich.
admin-undertaking-state-legend = Neuer Stand
admin-undertaking-reason = Grund
admin-undertaking-reason-hint = Nötig, wenn das Vorhaben aufgegeben wird.
admin-undertaking-state-save = Stand eintragen
admin-undertaking-answer = Anfrage beantworten
admin-undertaking-answer-legend = Können Einwohner mitmachen?
admin-undertaking-answer-yes = Ja
admin-undertaking-answer-no = Nein
admin-undertaking-answer-field = Wie, oder warum nicht?
admin-undertaking-answer-hint = Öffentlich. Bei Ja steht der Text ab sofort auf dem Bogen. Alle, die gefragt haben, bekommen ihn per E-Mail.
admin-undertaking-answer-send = Öffentlich antworten
admin-undertaking-withdraw = Zurückziehen
admin-undertaking-withdraw-help = Die Seite ist dann nicht mehr öffentlich.
admin-undertaking-withdraw-field = Grund des Zurückziehens
admin-undertaking-withdraw-button = Zurückziehen
admin-undertaking-history = Verlauf
admin-undertaking-history-entered = angelegt
admin-undertaking-history-changed = Bogen geändert
admin-undertaking-history-published = veröffentlicht
admin-undertaking-history-withdrawn = zurückgezogen
admin-undertaking-history-state = Neuer Stand: { $state }
admin-undertaking-role-system = Programm
admin-undertaking-role-clerk = Sitzungsdienst
admin-undertaking-role-department = Amt
admin-undertaking-role-administrator = Leitung
admin-undertaking-gap-summary = Der Satz zum Stand heute fehlt.
admin-undertaking-gap-aim = Das Ziel fehlt.
admin-undertaking-gap-contact = Es fehlt, wer Auskunft gibt.
admin-undertaking-gap-cost = Die Kosten fehlen, oder ein Satz, warum sie nicht bekannt sind.
admin-undertaking-gap-part = Es fehlt, wie man mitmacht oder warum nicht.
admin-undertaking-text-long = Dieser Text ist zu lang. Kürzen Sie ihn.
admin-undertaking-title-length = Geben Sie einen Titel mit 5 bis 120 Zeichen an.
admin-undertaking-geometry = Das ist kein Punkt, keine Linie und keine Fläche in GeoJSON. Prüfen Sie den Text, oder lassen Sie das Feld leer.
admin-undertaking-refused-cost = Schreiben Sie den Betrag in Euro, zum Beispiel 48.000 oder 48.000,50.
admin-undertaking-refused-date = Geben Sie Tage als Datum an, zum Beispiel 2026-09-30.
admin-undertaking-part-missing = Wählen Sie Ja oder Nein.
admin-undertaking-part-text = Schreiben Sie, wie man mitmacht oder warum nicht.
admin-undertaking-references-many = Höchstens 20 Grundlagen. Nehmen Sie einige heraus.
admin-undertaking-references-unknown = Eine Zeile nennt nichts, was öffentlich ist. Kopieren Sie die Adresse der Seite, oder prüfen Sie die Nummer.
admin-undertaking-state-missing = Wählen Sie den neuen Stand.
admin-undertaking-state-same = So steht das Vorhaben schon. Wählen Sie einen anderen Stand.
admin-undertaking-reason-missing = Schreiben Sie mit mindestens 10 Zeichen, warum das Vorhaben aufgegeben wird.
admin-undertaking-reason-long = Kürzen Sie den Grund auf 2.000 Zeichen.
admin-undertaking-withdraw-reason = Schreiben Sie mit 10 bis 2.000 Zeichen, warum.
admin-undertaking-answer-missing = Wählen Sie Ja oder Nein.
admin-undertaking-answer-text = Begründen Sie die Antwort mit 10 bis 2.000 Zeichen.
