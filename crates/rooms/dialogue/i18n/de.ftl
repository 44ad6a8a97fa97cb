# Processes, and consultation on a text.
# dynamic: dialogue-kind-*, dialogue-channel-*, dialogue-state-*, dialogue-code-*, dialogue-stage-*, dialogue-part-*, event-*, notice-*, admin-dialogue-template-*, admin-dialogue-act-*, admin-dialogue-audience-*, admin-dialogue-left-*
nav-dialogue = Mitmachen
dialogue-kind-consultation = Text gemeinsam prüfen
dialogue-kind-ideas = Ideen sammeln
dialogue-kind-discussion = Miteinander reden
dialogue-kind-monthly-topic = Thema des Monats
dialogue-list-heading = Mitmachen
dialogue-list-about = Wo Sie gerade mitmachen können, was bald beginnt und was daraus wurde.
dialogue-now = Stand heute:
dialogue-list-lead = { $count ->
    [one] Bei einem Verfahren können Sie jetzt mitmachen.
   *[other] Bei { $count } Verfahren können Sie jetzt mitmachen.
  }
dialogue-list-none = Gerade läuft kein Verfahren. Abonnieren Sie die Seite, dann erfahren Sie vom nächsten.
dialogue-list-running = Läuft jetzt
dialogue-list-soon = Beginnt bald
dialogue-list-ended = Beendet
dialogue-list-ended-none = Noch ist kein Verfahren beendet.
dialogue-list-pages = Weitere Verfahren
dialogue-list-first = Zum Anfang der Liste
dialogue-list-older = Ältere Verfahren
dialogue-take = Zum Mitnehmen
dialogue-calendar = Alle Fristen im Kalender (iCalendar)
dialogue-feed = Neues aus allen Verfahren (Atom)
dialogue-take-list = Alle Verfahren für Programme (JSON)
dialogue-front = Jetzt mitmachen
dialogue-front-all = Alle Verfahren
dialogue-days-word = Tage
dialogue-soon = beginnt bald
dialogue-running = läuft
dialogue-weighed = Auswertung
dialogue-ended = beendet
dialogue-when-none = Die Tage stehen noch nicht fest.
dialogue-when-soon = ab { $first }, bis { $last }
dialogue-when-ended = beendet am { $day }
dialogue-nothing-yet = Noch hat niemand etwas geschrieben.
dialogue-statements = { $count ->
    [one] eine Stellungnahme
   *[other] { $count } Stellungnahmen
  }
dialogue-answered = { $count } beantwortet
dialogue-ideas = { $count ->
    [one] eine Idee
   *[other] { $count } Ideen
  }
dialogue-comments = { $count ->
    [one] ein Kommentar
   *[other] { $count } Kommentare
  }
dialogue-fact-when = Mitmachen können Sie
dialogue-fact-when-ended = Mitmachen konnten Sie
dialogue-fact-decides = Es entscheidet
dialogue-fact-so-far = Bisher
dialogue-fact-paper = Auf Papier
dialogue-paper-print = Bogen drucken oder im Rathaus holen
dialogue-decides-on = { $who } am { $day }
dialogue-extended = Verlängert bis { $day } (vorher { $before }). Grund: { $reason }
dialogue-views = Ansichten dieses Verfahrens
dialogue-view-text = Fassung { $number } lesen
dialogue-view-process = Das Verfahren
dialogue-view-changes = Was hat sich geändert?
dialogue-view-statements = Alle Stellungnahmen
dialogue-view-course = Verlauf
dialogue-scope = Worum es geht
dialogue-open = Das ist offen
dialogue-fixed = Das steht fest
dialogue-version-of = Fassung { $number } vom { $day }
dialogue-old-version = Das ist eine ältere Fassung. Stellungnahmen stehen an der neuesten.
dialogue-to-newest = Zur neuesten Fassung
dialogue-how = Wählen Sie rechts neben einem Absatz „Die erste schreiben“ oder die Zahl der Stellungnahmen. Dann können Sie dort lesen und schreiben.
dialogue-first = Noch keine. Die erste schreiben
dialogue-close = Schließen
dialogue-after-heading = Was hier stand, ist nicht mehr im Text.
dialogue-whole = Zum ganzen Text
dialogue-whole-help = Was sich nicht an einem Absatz festmachen lässt.
dialogue-from-version = { $count } aus Fassung { $number }
dialogue-from-here = { $count } neu
dialogue-number = Nr.
dialogue-passage-gone = Diese Stelle steht nicht mehr im Text:
dialogue-passage-words = Zur Stelle:
dialogue-suggestion = Vorschlag:
dialogue-place = Ort
dialogue-place-hint = Eine Adresse oder Koordinaten, wenn es um eine Stelle in der Gemeinde geht.
dialogue-supports = { $count ->
    [one] Ein Mensch stimmt zu
   *[other] { $count } Menschen stimmen zu
  }
dialogue-support-add = Ich stimme zu
dialogue-support-remove = Zustimmung zurücknehmen
dialogue-support-own = Der eigenen Stellungnahme können Sie nicht zustimmen.
dialogue-all-here = Alle Stellungnahmen zu diesem Absatz lesen
dialogue-write = Was würden Sie an diesem Absatz ändern?
dialogue-write-whole = Was möchten Sie sagen?
dialogue-suggest = Wie soll der Absatz lauten?
dialogue-suggest-hint = Ein Vorschlag im Wortlaut hilft bei der Antwort.
dialogue-picked-words = Ihre Stellungnahme gilt diesen Worten:
dialogue-pick-hint = Sie können oben im Absatz einzelne Worte markieren, dann gilt Ihre Stellungnahme nur ihnen.
dialogue-name = Ihr öffentlicher Name
dialogue-name-hint = So steht es neben Ihrer Stellungnahme. Es muss nicht Ihr richtiger Name sein.
dialogue-email = Ihre E-Mail-Adresse
dialogue-email-hint = Sie bekommen einen Link. Erst wenn Sie ihn öffnen, zählt Ihre Stellungnahme. Die Adresse wird nie gezeigt.
dialogue-email-open-hint = Wenn Sie von der Antwort erfahren wollen. Die Adresse wird nie gezeigt.
dialogue-public-note = Ihre Stellungnahme ist öffentlich und bleibt auch dann stehen, wenn Sie Ihr Konto löschen, dann ohne Ihren Namen.
dialogue-send = Stellungnahme abgeben
dialogue-more = Mehr zu diesem Verfahren
dialogue-take-csv = Alle Stellungnahmen als Tabelle (CSV)
dialogue-take-json = Alle Stellungnahmen für Programme (JSON)
dialogue-owed = Stellungnahmen, die noch auf Antwort warten
dialogue-contact = Auskunft gibt
dialogue-town-hall = Rathaus
dialogue-answered-by = Antwort: { $who }, { $day }
dialogue-calculation = So wurde gerechnet
dialogue-no-answer = noch keine Antwort
dialogue-answer-by = noch keine Antwort, erwartet bis { $day }
dialogue-answer-late = { $count ->
    [one] noch keine Antwort, einen Tag später als zugesagt ({ $day })
   *[other] noch keine Antwort, { $count } Tage später als zugesagt ({ $day })
  }
