# Ideen, und Kommentare dazu.
idea-view = Ideen
idea-new = Eine Idee vorschlagen
idea-none = Es gibt noch keine Ideen.
idea-none-filtered = Hier gibt es keine Ideen.
idea-number = Idee { $number }
idea-sort = Reihen-Folge
idea-sort-chance = jeden Tag anders
idea-sort-newest = neue zuerst
idea-sort-supported = beliebte zuerst
idea-sort-why = Die Reihen-Folge ist jeden Tag anders. So steht jede Idee einmal oben.
idea-category = Thema
idea-category-none = kein Thema
idea-category-unknown = Bitte wählen Sie ein Thema aus der Liste.
idea-filter-answer = Antwort vom Rat-Haus
idea-filter-near = In der Nähe von
idea-filter-radius = Wie weit?
idea-near-unknown = Wir kennen diese Adresse nicht. Bitte schreiben Sie die Straße und die Haus-Nummer.
idea-radius-metres = { $count } Meter
idea-radius-kilometres = { $count } Kilometer
idea-pages = Mehr Ideen
idea-page-next = Mehr Ideen
idea-as-map = Diese Ideen auf der Karte sehen
idea-as-list = Diese Ideen als Liste sehen
idea-map-label = Karte mit den Ideen
idea-map-closer = Näher
idea-map-farther = Weiter weg
idea-map-hint = Jede Nummer gehört zu einer Idee in der Liste.
idea-take-csv = Alle Ideen als Tabelle
idea-take-geojson = Alle Ideen mit Ort als Datei
idea-supports = Menschen sind dafür
idea-support-one = Mensch ist dafür
idea-comments = Kommentare
idea-comment-one = Kommentar
idea-supports-count = { $count ->
    [one] 1 Mensch ist dafür
   *[other] { $count } Menschen sind dafür
  }
idea-with-council = geht in den Rat
idea-with-council-long = Viele Menschen finden diese Idee gut. Darum geht sie in den Rat.
idea-council-lead = Am Ende gehen beliebte Ideen in den Rat. Die Zahl ist: { $count }.
idea-answer-heading = Antwort vom Rat-Haus
idea-answer-open = noch keine Antwort
idea-answer-planned = Das Rat-Haus macht es
idea-answer-done = fertig
idea-answer-examined = Das Rat-Haus prüft es
idea-answer-declined = Das Rat-Haus lehnt es ab
idea-answer-handed-on = Andere entscheiden
idea-fact-author = Von
idea-fact-day = Tag
idea-fact-category = Thema
idea-fact-place = Ort
idea-fact-receipt = Nummer
idea-title = Was ist Ihre Idee?
idea-title-hint = Schreiben Sie einen kurzen Satz. Zum Beispiel: Mehr Bänke am Markt-Platz
idea-title-length = Bitte schreiben Sie 8 bis 160 Zeichen.
idea-text = Die Idee
idea-text-hint = Was soll anders sein? Warum? Bitte schreiben Sie keine Namen von anderen.
idea-text-length = Bitte schreiben Sie 20 bis 5.000 Zeichen.
idea-place = Ort
idea-place-hint = Straße und Haus-Nummer
idea-send = Weiter
idea-send-anyway = Meine Idee senden
idea-to-list = Zurück zur Liste
idea-limit = Sie haben schon genug Ideen vorgeschlagen. Sie können eine Idee zurück-ziehen.
idea-limit-note = So viele Ideen kann jeder Mensch vorschlagen: { $count }
idea-similar = Gibt es Ihre Idee schon?
idea-similar-lead = Diese Ideen sind ähnlich. Vielleicht passt eine für Sie. Wir haben Ihre Idee noch nicht gesendet.
idea-similar-own = Meine Idee ist anders
idea-receipt-public = Alle können Ihre Idee lesen.
idea-support-heading = Wer ist dafür?
idea-support-add = Ich bin dafür
idea-support-remove = Ich bin nicht mehr dafür
idea-support-thanks = Ihre Stimme zählt.
idea-support-sign-in = Anmelden und dafür sein
idea-support-own = Das ist Ihre eigene Idee. Sie zählt schon.
idea-support-limit = Sie sind schon für genug Ideen. Nehmen Sie eine Stimme zurück.
idea-edited = Der Text ist neu. So war er vorher.
idea-edit-late = Eine Stunde ist vorbei. Sie können die Idee nur noch zurück-ziehen.
idea-own-change = Meine Idee ändern
idea-own-change-lead = Sie haben dafür eine Stunde Zeit. Alle können den alten Text weiter lesen.
idea-own-save = Speichern
idea-own-back = Zurück zur Idee
idea-own-withdraw = Idee zurück-ziehen
idea-own-withdraw-help = Dann sieht niemand mehr die Idee.
idea-before = So war der Text vorher
idea-before-none = Der Text ist noch der erste.
idea-before-until = bis
idea-hidden = Diese Idee ist versteckt
idea-hidden-why = Das Rat-Haus hat die Idee versteckt. Der Grund: { $reason }
idea-merged-notice = Diese Idee gehört jetzt zu einer anderen Idee:
idea-merged-into = Gehört jetzt zu:
idea-merged-here = Gehört jetzt dazu:
idea-split-into = Daraus kommt:
idea-split-from = Kommt aus:
idea-kin-heading = Andere Ideen dazu
idea-state-unconfirmed = noch nicht bestätigt
idea-state-waiting = wartet
idea-state-public = öffentlich
idea-state-hidden = versteckt
idea-state-withdrawn = zurück-gezogen
idea-state-merged = gehört zu einer anderen Idee

