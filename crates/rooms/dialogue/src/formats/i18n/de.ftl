# Ideas, and comments on them and in discussions.
# dynamic: idea-state-*, event-*, notice-*, contribution-found-*
idea-view = Ideen
idea-new = Eigene Idee vorschlagen
idea-none = Noch hat niemand eine Idee vorgeschlagen.
idea-none-filtered = Zu dieser Auswahl gibt es keine Ideen.
idea-number = Idee { $number }
idea-sort = Reihenfolge
idea-sort-chance = jeden Tag anders
idea-sort-newest = neueste zuerst
idea-sort-supported = meiste Zustimmung zuerst
idea-sort-why = Zu Beginn ist die Reihenfolge jeden Tag eine andere. So stehen auch späte Ideen einmal oben.
idea-category = Thema
idea-category-none = kein Thema
idea-category-unknown = Wählen Sie eines der Themen aus der Liste.
idea-filter-answer = Antwort des Rathauses
idea-filter-near = In der Nähe von
idea-filter-radius = Umkreis
idea-near-unknown = Diese Adresse ist hier nicht bekannt. Schreiben Sie Straße und Hausnummer oder wählen Sie eine andere.
idea-radius-metres = { $count } Meter
idea-radius-kilometres = { $count ->
    [one] 1 Kilometer
   *[other] { $count } Kilometer
  }
idea-pages = Weitere Ideen
idea-page-next = Weitere Ideen
idea-as-map = Diese Ideen auf der Karte
idea-as-list = Diese Ideen als Liste
idea-map-label = Karte der Ideen auf dieser Seite
idea-map-closer = Näher heran
idea-map-farther = Weiter weg
idea-map-hint = Jede Nummer auf der Karte gehört zu einer Idee in der Liste darunter.
idea-take-csv = Alle Ideen als Tabelle (CSV)
idea-take-geojson = Alle Ideen mit Ort (GeoJSON)
idea-supports = Zustimmungen
idea-support-one = Zustimmung
idea-comments = Kommentare
idea-comment-one = Kommentar
idea-supports-count = { $count ->
    [0] noch keine Zustimmung
    [one] 1 Person stimmt zu
   *[other] { $count } Personen stimmen zu
  }
idea-with-council = geht in den Rat
idea-with-council-long = Diese Idee gehört zu den Ideen mit der meisten Zustimmung. Sie geht in den Rat.
idea-council-lead = { $count ->
    [one] Die Idee mit der meisten Zustimmung geht am Ende in den Rat.
   *[other] Die { $count } Ideen mit der meisten Zustimmung gehen am Ende in den Rat.
  }
idea-answer-heading = Antwort des Rathauses
idea-answer-open = noch keine Antwort
idea-answer-planned = wird umgesetzt
idea-answer-done = ist umgesetzt
idea-answer-examined = wird geprüft
idea-answer-declined = wird nicht umgesetzt
idea-answer-handed-on = an andere weitergegeben
idea-fact-author = Vorgeschlagen von
idea-fact-day = Eingegangen
idea-fact-category = Thema
idea-fact-place = Ort
idea-fact-receipt = Eingangsnummer
idea-title = Worum geht es?
idea-title-hint = Ein Satz, der die Idee nennt, zum Beispiel: Mehr Bänke am Marktplatz
idea-title-length = Schreiben Sie einen Titel mit 8 bis 160 Zeichen.
idea-text = Die Idee
idea-text-hint = Was soll anders werden, und warum? Nennen Sie keine Namen und Adressen von anderen.
idea-text-length = Beschreiben Sie die Idee mit 20 bis 5.000 Zeichen.
idea-place = Ort
idea-place-hint = Straße und Hausnummer, oder Breite und Länge wie 54.38, 7.05
idea-send = Weiter
idea-send-anyway = Meine Idee trotzdem senden
idea-to-list = Zurück zur Liste
idea-limit = Sie haben hier schon so viele Ideen vorgeschlagen, wie eine Person vorschlagen kann. Ziehen Sie eine zurück, wenn Ihnen eine andere wichtiger ist.
idea-limit-note = { $count ->
    [one] Jede Person kann hier eine Idee vorschlagen.
   *[other] Jede Person kann hier { $count } Ideen vorschlagen.
  }