dialogue-code-1000 = gefolgt
dialogue-code-2000 = stand schon im Text
dialogue-code-3000 = nicht gefolgt, weil …
dialogue-code-4000 = in der Arbeitsgruppe behandelt
dialogue-code-5000 = zur Kenntnis genommen
dialogue-channel-web = auf dieser Seite
dialogue-channel-letter = per Brief
dialogue-channel-telephone = am Telefon
dialogue-channel-postcard = per Postkarte
dialogue-channel-counter = im Rathaus
dialogue-channel-event = bei einer Veranstaltung
dialogue-state-unconfirmed = noch nicht bestätigt
dialogue-state-waiting = wird angesehen, bevor es öffentlich ist
dialogue-state-public = öffentlich
dialogue-state-hidden = verborgen
dialogue-state-withdrawn = zurückgezogen
dialogue-hidden-why = Das Rathaus hat diese Stellungnahme verborgen. Grund: { $reason }
dialogue-needs-account = Hier braucht man ein Konto. Melden Sie sich an, dann können Sie schreiben.
dialogue-needs-email = Geben Sie Ihre E-Mail-Adresse an. Wir schicken Ihnen einen Link zur Bestätigung.
dialogue-needs-staff = Hier nehmen nur Beschäftigte der Verwaltung teil.
dialogue-not-offered = In diesem Verfahren ist das nicht vorgesehen.
dialogue-not-yet = Das geht noch nicht: Die Phase hat noch nicht begonnen.
dialogue-pause = Gerade ist Pause. In der nächsten Runde geht es weiter.
dialogue-over = Die Frist ist vorbei. Lesen können Sie weiter alles.
dialogue-text-length = Schreiben Sie 3 bis 10.000 Zeichen.
dialogue-suggestion-length = Der Vorschlag darf höchstens 10.000 Zeichen haben.
dialogue-name-length = Der Name braucht 2 bis 60 Zeichen.
dialogue-passage-unknown = Diese Stelle gibt es in der neuesten Fassung nicht. Öffnen Sie den Absatz noch einmal.
dialogue-receipt = Eingangsnummer
dialogue-receipt-title = Eingegangen: { $receipt }
dialogue-receipt-thanks = Ihre Stellungnahme ist da
dialogue-receipt-unconfirmed = Öffnen Sie jetzt den Link in der E-Mail, die wir Ihnen geschickt haben. Erst dann zählt sie.
dialogue-receipt-waiting = Jemand aus dem Rathaus liest sie, dann wird sie öffentlich.
dialogue-receipt-public = Sie steht jetzt neben dem Absatz, für alle zu lesen.
dialogue-receipt-day = Eingegangen am
dialogue-receipt-answer = Antwort
dialogue-receipt-answer-by = bis { $day }
dialogue-receipt-text = Das haben Sie geschrieben
dialogue-receipt-keep = Merken Sie sich die Eingangsnummer. Mit ihr finden wir Ihre Stellungnahme, auch am Telefon.
dialogue-receipt-back = Zurück zum Absatz
dialogue-changes-title = Was hat sich geändert: { $title }
dialogue-changes-lead = Fassung { $old } vom { $oldday } und Fassung { $new } vom { $newday }, Satz für Satz. { $changed } Sätze sind anders, { $same } sind gleich.
dialogue-changes-none = Kein Satz ist anders.
dialogue-changes-of = Was Fassung { $number } geändert hat
dialogue-change-new = { $passage }, Satz { $number } ist neu
dialogue-change-gone = { $passage }, Satz { $number } ist weggefallen
dialogue-change-other = { $passage }, Satz { $number } ist anders
dialogue-before = Bisher
dialogue-after = Jetzt
dialogue-before-none = Das stand nicht im Text.
dialogue-after-none = Das steht nicht mehr im Text.
dialogue-cause = Anlass
dialogue-cause-answer = Antwort
dialogue-statement = Stellungnahme
dialogue-statement-title = Stellungnahme { $number }
dialogue-statements-title = Alle Stellungnahmen: { $title }
dialogue-filter-channel = Weg
dialogue-filter-answer = Antwort
dialogue-filter-all = alle
dialogue-filter-answered = ist da
dialogue-filter-unanswered = fehlt noch
dialogue-filter-go = Anzeigen
dialogue-filter-clear = Alle Stellungnahmen zeigen
dialogue-filter-passage = Nur zu
dialogue-none-filtered = Dazu gibt es keine Stellungnahme. Wählen Sie weniger aus.
dialogue-pages = Weitere Stellungnahmen
dialogue-page-first = Zum Anfang
dialogue-page-next = Weitere Stellungnahmen
dialogue-passage = Die Stelle im Text
dialogue-in-text = Im Text lesen
dialogue-said = Was gesagt wurde
dialogue-answer = Was daraus wurde
dialogue-course-title = Verlauf: { $title }
dialogue-phases = Wie es läuft
dialogue-from-to = { $first } bis { $last }
dialogue-thread = Womit es zusammenhängt
dialogue-events = Was bisher geschah
dialogue-sheet = Bogen
dialogue-sheet-title = Bogen: { $title }
dialogue-sheet-code = Kennung
dialogue-sheet-online = Im Internet
dialogue-sheet-write = Ihre Stellungnahme
dialogue-sheet-how = Füllen Sie den Bogen aus und geben Sie ihn im Rathaus ab. Er zählt genauso viel wie eine Stellungnahme im Internet.
dialogue-sheet-passage = Nummer des Absatzes (leer: zum ganzen Text)
dialogue-sheet-reach = Wie erreichen wir Sie? (freiwillig, wird nicht veröffentlicht)
dialogue-sheet-text = Der Text mit den Nummern der Absätze
dialogue-own-link = Meine Beiträge
dialogue-own-gone = Ihre Stellungnahmen bleiben, weil sie zu einem öffentlichen Verfahren gehören. Ihr Name wird durch „Gelöschtes Konto“ ersetzt.
dialogue-own-answered = beantwortet
dialogue-own-hidden = Das Rathaus hat den Beitrag verborgen. Grund: { $reason }
dialogue-own-appeal = Sie können widersprechen: mit dem Link in der E-Mail, die wir Ihnen dazu geschickt haben.
dialogue-own-merged = Aufgegangen in: { $title }
dialogue-own-changed = Deshalb ist in Fassung { $number } ein Satz anders.
dialogue-own-council = Geht in den Rat.
dialogue-own-replies = { $count ->
    [one] Jemand hat darauf geantwortet.
   *[other] { $count } Kommentare antworten darauf.
  }
