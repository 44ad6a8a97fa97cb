# What surrounds every page, dates, and the errors of the house.
# dynamic: error-*, notice-*, month-*, weekday-*
shell-skip = Zum Inhalt springen
shell-claim = Allmende – was uns alle angeht
shell-languages = Sprache
shell-rooms = Bereiche
shell-sign-in = Anmelden
shell-desk = Verwaltung
shell-account = Mein Konto
shell-trail = Sie sind hier
shell-paper = Auch ohne Internet
shell-paper-gap = Anschrift und Öffnungszeiten des Rathauses fehlen noch.
shell-check = Nachprüfen
shell-interfaces = Alle Daten und Schnittstellen
shell-display = Darstellung
shell-light = Hell
shell-dark = Dunkel
shell-device = Wie das Gerät
shell-high = Hoher Kontrast
shell-contrast-device = Kontrast wie das Gerät
shell-about = Über diese Seite
shell-accessibility = Barrierefreiheit
shell-privacy = Datenschutz
shell-imprint = Impressum
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

error-not-found = Diese Seite gibt es nicht
error-not-found-help = Vielleicht ist die Adresse unvollständig, oder die Seite ist umgezogen. Diese Wege führen weiter:
error-gone = Diese Seite wurde zurückgezogen
error-gone-help = Sie war öffentlich und ist es nicht mehr. Das Rathaus sagt Ihnen gern, warum. Diese Wege führen weiter:
error-forbidden = Das dürfen Sie hier nicht
error-forbidden-help = Ihr Konto hat dafür keine Rolle. Wer die Seite betreut, kann sie Ihnen geben.
error-forged = Die Anfrage kam von einer fremden Seite
error-forged-help = Aus Sicherheit haben wir nichts geändert. Öffnen Sie das Formular noch einmal hier und senden Sie es ab.
error-refused = So konnten wir das nicht annehmen
error-refused-help = Es wurde nichts geändert. Gehen Sie zurück und versuchen Sie es noch einmal.
error-too-many = Das waren zu viele Versuche
error-too-many-help = Warten Sie ein paar Minuten. Danach geht es weiter.
error-too-large = Das ist zu groß
error-too-large-help = Eine Datei darf höchstens 64 Megabyte haben. Es wurde nichts gespeichert.
error-unavailable = Gerade geht es nicht
error-unavailable-help = Wir arbeiten daran. Versuchen Sie es in ein paar Minuten noch einmal.
error-internal = Da ist uns ein Fehler passiert
error-internal-help = Er liegt nicht an Ihnen und ist aufgeschrieben. Versuchen Sie es später noch einmal.
error-method = So lässt sich diese Adresse nicht aufrufen
error-method-help = Öffnen Sie die Seite noch einmal über einen der Wege hier.
crowd-heading = Gerade sind sehr viele hier
crowd-sent = Was Sie geschrieben haben, ist nicht verloren: Es steht auf dieser Seite. Es ist aber noch nicht angekommen. Lassen Sie die Seite offen, sie sendet es von selbst noch einmal. Es zählt auch dann nur einmal, wenn es mehrmals gesendet wird.
crowd-send-again = Jetzt noch einmal senden
crowd-read = Ihre Seite kommt gleich. Lassen Sie dieses Fenster offen.
crowd-read-again = Jetzt noch einmal versuchen
crowd-seconds = { $count ->
    [one] In einer Sekunde geht es weiter, wenn Ihr Browser Skripte erlaubt.
   *[other] In { $count } Sekunden geht es weiter, wenn Ihr Browser Skripte erlaubt.
}
error-way-start = Zur Startseite
error-way-start-help = Was gerade läuft und was ansteht.
error-way-council = Zum Rat
error-way-council-help = Sitzungen, Vorlagen, Gremien und Menschen.

form-required = Was nicht als freiwillig gekennzeichnet ist, brauchen wir.
form-optional = freiwillig
form-errors = { $count ->
    [one] Eine Angabe stimmt noch nicht
   *[other] { $count } Angaben stimmen noch nicht
  }
form-errors-whole = Das hat nicht geklappt
form-error-title = Fehler: { $title }