idea-similar = Ist Ihre Idee schon dabei?
idea-similar-lead = Diese Ideen klingen ähnlich. Stimmen Sie einer davon zu, dann zählt sie mehr. Ihre Idee ist noch nicht gesendet.
idea-similar-own = Meine Idee ist eine andere
idea-receipt-public = Ihre Idee ist öffentlich. Andere können ihr zustimmen und dazu schreiben.
idea-support-heading = Zustimmung
idea-support-add = Ich stimme zu
idea-support-remove = Zustimmung zurücknehmen
idea-support-thanks = Ihre Zustimmung zählt.
idea-support-sign-in = Anmelden und zustimmen
idea-support-own = Der eigenen Idee können Sie nicht zustimmen. Sie zählt auch so.
idea-support-limit = Sie haben schon so vielen Ideen zugestimmt, wie eine Person zustimmen kann. Nehmen Sie eine Zustimmung zurück, dann wird eine frei.
idea-edited = geändert; so stand es vorher
idea-edit-late = Eine Stunde nach dem Senden lassen sich die Worte nicht mehr ändern. Sie können die Idee weiter zurückziehen.
idea-own-change = Meine Idee ändern
idea-own-change-lead = Bis eine Stunde nach dem Senden. Was vorher dastand, bleibt für alle lesbar.
idea-own-save = Änderung speichern
idea-own-back = Zurück zur Idee
idea-own-withdraw = Idee zurückziehen
idea-own-withdraw-help = Die Idee ist dann nicht mehr öffentlich. Das lässt sich nicht rückgängig machen.
idea-before = So stand es vorher
idea-before-none = Diese Idee wurde nicht geändert.
idea-before-until = bis
idea-hidden = Diese Idee ist verborgen
idea-hidden-why = Das Rathaus hat diese Idee verborgen. Grund: { $reason }
idea-merged-notice = Diese Idee ist in einer anderen aufgegangen. Dort geht es weiter:
idea-merged-into = Aufgegangen in:
idea-merged-here = Hier aufgegangen:
idea-split-into = Davon abgeteilt:
idea-split-from = Abgeteilt von:
idea-kin-heading = Woher sie kommt und wohin sie führt
idea-state-unconfirmed = noch nicht bestätigt
idea-state-waiting = wartet auf Durchsicht
idea-state-public = öffentlich
idea-state-hidden = verborgen
idea-state-withdrawn = zurückgezogen
idea-state-merged = in einer anderen aufgegangen

comment-view = Diskussion
comment-heading = Kommentare
comment-one = Kommentar
idea-one = Idee