dialogue-withdrawn = Diese Stellungnahme wurde zurückgezogen.
dialogue-withdraw = Stellungnahme zurückziehen
dialogue-withdraw-lead = Das geht, solange Stellungnahmen angenommen werden und das Rathaus noch nicht geantwortet hat. Es lässt sich nicht rückgängig machen.
dialogue-withdraw-goes-heading = Das geht
dialogue-withdraw-help = Ihr Text, Ihr Vorschlag, der Ort und Ihr Name sind dann nicht mehr öffentlich. Die Stellungnahme zählt nicht mehr und bekommt keine Antwort.
dialogue-withdraw-stays-heading = Das bleibt
dialogue-withdraw-stays = Die Nummer { $number } bleibt öffentlich, und dass die Stellungnahme zurückgezogen wurde. Im Rathaus bleibt sie als zurückgezogen in den Unterlagen.
dialogue-withdraw-not = Nicht zurückziehen
dialogue-withdraw-back = Zurück zur Stellungnahme
dialogue-withdraw-answered = Das Rathaus hat schon geantwortet, und Frage und Antwort gehören zusammen. Zurückziehen geht deshalb nicht mehr. Muss etwas Persönliches aus dem Text, sagen Sie es dem Rathaus.
dialogue-withdraw-late = Die Frist ist vorbei, und das Rathaus wägt Ihre Stellungnahme ab. Zurückziehen geht deshalb nicht mehr. Muss etwas Persönliches aus dem Text, sagen Sie es dem Rathaus.
notice-dialogue-taken-back = Ihre Stellungnahme ist zurückgezogen.
admin-weighing-is-withdrawn = Zurückgezogen. Sie braucht keine Antwort mehr.
admin-weighing-act-let-go = Stellungnahme zurückgezogen
dialogue-part-consultation = Der Text
dialogue-part-ideas = Ideen
dialogue-part-discussion = Gespräch
dialogue-part-monthly = Thema des Monats
dialogue-stage-state = Stellung nehmen
dialogue-stage-state-note = Sie lesen den Text und schreiben zu jedem Absatz, was Sie ändern würden.
dialogue-stage-weigh = Abwägung
dialogue-stage-weigh-note = Jede Stellungnahme bekommt eine Antwort mit Grund.
dialogue-stage-propose = Ideen einreichen
dialogue-stage-propose-note = Sie schreiben Ideen auf und unterstützen die von anderen.
dialogue-stage-answer = Antworten des Rathauses
dialogue-stage-answer-note = Das Rathaus antwortet öffentlich und mit Grund.
dialogue-stage-talk = Miteinander reden
dialogue-stage-talk-note = Sie sagen, was dafür und was dagegen spricht.
dialogue-stage-monthly-note = Sie schlagen Themen vor. Die mit der meisten Unterstützung gehen an den Gemeinderat.
dialogue-stage-council = Im Gemeinderat
dialogue-stage-council-note = Der Gemeinderat berät über die Themen und antwortet.
event-process-published = Verfahren veröffentlicht
event-process-changed = Verfahren geändert
event-process-extended = Frist verlängert
event-process-phase-added = Neue Phase
event-process-withdrawn = Verfahren zurückgezogen
event-text-version-published = Neue Fassung veröffentlicht
event-statement-made = Stellungnahme eingegangen
event-statement-shown = Stellungnahme wieder öffentlich
event-statement-hidden = Stellungnahme verborgen
event-statement-held = Stellungnahme zur Prüfung zurückgestellt
event-statement-withdrawn = Stellungnahme zurückgezogen
admin-dialogue = Beteiligung
admin-dialogue-help = Verfahren anlegen, Fristen und Fassungen, Stellungnahmen von Papier eintragen.
admin-dialogue-new = Neues Verfahren beginnen
admin-dialogue-template-consultation = Ein Text liegt aus, alle schreiben dazu, jede Stellungnahme bekommt eine Antwort.
admin-dialogue-template-ideas = Alle schlagen Ideen vor und unterstützen sie.
admin-dialogue-template-discussion = Alle sprechen über eine Frage, mit Für und Wider.
admin-dialogue-template-monthly-topic = Jeden Monat gehen die am besten unterstützten Themen an den Rat.
admin-dialogue-late = Antworten, die später als zugesagt sind
admin-dialogue-all = Alle Verfahren
admin-dialogue-none = Noch gibt es kein Verfahren. Beginnen Sie oben eines.
admin-dialogue-draft = Entwurf
admin-dialogue-withdrawn = zurückgezogen
admin-dialogue-work = Verfahren bearbeiten
admin-dialogue-steps = Schritte zum Verfahren
admin-dialogue-about = Worum es geht
admin-dialogue-when = Wann und wer
admin-dialogue-step-about = 1. Worum es geht
admin-dialogue-step-text = 2. Der Text
admin-dialogue-step-when = 3. Wann und wer
admin-dialogue-step-preview = 4. Vorschau
admin-dialogue-next = Speichern und weiter
admin-dialogue-title = Titel
admin-dialogue-title-hint = Am besten eine Frage, zum Beispiel „Welche Bäume sollen geschützt sein?“
admin-dialogue-title-length = Der Titel braucht 8 bis 160 Zeichen.
admin-dialogue-lead = Kurz gesagt
admin-dialogue-lead-hint = Zwei, drei Sätze: Was lesen die Leute hier, was können sie tun, was bekommen sie dafür?
admin-dialogue-lead-length = Schreiben Sie 20 bis 1.000 Zeichen.
admin-dialogue-open = Was ist offen?
admin-dialogue-open-hint = Worüber kann man noch entscheiden? Nur das versprechen, was wirklich offen ist.
admin-dialogue-open-missing = Sagen Sie, was offen ist.
admin-dialogue-fixed = Was steht fest?
admin-dialogue-fixed-hint = Gesetze, Beschlüsse, Geld: was sich nicht mehr ändern lässt und warum.
admin-dialogue-decides = Wer entscheidet?
admin-dialogue-decides-hint = Zum Beispiel „der Gemeinderat“.
admin-dialogue-decides-missing = Sagen Sie, wer entscheidet.
admin-dialogue-decides-on = Wann wird entschieden?
admin-dialogue-department = Welches Amt antwortet?
admin-dialogue-department-hint = Bei ihm liegen die Antworten und die Fristen.
admin-dialogue-no-department = noch keines
admin-dialogue-paper-way = Mitmachen auf Papier
admin-dialogue-paper-way-hint = Wo liegt der Bogen aus, wohin geht der Brief?
admin-dialogue-contact = Auskunft gibt
admin-dialogue-contact-hint = Ein Amt mit Telefonnummer. Es steht öffentlich.
admin-dialogue-day = Geben Sie einen Tag an, zum Beispiel 20.06.2026.
admin-dialogue-understood = So wurde Fassung { $number } verstanden
admin-dialogue-left-out = Das wurde nicht übernommen:
admin-dialogue-left-picture = { $count ->
    [one] ein Bild
   *[other] { $count } Bilder
  }
