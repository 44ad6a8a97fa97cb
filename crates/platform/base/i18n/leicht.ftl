# What surrounds every page, dates, and the errors of the house.
# dynamic: error-*, notice-*, month-*, weekday-*
shell-skip = Zum Inhalt springen
shell-claim = Allmende – das geht alle an
shell-languages = Sprache
shell-rooms = Bereiche
shell-sign-in = Anmelden
shell-desk = Verwaltung
shell-account = Mein Konto
shell-trail = Sie sind hier
shell-paper = Auch ohne Internet
shell-paper-gap = Hier fehlt noch die Adresse vom Rathaus.
shell-check = Selbst prüfen
shell-interfaces = Alle Daten
shell-display = So sieht die Seite aus
shell-light = Hell
shell-dark = Dunkel
shell-device = Wie mein Gerät
shell-high = Starker Kontrast
shell-contrast-device = Kontrast wie mein Gerät
shell-about = Über diese Seite
shell-accessibility = Seite für alle
shell-privacy = Daten-Schutz
shell-imprint = Wer macht diese Seite?
shell-moderation = Regeln und Moderation

date-day-month-year = %d. %m %y
date-day-month = %d. %m
date-near-today = heute, { $day }
date-near-tomorrow = morgen, { $day }
date-near-days = { $day }, noch { $count } Tage
date-until-today = noch heute, bis { $day }
date-until-tomorrow = bis morgen, { $day }
date-until-days = noch { $count } Tage, bis { $day }
date-until = bis { $day }
time-hour = %h Uhr
time-hour-minute = %h.%n Uhr
time-am = Uhr
time-pm = Uhr
month-1 = Januar
month-2 = Februar
month-3 = März
month-4 = April
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = August
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Dezember
weekday-1 = Montag
weekday-2 = Dienstag
weekday-3 = Mittwoch
weekday-4 = Donnerstag
weekday-5 = Freitag
weekday-6 = Samstag
weekday-7 = Sonntag

error-not-found = Diese Seite fehlt
error-not-found-help = Vielleicht ist die Adresse falsch. Gehen Sie hier weiter:
error-gone = Diese Seite ist weg
error-gone-help = Früher konnte jeder die Seite lesen. Fragen Sie im Rathaus nach. Gehen Sie hier weiter:
error-forbidden = Das dürfen nur andere
error-forbidden-help = Fragen Sie im Rathaus nach.
error-forged = Das kam von einer fremden Seite
error-forged-help = Alles ist so wie vorher. Öffnen Sie das Formular bitte neu.
error-refused = Das hat nicht geklappt
error-refused-help = Alles ist so wie vorher. Versuchen Sie es noch einmal.
error-too-many = Das war zu oft
error-too-many-help = Warten Sie ein paar Minuten. Versuchen Sie es dann noch einmal.
error-too-large = Die Datei ist zu groß
error-too-large-help = Nehmen Sie eine kleinere Datei. Erlaubt sind 64 Mega-Byte.
error-unavailable = Gerade geht es nicht
error-unavailable-help = Versuchen Sie es in ein paar Minuten noch einmal.
error-internal = Das ist unser Fehler
error-internal-help = Wir kümmern uns darum. Versuchen Sie es später noch einmal.
error-method = So geht es nicht
error-method-help = Öffnen Sie die Seite bitte neu.
crowd-heading = Gerade sind sehr viele Menschen hier
crowd-sent = Ihr Text ist noch da. Er steht auf dieser Seite. Aber wir haben ihn noch nicht. Lassen Sie die Seite offen. Die Seite sendet den Text noch einmal. Ihr Text zählt nur ein Mal.
crowd-send-again = Jetzt noch einmal senden
crowd-read = Ihre Seite kommt gleich. Lassen Sie das Fenster offen.
crowd-read-again = Jetzt noch einmal versuchen
crowd-seconds = { $count ->
    [one] In einer Sekunde geht es weiter.
   *[other] In { $count } Sekunden geht es weiter.
}
error-way-start = Zur ersten Seite
error-way-start-help = Dort steht alles Neue.
error-way-council = Zum Rat
error-way-council-help = Der Rat entscheidet für die Gemeinde.