contribution-report = Melden
contribution-moderate = Moderieren
contribution-waits-links = Enthält einen Link. Von dieser Person haben wir noch keinen Beitrag freigegeben.
contribution-question = Steht da etwas Persönliches?
contribution-question-lead = Das haben wir in Ihrem Text gefunden. Noch ist nichts öffentlich. Wenn Sie es abschicken, können es alle lesen.
contribution-question-how = Ändern Sie Ihren Text, oder schicken Sie ihn so ab.
contribution-question-send = So abschicken
contribution-found-email = E-Mail-Adresse
contribution-found-telephone = Telefonnummer
contribution-found-bank-account = Kontonummer (IBAN)
contribution-found-licence-plate = Kennzeichen
contribution-found-postal-address = Adresse
contribution-found-birth-date = Geburtsdatum
contribution-found-tax-number = Steuernummer
contribution-found-insurance-number = Versicherungsnummer
contribution-found-name = Name
comment-none = Noch hat niemand etwas dazu geschrieben.
comment-sort = Reihenfolge der Kommentare
comment-sort-balanced = ausgewogen
comment-sort-newest = neueste zuerst
comment-sort-oldest = älteste zuerst
comment-sort-why = „Ausgewogen“ wechselt zwischen dafür und dagegen ab. Es zählt, wie viele Menschen geantwortet haben, nicht wie oft. Wer viel schreibt, steht nicht öfter oben.
comment-stance = Wie stehen Sie dazu?
comment-stance-for = dafür
comment-stance-against = dagegen
comment-stance-none = weder noch
comment-answers = Antwort an
comment-answer = antworten
comment-answer-to = Antwort an
comment-answer-none = Doch keine Antwort, sondern ein eigener Kommentar
comment-write = Etwas dazu schreiben
comment-text = Ihr Kommentar
comment-text-hint = Mit @ und dem Namen sprechen Sie jemanden an, der hier geschrieben hat. Die Person erfährt davon per Mail.
comment-text-length = Schreiben Sie 3 bis 4.000 Zeichen.
comment-send = Kommentar senden
comment-pages = Weitere Kommentare
comment-page-next = Weitere Kommentare
comment-edited = geändert
comment-parent-gone = Der Kommentar, auf den Sie antworten, ist nicht mehr da. Schreiben Sie einen eigenen.
comment-hidden = Das Rathaus hat diesen Kommentar verborgen. Grund: { $reason }
comment-withdrawn = Dieser Kommentar wurde zurückgezogen.
comment-in-talk = Im Gespräch ansehen
comment-own-change = ändern oder zurückziehen
comment-own-change-hint = Bis einen Tag nach dem Senden. Was vorher dastand, bleibt für alle lesbar.
comment-own-save = Änderung speichern
comment-own-withdraw = Kommentar zurückziehen
comment-own-withdraw-help = Der Text ist dann nicht mehr öffentlich. Antworten darauf bleiben stehen.
comment-edit-late = Einen Tag nach dem Senden lassen sich die Worte nicht mehr ändern. Sie können den Kommentar weiter zurückziehen.
comment-before = So stand es vorher
comment-shares = Wer schreibt wie viel?
comment-shares-each = Kommentare je Person
comment-shares-people = Personen
comment-shares-comments = Kommentare
comment-shares-part = Anteil an allen
comment-share-one = { $count } Kommentar
comment-share-some = { $from } bis { $to } Kommentare
comment-share-many = { $from } und mehr Kommentare
comment-mail-mention-subject = Sie wurden angesprochen: { $title }
comment-mail-mention-text =
    Guten Tag,

    { $count ->
        [one] in einem Kommentar hat Sie jemand angesprochen.
       *[other] in { $count } Kommentaren hat Sie jemand angesprochen.
    }
    Hier lesen Sie es:
    { $links }

    Sie bekommen höchstens eine solche Mail in der Stunde.

    { $site }

format-mail-answer-by = { " " }Bis zum { $day } antwortet das Rathaus.
format-mail-number = { " " }Die Eingangsnummer ist { $receipt }.
format-mail-confirm-subject = Bitte bestätigen Sie Ihren Beitrag: { $title }
format-mail-confirm-text =
    Guten Tag,

    unter Ihrer Mail-Adresse kam ein Beitrag zu „{ $title }“ an.{ $facts } Er zählt, sobald Sie ihn bestätigen. Öffnen Sie dazu in den nächsten sieben Tagen diese Seite:

    { $link }

    Heben Sie diese Mail auf. Auf derselben Seite sehen Sie später, wie es um Ihren Beitrag steht, und können ihn zurückziehen.

    Haben Sie nichts geschrieben? Dann tun Sie nichts. Der Beitrag bleibt verborgen.

    { $site }
format-mail-receipt-subject = Ihr Beitrag ist da: { $receipt }
format-mail-receipt-text =
    Guten Tag,

    Ihr Beitrag zu „{ $title }“ ist angekommen.{ $facts }

    Was daraus wird, lesen Sie hier:
    { $link }

    { $site }