admin-dialogue-left-note = { $count ->
    [one] eine Fußnote
   *[other] { $count } Fußnoten
  }
admin-dialogue-left-comment = { $count ->
    [one] eine Randbemerkung
   *[other] { $count } Randbemerkungen
  }
admin-dialogue-left-deletion = { $count ->
    [one] eine gestrichene Stelle
   *[other] { $count } gestrichene Stellen
  }
admin-dialogue-left-formula = { $count ->
    [one] eine Formel
   *[other] { $count } Formeln
  }
admin-dialogue-left-script = { $count ->
    [one] ein Skript
   *[other] { $count } Skripte
  }
admin-dialogue-left-link = { $count ->
    [one] ein unsicherer Link, seine Worte bleiben
   *[other] { $count } unsichere Links, ihre Worte bleiben
  }
admin-dialogue-left-markup = { $count ->
    [one] eine Auszeichnung, die hier nichts bedeutet
   *[other] { $count } Auszeichnungen, die hier nichts bedeuten
  }
admin-dialogue-difference = { $changed } Sätze sind anders, { $new } neu, { $gone } weggefallen, { $same } gleich.
admin-dialogue-carry = { $count ->
    [one] Eine Stellungnahme zieht mit um, keine geht verloren.
   *[other] { $count } Stellungnahmen ziehen mit um, keine geht verloren.
  }