form-required = Wir brauchen alle Angaben. Nur das Wort freiwillig heißt: Sie können das Feld leer lassen.
form-optional = freiwillig
form-errors = { $count ->
    [one] Eine Angabe ist noch falsch
   *[other] { $count } Angaben sind noch falsch
  }
form-errors-whole = Das ging leider nicht
form-error-title = Fehler: { $title }

# Mail. dynamic: mail-*
mail-address = Schreiben Sie genau eine E-Mail-Adresse. Ein Beispiel: name@example.org
mail-subject = Der Betreff ist eine Zeile. Er hat 1 bis 200 Zeichen.
site-key = Der kurze Name hat 2 bis 40 Zeichen. Nehmen Sie kleine Buchstaben und Zahlen.
site-name = Der Name hat 2 bis 120 Zeichen.
site-colour = Der Farb-Ton liegt zwischen 0 und 359.
site-time-zone = Schreiben Sie Europe/Berlin.
site-address = Schreiben Sie die Adresse so: https://gemeinde.example
shell-suggestions = Vorschläge
shell-suggestions-none = 0 Vorschläge
shell-suggestions-one = 1 Vorschlag. Wählen Sie mit den Pfeilen.
shell-suggestions-some = {"{"}count{"}"} Vorschläge. Wählen Sie mit den Pfeilen.
error-search = Oder suchen Sie hier:
error-search-go = Suchen

# The thread.
# dynamic: thread-link-*
thread-link-answers-to = Antwort auf
thread-link-answers-from = Die Antwort
thread-link-leads-to-to = Daraus wurde
thread-link-leads-to-from = Das war vorher
thread-link-discussed-in-to = Besprochen in
thread-link-discussed-in-from = Hier besprochen
thread-link-considered-in-to = Überlegt in
thread-link-considered-in-from = Hier überlegt
thread-link-decided-by-to = Entschieden hat
thread-link-decided-by-from = Entscheidet über
thread-link-changes-text-of-to = Ändert den Text von
thread-link-changes-text-of-from = Geändert hat
thread-link-implements-to = Macht wirklich
thread-link-implements-from = So geschieht es
thread-link-measured-by-to = Gemessen mit
thread-link-measured-by-from = Misst
thread-link-duplicates-to = Gleich wie
thread-link-duplicates-from = Gleich
thread-link-related-to = Passt zu
thread-link-related-from = Passt zu

own-goes-sessions = Alle Geräte sind danach ab-gemeldet.
own-goes-mails = Alle E-Mails von uns an Sie.
own-stays-acts = Ihre Arbeit im Rathaus bleibt auf der Seite. Ihr Name ist dann weg.
# Public forms: what keeps programs away.
guard-field = Lassen Sie das Feld leer
guard-empty-field = Ein Feld muss leer bleiben. In dem Feld steht etwas. Bitte löschen Sie das. Senden Sie dann noch einmal.
guard-stamp = Das Formular ist unvollständig. Bitte senden Sie es noch einmal.
guard-old = Die Seite war zu lange offen. Ihr Text ist noch da. Bitte senden Sie noch einmal.
guard-too-fast = Das war sehr schnell. Bitte lesen Sie Ihren Text. Senden Sie dann noch einmal.

# Pictures.
picture-too-large = Das Bild ist zu groß. Bitte wählen Sie ein kleineres Bild.
picture-kind = Das ist kein Bild. Bitte wählen Sie ein Foto.
picture-too-many-points = Das Bild ist zu groß. Bitte wählen Sie ein kleineres Bild.
picture-broken = Das Bild ist kaputt. Bitte wählen Sie ein anderes Bild.
picture-busy = Gerade kommen sehr viele Bilder an. Bitte warten Sie eine Minute. Dann wählen Sie das Bild noch einmal.
crowd-file = Ihre Datei fehlt noch. Bitte wählen Sie die Datei später noch einmal.