# Mail. dynamic: mail-*
mail-address = Geben Sie genau eine E-Mail-Adresse an, zum Beispiel name@example.org.
mail-subject = Der Betreff muss eine Zeile mit 1 bis 200 Zeichen sein.
site-key = Der Kurzname braucht 2 bis 40 Zeichen: kleine Buchstaben, Ziffern und Bindestriche.
site-name = Der Name braucht 2 bis 120 Zeichen.
site-colour = Der Farbton liegt zwischen 0 und 359, die Farbstärke zwischen 0 und 150.
site-time-zone = Diese Zeitzone gibt es nicht. Für Deutschland schreiben Sie Europe/Berlin.
site-address = Die Adresse braucht http:// oder https:// und einen Namen, sonst nichts: https://gemeinde.example
shell-suggestions = Vorschläge
shell-suggestions-none = Keine Vorschläge
shell-suggestions-one = Ein Vorschlag. Mit den Pfeiltasten wählen.
shell-suggestions-some = {"{"}count{"}"} Vorschläge. Mit den Pfeiltasten wählen.
error-search = Oder suchen Sie hier danach:
error-search-go = Suchen

# The thread.
# dynamic: thread-link-*
thread-link-answers-to = Antwort auf
thread-link-answers-from = Beantwortet durch
thread-link-leads-to-to = Daraus wurde
thread-link-leads-to-from = Entstanden aus
thread-link-discussed-in-to = Besprochen in
thread-link-discussed-in-from = Hier besprochen
thread-link-considered-in-to = Abgewogen in
thread-link-considered-in-from = Hier abgewogen
thread-link-decided-by-to = Entschieden durch
thread-link-decided-by-from = Entscheidet über
thread-link-changes-text-of-to = Ändert den Text von
thread-link-changes-text-of-from = Text geändert durch
thread-link-implements-to = Setzt um
thread-link-implements-from = Umgesetzt durch
thread-link-measured-by-to = Wirkung gemessen durch
thread-link-measured-by-from = Misst die Wirkung von
thread-link-duplicates-to = Sagt dasselbe wie
thread-link-duplicates-from = Sagt dasselbe
thread-link-related-to = Hat zu tun mit
thread-link-related-from = Hat zu tun mit

own-goes-sessions = Alle Anmeldungen, auf jedem Gerät.
own-goes-mails = Alle E-Mails, die wir Ihnen geschickt haben, auch solche, die noch warten.
own-stays-acts = Was Sie im Amt veröffentlicht, berichtigt oder zurückgezogen haben. Dabei steht dann nur noch Ihre Rolle, nicht mehr Ihr Name.
# Public forms: what keeps programs away.
guard-field = Dieses Feld bleibt leer
guard-empty-field = Ein Feld, das leer bleiben soll, war ausgefüllt. Schalten Sie das automatische Ausfüllen ab und senden Sie noch einmal.
guard-stamp = Das Formular war nicht vollständig. Senden Sie es bitte von dieser Seite noch einmal.
guard-old = Die Seite war zu lange offen. Ihre Angaben stehen noch da: Senden Sie sie bitte noch einmal.
guard-too-fast = Das ging sehr schnell. Lesen Sie bitte kurz nach, ob alles stimmt, und senden Sie dann noch einmal.

# Pictures.
picture-too-large = Das Bild hat mehr als 15 Megabyte. Verkleinern Sie es oder wählen Sie ein anderes.
picture-kind = Wählen Sie ein Bild als JPEG, PNG oder WebP.
picture-too-many-points = Das Bild hat mehr als 50 Millionen Bildpunkte. Verkleinern Sie es oder wählen Sie ein anderes.
picture-broken = Das Bild ist beschädigt oder unvollständig. Laden Sie es noch einmal hoch oder wählen Sie ein anderes.
picture-busy = Gerade kommen sehr viele Bilder an. Wählen Sie Ihr Bild in einer Minute noch einmal aus, oder senden Sie ohne Bild.
crowd-file = Die Datei, die Sie ausgewählt haben, kann diese Seite nicht noch einmal senden. Wählen Sie sie danach bitte noch einmal aus.