admin-dialogue-publish-version = Diese Fassung veröffentlichen
admin-dialogue-next-version = Nächste Fassung
admin-dialogue-text-ok = So übernehmen und weiter
admin-dialogue-give-text = Text geben
admin-dialogue-other-text = Anderen Text geben
admin-dialogue-file = Datei
admin-dialogue-file-hint = DOCX, ODT, Markdown, HTML oder TXT, höchstens 20 Megabyte.
admin-dialogue-pasted = Oder hier einfügen
admin-dialogue-pasted-hint = Leere Zeilen trennen Absätze. Eine Zeile, die mit # beginnt, ist eine Überschrift.
admin-dialogue-note = Was ist neu an dieser Fassung?
admin-dialogue-note-hint = Ein, zwei Sätze, die alle lesen.
admin-dialogue-read = Text lesen lassen
admin-dialogue-text-missing = Wählen Sie eine Datei oder fügen Sie den Text ein.
admin-dialogue-text-format = Diese Art von Datei kann ich nicht lesen. Nehmen Sie DOCX, ODT, Markdown, HTML oder TXT.
admin-dialogue-text-too-large = Die Datei ist größer als 20 Megabyte.
admin-dialogue-text-too-long = Der Text ist zu lang. Teilen Sie ihn in mehrere Verfahren.
admin-dialogue-text-encrypted = Die Datei ist mit einem Passwort geschützt. Speichern Sie sie ohne.
admin-dialogue-text-macros = Die Datei enthält Makros. Speichern Sie sie als DOCX oder ODT ohne Makros.
admin-dialogue-text-broken = Die Datei ist beschädigt oder etwas anderes, als ihr Name sagt.
admin-dialogue-text-empty = Darin steht kein Text. Ein eingescanntes Blatt muss erst in Text verwandelt werden.
admin-dialogue-phase = Phase
admin-dialogue-phase-name = Name der Phase
admin-dialogue-phase-from = Erster Tag
admin-dialogue-phase-until = Letzter Tag
admin-dialogue-phase-title = Geben Sie der Phase einen Namen.
admin-dialogue-phase-order = Der letzte Tag liegt vor dem ersten.
admin-dialogue-phase-ends = { $phase }, bis { $day }
admin-dialogue-phases-public = Das Verfahren ist öffentlich. Eine Frist verlängern Sie auf seiner Seite, mit einem Grund, den alle lesen.
admin-dialogue-act-propose = Ideen einreichen
admin-dialogue-act-comment = kommentieren
admin-dialogue-act-support = zustimmen
admin-dialogue-act-state = Stellung nehmen
admin-dialogue-act-annotate = Orte markieren
admin-dialogue-act-answer = das Rathaus antwortet
admin-dialogue-audience = Wer darf mitmachen?
admin-dialogue-audience-hint = Auf Papier können alle mitmachen.
admin-dialogue-audience-email = Alle mit Konto oder bestätigter E-Mail-Adresse
admin-dialogue-audience-account = Nur mit Konto
admin-dialogue-audience-open = Alle, auch ohne E-Mail-Adresse
admin-dialogue-audience-staff = Nur Beschäftigte der Verwaltung
admin-dialogue-audience-missing = Wählen Sie, wer mitmachen darf.
admin-dialogue-moderation = Wann wird ein Beitrag öffentlich?
admin-dialogue-moderation-after = sofort, wir sehen danach hin
admin-dialogue-moderation-before = erst wenn jemand hingesehen hat
admin-dialogue-answer-within = Antwort innerhalb von so vielen Tagen
admin-dialogue-answer-hint = Leer lassen, wenn Sie keine Frist zusagen. Spätere Antworten stehen öffentlich als verspätet.
admin-dialogue-answer-days = Geben Sie 1 bis 365 Tage an oder nichts.
admin-dialogue-version = Fassung { $number }
admin-dialogue-public-page = Öffentliche Seite ansehen
admin-dialogue-publish = Veröffentlichen
admin-dialogue-publish-help = So sehen es alle. Mit dem Veröffentlichen erfahren es auch die, die dem Bereich folgen.
admin-dialogue-publish-text = Es fehlt noch der Text. Geben Sie ihn in Schritt 2.
admin-dialogue-publish-over = Die Phasen liegen in der Vergangenheit. Ändern Sie die Tage in Schritt 3.
admin-dialogue-extend = Frist verlängern
admin-dialogue-extend-until = Neuer letzter Tag
admin-dialogue-extend-reason = Warum?
admin-dialogue-extend-later = Der neue Tag muss nach dem alten liegen. Verkürzt wird nie.
admin-dialogue-extend-do = Verlängern
admin-dialogue-round = Weitere Runde
admin-dialogue-round-help = Eine neue Phase, in der dasselbe möglich ist wie in der ersten, zum Beispiel zu einer zweiten Fassung.
admin-dialogue-round-do = Runde anlegen
admin-dialogue-reason = Der Grund braucht 10 bis 1.000 Zeichen. Alle lesen ihn.
admin-dialogue-reason-hint = Ein Satz, den alle lesen.
admin-dialogue-copy = Als Vorlage nehmen
admin-dialogue-copy-help = Ein neuer Entwurf mit denselben Worten, Phasen und Regeln. Was Leute geschrieben haben, bleibt hier.
admin-dialogue-copy-do = Kopie anlegen
admin-dialogue-copy-of = Kopie: { $title }
admin-dialogue-withdraw = Verfahren zurückziehen
admin-dialogue-withdraw-reason = Warum?
admin-dialogue-withdraw-do = Zurückziehen
admin-dialogue-paper = Von Papier eintragen
admin-dialogue-paper-lead = Was per Brief, Telefon, Postkarte, im Rathaus oder bei einer Veranstaltung kam. Eine zweite Person bestätigt es.
admin-dialogue-paper-sheet = Bogen zum Drucken
admin-dialogue-paper-channel = Wie kam es?
admin-dialogue-paper-day = Tag des Eingangs
admin-dialogue-paper-day-hint = Er entscheidet, ob die Frist gewahrt ist.
admin-dialogue-paper-passage = Zu welchem Absatz?
admin-dialogue-paper-passage-hint = Die Nummer steht auf dem Bogen.
admin-dialogue-paper-name = Öffentlicher Name
admin-dialogue-paper-name-hint = Wie auf dem Bogen. Ohne Einverständnis „Anonym“.
admin-dialogue-paper-text = Wortlaut
admin-dialogue-paper-text-hint = So wie es geschrieben oder gesagt wurde.
admin-dialogue-paper-do = Eintragen
admin-dialogue-channel = Wählen Sie, wie die Stellungnahme kam.
admin-dialogue-received = An diesem Tag konnte man keine Stellung nehmen.
admin-dialogue-statements = Stellungnahmen ansehen
admin-dialogue-statements-lead = Bestätigen, was Kolleginnen eingetragen haben. Über Meldungen und Freigaben entscheidet die Moderation.
admin-dialogue-care = Meldungen und Freigaben
admin-dialogue-state-filter = Stand
admin-dialogue-state = Das geht bei diesem Stand nicht.
admin-dialogue-entered-by = eingetragen: { $name }
admin-dialogue-confirmed-by = bestätigt: { $name }
admin-dialogue-confirm = Bestätigen
admin-dialogue-refuse = Nicht bestätigen
admin-dialogue-refuse-reason = Grund, den alle lesen
admin-dialogue-confirm-other = Bestätigen kann nur jemand anderes als die Person, die es eingetragen hat.
notice-admin-dialogue-copied = Kopie angelegt. Passen Sie sie an.
notice-admin-dialogue-entered = Eingetragen. Jetzt bestätigt eine zweite Person.
notice-admin-dialogue-extended = Frist verlängert.
notice-admin-dialogue-published = Veröffentlicht. Alle sehen das Verfahren.
notice-admin-dialogue-saved = Gespeichert.
notice-admin-dialogue-round = Neue Runde angelegt.
notice-admin-dialogue-version = Neue Fassung veröffentlicht. Alle Stellungnahmen sind mitgezogen.
notice-admin-dialogue-withdrawn = Zurückgezogen.
notice-admin-dialogue-confirmed = Bestätigt.
notice-admin-dialogue-refused = Nicht bestätigt. Der Grund steht dabei.
dialogue-take-geojson = Alle Orte aus Stellungnahmen (GeoJSON)
dialogue-places = Stellungnahmen auf der Karte
dialogue-places-as-list = Stellungnahmen als Liste
dialogue-places-none = Noch keine Stellungnahme nennt einen Ort.
dialogue-places-map = Karte der Stellungnahmen auf dieser Seite
dialogue-places-hint = Jede Nummer auf der Karte gehört zu einer Stellungnahme in der Liste darunter.
dialogue-places-all = Alle Orte auf der Karte
dialogue-place-map = Karte mit diesem Ort
dialogue-place-on-map = auf der Karte
dialogue-place-point = Punkt bei { $near }
dialogue-place-line = Linie bei { $near }
dialogue-place-area = Fläche bei { $near }
dialogue-draw-open = Auf der Karte einzeichnen
dialogue-draw-map = Karte zum Einzeichnen
dialogue-draw-kind = Was zeichnen Sie ein?
dialogue-draw-point = Punkt
dialogue-draw-line = Linie
dialogue-draw-area = Fläche
dialogue-draw-hint = Klicken oder tippen Sie auf die Karte. Mit der Tastatur: Die Pfeiltasten bewegen die Karte unter dem Fadenkreuz, die Eingabetaste setzt dort einen Punkt, die Rücktaste nimmt den letzten Schritt zurück.
dialogue-draw-set = Punkt am Fadenkreuz setzen
dialogue-draw-back = Schritt zurück
dialogue-draw-clear = Alles löschen
dialogue-draw-done = Fertig
dialogue-draw-move = Karte bewegen
dialogue-draw-west = nach Westen
dialogue-draw-north = nach Norden
dialogue-draw-south = nach Süden
dialogue-draw-east = nach Osten
dialogue-draw-credit = Kartenbild:
dialogue-draw-said-set = Punkt gesetzt bei [w]. Punkte bisher: [n].
dialogue-draw-said-back = Einen Schritt zurück. Punkte: [n].
dialogue-draw-said-clear = Alles gelöscht. Mit „Schritt zurück“ ist es wieder da.
dialogue-draw-said-at = Fadenkreuz bei [w].
dialogue-draw-said-fails = Die Karte lässt sich hier nicht zeigen. Schreiben Sie die Adresse in das Feld darüber.
dialogue-draw-said-point = Eingezeichnet: ein Punkt.
dialogue-draw-said-line = Eingezeichnet: eine Linie, Punkte: [n].
dialogue-draw-said-area = Eingezeichnet: eine Fläche, Punkte: [n].
dialogue-drawn-unreadable = Die Zeichnung ist nicht lesbar. Zeichnen Sie den Ort neu ein, oder schreiben Sie eine Adresse.
dialogue-drawn-many = Eine Zeichnung hat höchstens 200 Punkte. Zeichnen Sie gröber.
dialogue-drawn-few = Eine Linie braucht zwei verschiedene Punkte, eine Fläche drei.
dialogue-drawn-crossing = Der Rand der Fläche kreuzt sich. Setzen Sie die Punkte der Reihe nach um die Fläche herum.
dialogue-drawn-far = Dieser Ort liegt nicht in der Gemeinde oder in ihrer Nähe. Wählen Sie einen Ort hier.
dialogue-drawn-shape = Hier passt nur ein Punkt. Setzen Sie einen Punkt.
dialogue-drawn-closed = In diesem Zeitraum werden keine Orte gesammelt. Senden Sie Ihren Text ohne Ort.
admin-dialogue-act-annotate-do = Orte können eingezeichnet werden: ein Punkt, eine Linie oder eine Fläche