event-idea-made = Idee vorgeschlagen
event-idea-shown = Idee wieder öffentlich
event-idea-hidden = Idee verborgen
event-idea-held = Idee zur Prüfung zurückgestellt
event-idea-withdrawn = Idee zurückgezogen
event-idea-merged = Idee in einer anderen aufgegangen
event-idea-joined = Eine andere Idee ist hier aufgegangen
event-idea-split = Teil der Idee abgeteilt
event-idea-answered = Idee beantwortet
event-idea-answer-changed = Antwort geändert
event-idea-promised = Antwort zugesagt
event-idea-to-council = Idee geht in den Rat
event-ideas-to-council = Liste für den Rat gemacht
event-comment-hidden = Kommentar verborgen
event-comment-held = Kommentar zur Prüfung zurückgestellt
event-comment-shown = Kommentar wieder öffentlich
notice-contribution-confirmed = Bestätigt. Ihr Beitrag zählt jetzt.
notice-idea-changed = Gespeichert. Alle lesen jetzt die neuen Worte.
notice-idea-taken-back = Ihre Idee ist zurückgezogen.
notice-comment-sent = Ihr Kommentar ist öffentlich.
notice-comment-sent-unconfirmed = Fast fertig. Bestätigen Sie Ihren Kommentar mit dem Link in der Mail.
notice-comment-sent-waiting = Angekommen. Ihr Kommentar ist öffentlich, sobald ihn jemand im Rathaus gelesen hat.
notice-comment-changed = Gespeichert. Alle lesen jetzt die neuen Worte.
notice-comment-taken-back = Ihr Kommentar ist zurückgezogen.

admin-ideas = Ideen bearbeiten
admin-ideas-lead = Antworten, Antworten zusagen, ähnliche Ideen verbinden. Alles davon ist öffentlich.
admin-ideas-work = Diese Idee bearbeiten
admin-ideas-views = Auswahl
admin-ideas-open = ohne Antwort
admin-ideas-waiting = noch nicht öffentlich
admin-ideas-all = alle
admin-ideas-list = Liste
admin-ideas-none = Hier liegt gerade nichts.
admin-ideas-council = Liste für den Rat
admin-ideas-council-row = { $title } ({ $count ->
    [one] 1 Zustimmung
   *[other] { $count } Zustimmungen
  })