comment-view = Reden
comment-heading = Kommentare
comment-one = Kommentar
idea-one = Idee

contribution-report = Melden
contribution-moderate = Prüfen
contribution-question = Steht etwas Persönliches in Ihrem Text?
contribution-question-lead = Das haben wir in Ihrem Text gefunden. Alle Menschen können es lesen. Noch ist der Text nur bei Ihnen.
contribution-question-how = Sie können den Text ändern. Oder Sie schicken ihn so ab.
contribution-question-send = So abschicken
contribution-found-email = E-Mail-Adresse
contribution-found-telephone = Telefon-Nummer
contribution-found-bank-account = Konto-Nummer
contribution-found-licence-plate = Auto-Kennzeichen
contribution-found-postal-address = Adresse
contribution-found-birth-date = Geburts-Datum
contribution-found-tax-number = Steuer-Nummer
contribution-found-insurance-number = Versicherungs-Nummer
contribution-found-name = Name
comment-none = Hier steht noch kein Kommentar.
comment-sort = Reihen-Folge
comment-sort-balanced = ausgewogen
comment-sort-newest = neue zuerst
comment-sort-oldest = alte zuerst
comment-sort-why = Ausgewogen heißt: Erst kommt dafür, dann dagegen. Wir zählen die Menschen mit Antworten.
comment-stance = Was meinen Sie?
comment-stance-for = dafür
comment-stance-against = dagegen
comment-stance-none = beides
comment-answers = Antwort an
comment-answer = antworten
comment-answer-to = Antwort an
comment-answer-none = Ich schreibe einen eigenen Kommentar
comment-write = Etwas dazu schreiben
comment-text = Ihr Kommentar
comment-text-hint = Schreiben Sie @ und einen Namen. Dann bekommt die Person eine Mail.
comment-text-length = Bitte schreiben Sie 3 bis 4.000 Zeichen.
comment-send = Senden
comment-pages = Mehr Kommentare
comment-page-next = Mehr Kommentare
comment-edited = neu geschrieben
comment-parent-gone = Der andere Kommentar ist weg. Bitte schreiben Sie einen eigenen.
comment-hidden = Das Rat-Haus hat den Kommentar versteckt. Der Grund: { $reason }
comment-withdrawn = Dieser Kommentar ist weg. Die Person wollte das.
comment-in-talk = Alle Kommentare sehen
comment-own-change = ändern
comment-own-change-hint = Sie haben dafür einen Tag Zeit.
comment-own-save = Speichern
comment-own-withdraw = Kommentar zurück-ziehen
comment-own-withdraw-help = Dann sieht niemand mehr den Text.
comment-edit-late = Ein Tag ist vorbei. Sie können den Kommentar nur noch zurück-ziehen.
comment-before = So war der Text vorher
comment-shares = Wer schreibt wie viel?
comment-shares-each = Kommentare von einem Menschen
comment-shares-people = Menschen
comment-shares-comments = Kommentare
comment-shares-part = Teil von allen
comment-share-one = { $count } Kommentar
comment-share-some = { $from } bis { $to } Kommentare
comment-share-many = { $from } Kommentare oder mehr
comment-mail-mention-subject = Jemand schreibt an Sie: { $title }
comment-mail-mention-text =
    Guten Tag,

    jemand schreibt in Kommentaren an Sie. Die Zahl ist: { $count }.
    Hier lesen Sie es:
    { $links }

    { $site }

format-mail-answer-by = { " " }Das Rat-Haus antwortet bis zum { $day }.
format-mail-number = { " " }Die Nummer ist { $receipt }.
format-mail-confirm-subject = Bitte bestätigen Sie: { $title }
format-mail-confirm-text =
    Guten Tag,

    jemand hat etwas geschrieben zu: { $title }.{ $facts }
    Darin steht Ihre Mail-Adresse. Waren Sie das? Dann öffnen Sie bitte diese Seite:

    { $link }

    Behalten Sie diese Mail. Mit dem Link finden Sie Ihren Text wieder. Dort können Sie ihn auch zurück-ziehen.

    War das jemand anderes? Dann machen Sie nichts.

    { $site }
format-mail-receipt-subject = Ihr Beitrag ist da: { $receipt }
format-mail-receipt-text =
    Guten Tag,

    Ihr Beitrag ist da. Er gehört zu: { $title }.{ $facts }

    Hier sehen Sie die Antwort:
    { $link }

    { $site }