# The weighing (Abwägung).
# dynamic: weighing-told-*, weighing-word-*, weighing-column-*, weighing-mail-*, admin-weighing-code-*, admin-weighing-stage-*, admin-weighing-act-*
weighing-answers = Alle Antworten
weighing-answers-title = Alle Antworten: { $title }
weighing-caption = { $statements ->
    [one] 1 Stellungnahme
   *[other] { $statements } Stellungnahmen
  }, { $answers ->
    [one] 1 Antwort
   *[other] { $answers } Antworten
  }
weighing-count = Anzahl
weighing-word-1000 = gefolgt
weighing-word-2000 = stand schon im Text
weighing-word-3000 = nicht gefolgt, mit Grund
weighing-word-4000 = in der Arbeitsgruppe behandelt
weighing-word-5000 = zur Kenntnis genommen
weighing-no-partly = Hat eine Stellungnahme mehrere Wünsche, wird sie geteilt. Ein „teilweise gefolgt“ gibt es deshalb nicht.
weighing-table = Jede Stellungnahme mit ihrer Antwort (Abwägungstabelle)
weighing-column-number = Nr.
weighing-column-channel = Wie und wann
weighing-column-passage = Stelle
weighing-column-text = Stellungnahme
weighing-column-point = Punkt
weighing-column-proposal = Abwägung
weighing-column-reason = Grund
weighing-told-1000 = Der Stellungnahme wird gefolgt.
weighing-told-2000 = Der Stellungnahme wurde bereits gefolgt.
weighing-told-3000 = Der Stellungnahme wird nicht gefolgt.
weighing-told-4000 = Die Stellungnahme wird im Arbeitskreis behandelt.
weighing-told-5000 = Die Stellungnahme wird zur Kenntnis genommen.
weighing-take-print = Alles auf einer Seite, zum Drucken
weighing-take-csv = Abwägungstabelle als Tabelle (CSV)
weighing-take-odt = Abwägungstabelle für LibreOffice (ODT)
weighing-take-docx = Abwägungstabelle für Word (DOCX)
weighing-take-xml = Abwägung für Fachprogramme (XBeteiligung)
weighing-table-title = Abwägungstabelle: { $title }
weighing-table-public = Stand vom { $day }. { $count } Punkte mit ihren veröffentlichten Antworten.
weighing-table-draft = Stand vom { $day }. { $count } Punkte mit vorgeschlagenen und veröffentlichten Antworten.
weighing-late = Überfällige Antworten
weighing-late-lead = Auf diese Stellungnahmen hat die Verwaltung eine Antwort bis zu einem Tag zugesagt, der vorbei ist. Was am längsten wartet, steht oben.
weighing-late-none = Keine Antwort ist überfällig.
weighing-late-all = Überfällige Antworten aller Verfahren
weighing-mail-subject = Antwort auf Ihre Stellungnahme: { $title }
weighing-mail-text =
    Guten Tag,

    Sie haben zu „{ $title }“ Stellung genommen. Die Antworten sind jetzt da.

    { $answers }

    Alles zum Verfahren:
    { $link }

    { $site }
weighing-mail-decided-subject = Entschieden: { $title }
weighing-mail-decided-text =
    Guten Tag,

    Sie haben zu „{ $title }“ Stellung genommen. Jetzt ist entschieden: { $decision }
    { $where }

    So wurde mit Ihrer Stellungnahme umgegangen:

    { $answers }

    Alles zum Verfahren:
    { $link }

    { $site }
weighing-mail-statement = Ihre Stellungnahme Nr. { $number } (Eingangsnummer { $receipt }): { $link }
event-statement-answered = Antwort veröffentlicht
event-answers-published = Antworten veröffentlicht
event-answer-taken-back = Antwort zurückgenommen
admin-weighing = Abwägung
admin-weighing-lead = Gleiche Punkte bündeln, je Bündel eine Antwort vorschlagen, eine zweite Person gibt frei, dann veröffentlichen.
admin-weighing-result = { $own ->
    [0] Erledigt: { $count }.
   *[other] Erledigt: { $count }. Nicht freigegeben, weil Sie sie selbst vorgeschlagen haben: { $own }.
  }
admin-weighing-fresh = { $count ->
    [one] 1 neuer Punkt wartet darauf, dass Sie ihn auf den Tisch nehmen.
   *[other] { $count } neue Punkte warten darauf, dass Sie sie auf den Tisch nehmen.
  }