admin-ideas-council-now = Das Thema ist zu Ende. Diese Ideen haben die meiste Zustimmung:
admin-ideas-council-later = Die Liste entsteht, wenn niemand mehr vorschlagen und zustimmen kann.
admin-ideas-council-done = Die Liste ist gemacht und öffentlich vermerkt.
admin-ideas-hand-on = Liste machen und öffentlich vermerken
admin-ideas-public = Öffentliche Seite ansehen
admin-ideas-answer = Antworten
admin-ideas-answer-help = Die Antwort ist öffentlich, sobald Sie sie senden.
admin-ideas-answer-what = Was wird daraus?
admin-ideas-answer-text = Begründung für alle
admin-ideas-answer-do = Öffentlich antworten
admin-ideas-answer-missing = Wählen Sie, was aus der Idee wird.
admin-ideas-answer-length = Begründen Sie die Antwort mit 20 bis 10.000 Zeichen.
admin-ideas-department = Zuständiges Amt
admin-ideas-no-department = kein Amt
admin-ideas-promise = Antwort zusagen
admin-ideas-promise-day = Antwort bis
admin-ideas-promise-do = Zusage speichern
admin-ideas-day = Wählen Sie einen Tag, der nicht vorbei ist.
admin-ideas-reason = Grund, den alle lesen
admin-ideas-merge = Mit einer anderen Idee verbinden
admin-ideas-merge-help = Diese Idee geht in der anderen auf. Zustimmungen zählen dort, jede Person einmal. Die alte Adresse führt weiter.
admin-ideas-merge-into = Nummer der anderen Idee
admin-ideas-merge-into-hint = Die Nummer steht am Ende ihrer Adresse.
admin-ideas-merge-do = Verbinden
admin-ideas-merge-unknown = Nennen Sie die Nummer einer öffentlichen Idee aus derselben Sammlung.
admin-ideas-split = Einen Teil abteilen
admin-ideas-split-help = Aus einem Teil wird eine eigene Idee derselben Person. Beide Seiten nennen einander.
admin-ideas-split-do = Abteilen
admin-ideas-not-public = Das geht nur mit einer öffentlichen Idee.
admin-ideas-settings = Regeln der Sammlung
admin-ideas-settings-lead = Themen zur Auswahl und Grenzen je Person. Leere Felder setzen keine Grenze.
admin-ideas-categories = Themen
admin-ideas-categories-hint = Ein Thema je Zeile, höchstens 20
admin-ideas-categories-limit = Höchstens 20 Themen mit je 60 Zeichen.
admin-ideas-per-person = Ideen je Person
admin-ideas-supports-per-person = Zustimmungen je Person
admin-ideas-to-council = Ideen für den Rat
admin-ideas-to-council-hint = So viele Ideen mit der meisten Zustimmung gehen am Ende in den Rat.
admin-ideas-number = Schreiben Sie eine Zahl innerhalb der Grenzen, oder nichts.
admin-ideas-save = Regeln speichern
notice-admin-ideas-saved = Gespeichert.
notice-admin-ideas-handed-on = Die Liste ist gemacht und öffentlich vermerkt.
notice-admin-ideas-answered = Die Antwort ist öffentlich.
notice-admin-ideas-promised = Die Zusage ist öffentlich.
notice-admin-ideas-merged = Verbunden. Die alte Adresse führt weiter.
notice-admin-ideas-was-split = Abgeteilt. Die neue Idee ist öffentlich.
contribution-name-hint = So steht es neben Ihrem Beitrag. Es muss nicht Ihr richtiger Name sein.
contribution-email-hint = Sie bekommen einen Link. Erst wenn Sie ihn öffnen, zählt Ihr Beitrag. Die Adresse wird nie gezeigt.
contribution-email-open-hint = Mit Adresse können Sie den Beitrag bestätigen. Die Adresse wird nie gezeigt.
contribution-public-note = Ihr Beitrag ist öffentlich und bleibt auch dann stehen, wenn Sie Ihr Konto löschen, dann ohne Ihren Namen.
contribution-confirm = Beitrag bestätigen
contribution-confirm-lead = Ist das Ihr Beitrag? Dann bestätigen Sie ihn hier.
contribution-confirm-do = Ja, das ist meiner
contribution-confirm-not = Wenn nicht, brauchen Sie nichts zu tun. Dann wird er nie öffentlich.
contribution-confirm-other = Dieser Link gehört zu einem anderen Beitrag.
contribution-to-place = Zum Beitrag
contribution-own = Ihr Beitrag
contribution-confirm-used = Sie haben diesen Beitrag bestätigt.
contribution-withdraw = Beitrag zurückziehen
notice-contribution-taken-back = Ihr Beitrag ist zurückgezogen.
idea-receipt-thanks = Ihre Idee ist da
idea-receipt-unconfirmed = Öffnen Sie jetzt den Link in der E-Mail, die wir Ihnen geschickt haben. Erst dann zählt die Idee.
idea-receipt-waiting = Jemand aus dem Rathaus liest die Idee, dann wird sie öffentlich.
idea-receipt-keep = Merken Sie sich die Eingangsnummer. Mit ihr finden wir Ihre Idee, auch am Telefon.
idea-receipt-back = Zur Idee
idea-picture = Bild
idea-picture-hint = JPEG, PNG oder WebP, höchstens 15 Megabyte. Ort, Zeit und Gerät, die in der Datei stehen, löschen wir. Zeigen Sie bitte keine Menschen, die man erkennt.
idea-picture-text = Was ist auf dem Bild zu sehen?
idea-picture-text-hint = Ein Satz für alle, die das Bild nicht sehen. Nur nötig, wenn Sie ein Bild auswählen.
idea-picture-text-length = Beschreiben Sie das Bild mit 5 bis 250 Zeichen
idea-picture-missing = Zu dieser Beschreibung fehlt das Bild. Wählen Sie es noch einmal aus, oder löschen Sie die Beschreibung
idea-picture-again = Das Bild ist nicht mehr da. Wählen Sie es noch einmal aus, oder löschen Sie seine Beschreibung
idea-picture-too-many = Von hier kamen in der letzten Stunde sehr viele Bilder. Senden Sie die Idee ohne Bild, oder versuchen Sie es in einer Stunde noch einmal
idea-picture-kept = Ihr Bild ist schon hier. Sie müssen es nicht noch einmal auswählen.
idea-picture-kept-help = Öffentlich wird es erst mit der Idee. Wenn Sie sie nicht absenden, löschen wir das Bild wieder.
idea-picture-remove = Das Bild weglassen
idea-picture-other = Ein anderes Bild
idea-picture-now = Ihr Bild
idea-picture-delete = Das Bild löschen
idea-picture-large = Bild groß ansehen
idea-picture-own-gone = Die Bilder zu Ihren Ideen werden gelöscht.