event-idea-made = Eine Idee ist da
event-idea-shown = Alle sehen die Idee wieder
event-idea-hidden = Die Idee ist versteckt
event-idea-held = Wir prüfen die Idee
event-idea-withdrawn = Die Idee ist zurück-gezogen
event-idea-merged = Die Idee gehört zu einer anderen
event-idea-joined = Eine andere Idee gehört jetzt dazu
event-idea-split = Aus der Idee kommt eine neue
event-idea-answered = Das Rat-Haus hat geantwortet
event-idea-answer-changed = Die Antwort ist neu
event-idea-promised = Das Rat-Haus will antworten
event-idea-to-council = Die Idee geht in den Rat
event-ideas-to-council = Die Liste für den Rat ist fertig
event-comment-hidden = Ein Kommentar ist versteckt
event-comment-held = Wir prüfen einen Kommentar
event-comment-shown = Alle sehen den Kommentar wieder
notice-contribution-confirmed = Danke. Ihr Beitrag zählt jetzt.
notice-idea-changed = Wir haben den neuen Text gespeichert.
notice-idea-taken-back = Ihre Idee ist zurück-gezogen.
notice-comment-sent = Alle können Ihren Kommentar lesen.
notice-comment-sent-unconfirmed = Sie bekommen eine Mail. Bitte öffnen Sie den Link darin.
notice-comment-sent-waiting = Ihr Kommentar ist da. Das Rat-Haus liest ihn zuerst.
notice-comment-changed = Wir haben den neuen Text gespeichert.
notice-comment-taken-back = Ihr Kommentar ist zurück-gezogen.
notice-admin-ideas-saved = Wir haben es gespeichert.
notice-admin-ideas-handed-on = Die Liste ist fertig. Alle können sie lesen.
notice-admin-ideas-answered = Alle können die Antwort lesen.
notice-admin-ideas-promised = Alle können den Tag lesen.
notice-admin-ideas-merged = Die Ideen gehören jetzt zusammen.
notice-admin-ideas-was-split = Die neue Idee ist da.
contribution-name-hint = Alle lesen diesen Namen. Sie können einen anderen Namen nehmen.
contribution-email-hint = Sie bekommen einen Link. Bitte öffnen Sie den Link. Niemand sieht die Adresse.
contribution-email-open-hint = Niemand sieht die Adresse.
contribution-public-note = Alle können Ihren Beitrag lesen.
contribution-confirm = Beitrag bestätigen
contribution-confirm-lead = Ist das Ihr Beitrag? Dann bestätigen Sie ihn hier.
contribution-confirm-do = Ja, das ist von mir
contribution-confirm-not = Ist das von jemand anderem? Dann machen Sie nichts.
contribution-confirm-other = Dieser Link gehört zu einem anderen Beitrag.
contribution-to-place = Zum Beitrag
contribution-own = Ihr Beitrag
contribution-confirm-used = Sie haben diesen Beitrag bestätigt.
contribution-withdraw = Beitrag zurück-ziehen
notice-contribution-taken-back = Ihr Beitrag ist zurück-gezogen.
contribution-waits-links = Hier steht ein Link. Von dem Menschen ist noch nichts frei.
idea-receipt-thanks = Ihre Idee ist da
idea-receipt-unconfirmed = Sie bekommen eine Mail. Bitte öffnen Sie den Link darin.
idea-receipt-waiting = Das Rat-Haus liest die Idee zuerst.
idea-receipt-keep = Bitte merken Sie sich die Nummer.
idea-receipt-back = Zur Idee
idea-picture = Bild
idea-picture-hint = Ein Foto mit höchstens 15 Mega-Byte. Wir löschen Ort und Zeit aus der Datei. Bitte zeigen Sie nur Orte und Dinge.
idea-picture-text = Was sieht man auf dem Bild?
idea-picture-text-hint = Schreiben Sie einen Satz. Der Satz ist für blinde Menschen.
idea-picture-text-length = Bitte beschreiben Sie das Bild. Schreiben Sie 5 bis 250 Zeichen.
idea-picture-missing = Das Bild fehlt. Bitte wählen Sie das Bild noch einmal. Oder löschen Sie den Satz zum Bild.
idea-picture-again = Das Bild ist weg. Bitte wählen Sie das Bild noch einmal.
idea-picture-too-many = Es gab hier sehr viele Bilder. Bitte warten Sie eine Stunde. Oder senden Sie nur den Text.
idea-picture-kept = Ihr Bild ist schon hier.
idea-picture-kept-help = Alle sehen das Bild erst mit der Idee. Ohne Ihre Idee löschen wir das Bild.
idea-picture-remove = Das Bild weg-lassen
idea-picture-other = Ein anderes Bild
idea-picture-now = Ihr Bild
idea-picture-delete = Das Bild löschen
idea-picture-large = Bild groß zeigen
idea-picture-own-gone = Wir löschen Ihre Bilder.