admin-weighing-take = Neue aufnehmen
admin-weighing-views = Ansichten der Abwägung
admin-weighing-work = Bearbeiten
admin-weighing-suggestions = Vorgeschlagene Bündel
admin-weighing-blocks = Textbausteine
admin-weighing-causes = Anlässe der Änderungen
admin-weighing-public = Öffentliche Antworten
admin-weighing-counts = Wie weit die Abwägung ist
admin-weighing-department = Amt
admin-weighing-overdue = überfällig
admin-weighing-sum = Zusammen
admin-weighing-nobody-yet = noch kein Amt
admin-weighing-stage-open = offen
admin-weighing-stage-proposed = vorgeschlagen
admin-weighing-stage-approved = freigegeben
admin-weighing-stage-published = veröffentlicht
admin-weighing-publish = Freigegebene Antworten veröffentlichen
admin-weighing-publish-help = Alle freigegebenen Antworten werden öffentlich. Wer eine E-Mail-Adresse bestätigt hat, bekommt die Antwort per Mail.
admin-weighing-list = Punkte und Bündel
admin-weighing-filter-stage = Stand
admin-weighing-filter-bundles = nur Bündel mit mehreren Punkten
admin-weighing-none = Noch liegt nichts auf dem Tisch.
admin-weighing-none-filtered = Nichts passt zu dieser Auswahl.
admin-weighing-choose = auswählen
admin-weighing-many = Mit den ausgewählten
admin-weighing-approve-many = Ausgewählte freigeben
admin-weighing-approve-all = Alle vorgeschlagenen dieser Auswahl freigeben
admin-weighing-bundle-many = Ausgewählte zu einem Bündel machen
admin-weighing-assign = Ausgewählte diesem Amt geben
admin-weighing-title = Name des Bündels
admin-weighing-answer-by = Antwort bis
admin-weighing-files = Abwägungstabelle
admin-weighing-files-help = Mit vorgeschlagenen und freigegebenen Antworten, ohne Namen: für die Vorlage an den Rat. Veröffentlicht ist nur, was veröffentlicht wurde.
admin-weighing-of = { $count ->
    [one] Nr. { $number }
   *[other] { $count } gleiche Punkte, zuerst Nr. { $number }
  }
admin-weighing-attach = An eine Vorlage anhängen
admin-weighing-attach-lead = Die Abwägungstabelle, wie sie jetzt ist, kommt als Anlage zu einer Vorlage des Rates. Öffentlich wird sie erst mit der Vorlage.
admin-weighing-attach-none = Es gibt noch keine Vorlage, die hier im Rathaus angelegt wurde.
admin-weighing-attach-paper = Vorlage
admin-weighing-attach-form = Als
admin-weighing-attach-odt = LibreOffice (ODT)
admin-weighing-attach-docx = Word (DOCX)
admin-weighing-attach-do = Anhängen
admin-weighing-attach-which = Wählen Sie eine Vorlage.
admin-weighing-attach-title = Abwägungstabelle
admin-weighing-by = vorgeschlagen von { $name }
admin-weighing-approved-by = freigegeben von { $name }
admin-weighing-code-1000 = gefolgt
admin-weighing-code-2000 = bereits gefolgt
admin-weighing-code-3000 = nicht gefolgt
admin-weighing-code-4000 = im Arbeitskreis behandelt
admin-weighing-code-5000 = zur Kenntnis genommen
admin-weighing-turn = Blättern
admin-weighing-before = Voriges offenes Bündel
admin-weighing-next = Nächstes offenes Bündel
admin-weighing-left = { $count ->
    [0] Nichts mehr offen
    [one] Noch 1 Bündel offen
   *[other] Noch { $count } Bündel offen
  }
admin-weighing-points-heading = Was gesagt wurde
admin-weighing-public-page = Öffentliche Seite
admin-weighing-is-part = Ein Punkt von mehreren dieser Stellungnahme.
admin-weighing-is-gone = Diese Stellungnahme ist nicht mehr öffentlich.
admin-weighing-to-split = Teilen
admin-weighing-more-points = { $count ->
    [one] 1 weiterer Punkt steht in der Tabelle.
   *[other] { $count } weitere Punkte stehen in der Tabelle.
  }
admin-weighing-take-out = Ausgewählte aus dem Bündel nehmen
admin-weighing-is-proposed = Vorgeschlagene Antwort
admin-weighing-own-proposal = Diese Antwort haben Sie vorgeschlagen. Freigeben muss sie eine zweite Person.
admin-weighing-approve = Freigeben
admin-weighing-send-back-why = Was soll anders werden?
admin-weighing-send-back = Zurückgeben
admin-weighing-reopen-why = Warum wird die Antwort zurückgenommen?
admin-weighing-reopen = Veröffentlichte Antwort zurücknehmen
admin-weighing-answer = Antwort vorschlagen
admin-weighing-no-partly = Ein „teilweise“ gibt es nicht: Hat die Stellungnahme mehrere Wünsche, teilen Sie sie zuerst.
admin-weighing-blocks-use = Textbaustein einsetzen
admin-weighing-code-label = Der Stellungnahme wird
admin-weighing-reason-label = Grund
admin-weighing-reason-hint = Steht öffentlich neben der Stellungnahme und in der Mail an die Verfasser. 10 bis 4.000 Zeichen.
admin-weighing-calculation-hint = So wurde gerechnet: Zahlen und Annahmen, die jeder nachprüfen kann.
admin-weighing-block-keep = Grund als Textbaustein merken unter
admin-weighing-block-keep-hint = Leer lassen, wenn er nicht wieder gebraucht wird.
admin-weighing-propose-next = Vorschlagen und zum nächsten
admin-weighing-propose = Vorschlagen und hier bleiben
admin-weighing-notes = Notizen des Hauses
admin-weighing-notes-help = Nur für die Verwaltung. Nichts davon steht in einer Tabelle, Mail oder öffentlichen Seite.
admin-weighing-note = Notiz
admin-weighing-note-save = Notiz schreiben
admin-weighing-course = Verlauf
admin-weighing-act-bundled = gebündelt
admin-weighing-act-merged = in ein anderes Bündel gelegt
admin-weighing-act-taken-out = Punkte herausgenommen
admin-weighing-act-split = Punkt geteilt
admin-weighing-act-joined = Punkte wieder zusammengelegt
admin-weighing-act-proposed = Antwort vorgeschlagen
admin-weighing-act-sent-back = zurückgegeben
admin-weighing-act-approved = freigegeben
admin-weighing-act-assigned = Amt oder Tag gesetzt
admin-weighing-act-published = veröffentlicht
admin-weighing-act-reopened = zurückgenommen
admin-weighing-split-heading = Stellungnahme { $number } teilen
admin-weighing-split-lead = Wählen Sie die Sätze, die ein eigener Wunsch sind. Sie werden ein eigener Punkt mit eigener Antwort; kein Zeichen geht verloren.
admin-weighing-split-legend = Sätze
admin-weighing-split-do = Gewählte Sätze als eigenen Punkt
admin-weighing-to-bundle = Zurück zum Bündel
admin-weighing-join-help = Alle Punkte dieser Stellungnahme werden wieder einer, mit dem Wortlaut, der einging.
admin-weighing-join = Wieder zusammenlegen
admin-weighing-suggestions-lead = { $count ->
    [0] Keine gleichen Punkte gefunden.
    [one] 1 Gruppe gleicher Punkte, zusammen { $points } Punkte. Ein Klick genügt; lassen Sie weg, was nicht passt.
   *[other] { $count } Gruppen gleicher Punkte, zusammen { $points } Punkte. Ein Klick je Gruppe genügt; lassen Sie weg, was nicht passt.
  }
admin-weighing-suggestions-none = Gerade gibt es keinen Vorschlag. Neue Punkte nehmen Sie in der Abwägung auf.
admin-weighing-suggestions-show = Alle Texte ansehen und auswählen
admin-weighing-suggestions-more = { $count ->
    [one] 1 weiterer Vorschlag folgt, wenn diese erledigt sind.
   *[other] { $count } weitere Vorschläge folgen, wenn diese erledigt sind.
  }
admin-weighing-alike = { $count } gleiche oder fast gleiche Punkte
admin-weighing-likeness = { $percent } % gleich
admin-weighing-longer = Diese sagen dasselbe und noch etwas. Teilen Sie sie zuerst:
admin-weighing-accept = Bündeln
admin-weighing-set-apart = Nicht bündeln
admin-weighing-blocks-lead = Gründe, die in diesem Verfahren öfter gebraucht werden.
admin-weighing-blocks-none = Noch kein Textbaustein. Beim Vorschlagen einer Antwort merken Sie sich einen.
admin-weighing-block-new = Neuer Textbaustein
admin-weighing-block-title = Name
admin-weighing-block-save = Merken
admin-weighing-block-delete = Entfernen
admin-weighing-causes-lead = Fassung { $number }: { $count } geänderte Sätze. Setzen Sie zu jedem, welche Stellungnahmen der Anlass waren.
admin-weighing-causes-none = Noch gibt es keine zweite Fassung.
admin-weighing-causes-here = Gefolgte Stellungnahmen an dieser Stelle
admin-weighing-causes-elsewhere = Gefolgte Stellungnahmen an anderen Stellen
admin-weighing-causes-words = Anderer Anlass
admin-weighing-causes-words-hint = Zum Beispiel: Beschluss des Bauausschusses vom 21. Mai 2026
admin-weighing-causes-save = Anlass speichern
admin-weighing-is-public = Diese Antwort ist veröffentlicht. Nehmen Sie sie zuerst zurück.
admin-weighing-not-proposed = Hier ist keine Antwort vorgeschlagen.
admin-weighing-nobody = Melden Sie sich an, um freizugeben.
admin-weighing-few = Wählen Sie mindestens zwei, die noch nicht zusammenliegen.
admin-weighing-parts = Punkte zu verschiedenen Texten kommen nicht in ein Bündel.
admin-weighing-pick = Wählen Sie mindestens einen Punkt.
admin-weighing-all = Mindestens ein Punkt bleibt im Bündel.
admin-weighing-tick = Wählen Sie zuerst aus der Liste aus.
admin-weighing-not-public = Diese Antwort ist nicht veröffentlicht.
admin-weighing-code = Wählen Sie, wie abgewogen wird.
admin-weighing-reason = Der Grund braucht 10 bis 4.000 Zeichen.
admin-weighing-long = Höchstens 4.000 Zeichen.
admin-weighing-day = Geben Sie einen Tag an, zum Beispiel 2026-07-03.
admin-weighing-split-none = Wählen Sie mindestens einen Satz.
admin-weighing-split-all = Lassen Sie mindestens einen Satz stehen.
admin-weighing-points = Mehr Punkte kann eine Stellungnahme nicht haben.
admin-weighing-whole = Diese Stellungnahme ist nicht geteilt.
admin-weighing-note-missing = Schreiben Sie ein paar Worte, höchstens 4.000 Zeichen.
admin-weighing-block-title-length = Der Name braucht 2 bis 120 Zeichen.
notice-admin-weighing-is-public = Diese Antwort ist veröffentlicht. Nehmen Sie sie zuerst zurück.
notice-admin-weighing-not-proposed = Hier ist keine Antwort vorgeschlagen.
notice-admin-weighing-not-public = Diese Antwort ist nicht veröffentlicht.
notice-admin-weighing-own-proposal = Das haben Sie selbst vorgeschlagen. Freigeben muss eine zweite Person.
notice-admin-weighing-few = Wählen Sie mindestens zwei, die noch nicht zusammenliegen.
notice-admin-weighing-parts = Punkte zu verschiedenen Texten kommen nicht in ein Bündel.
notice-admin-weighing-pick = Wählen Sie mindestens einen Punkt.
notice-admin-weighing-all = Mindestens ein Punkt bleibt im Bündel.
notice-admin-weighing-tick = Wählen Sie zuerst aus der Liste aus.
notice-admin-weighing-attached = Die Abwägungstabelle hängt jetzt an dieser Vorlage.
notice-admin-weighing-taken = Aufgenommen.
notice-admin-weighing-bundled = Gebündelt.
notice-admin-weighing-apart = Gemerkt: Diese Punkte werden nicht mehr vorgeschlagen.
notice-admin-weighing-proposed = Vorgeschlagen. Jetzt gibt eine zweite Person frei.
notice-admin-weighing-all-proposed = Vorgeschlagen. Kein Bündel ist mehr offen.
notice-admin-weighing-approved = Freigegeben.
notice-admin-weighing-sent-back = Zurückgegeben.
notice-admin-weighing-taken-out = Herausgenommen.
notice-admin-weighing-noted = Notiz geschrieben.
notice-admin-weighing-reopened = Zurückgenommen.
notice-admin-weighing-split = Geteilt. Das ist der neue Punkt.
notice-admin-weighing-joined = Wieder zusammengelegt.
notice-admin-weighing-block-saved = Gemerkt.
notice-admin-weighing-block-deleted = Entfernt.
notice-admin-weighing-cause-saved = Anlass gespeichert.
