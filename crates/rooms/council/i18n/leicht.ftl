# Texts of the council room.
nav-council = Rat

# The open interface
council-oparl-not-found = Das fehlt hier.
council-oparl-parameter = Ein Teil der Frage ist unklar.
council-oparl-failed = Gerade geht es nicht. Versuchen Sie es später noch einmal.

# Calendars and feeds
council-calendar-all = Sitzungen – { $site }
council-feed-papers = Neue Papiere
# The public pages
# dynamic: council-kind-*
council-start = Start
council-rat = Rat
council-entrance-lead = Der Rat entscheidet für die Gemeinde. Hier steht alles dazu.
council-search = Suchen Sie ein Wort:
council-search-go = Suchen
council-this-week = Diese Woche im Rat
council-next-meetings = Die nächsten Sitzungen
council-last-meetings = Die letzten Sitzungen
council-newest = Neue Vor-Lagen
council-all-papers-link = Alle Vor-Lagen
council-all-meetings-link = Alle Sitzungen im Kalender
council-ways = Hier geht es weiter
council-front-week = Diese Woche im Rat
council-front-next = Die nächsten Sitzungen im Rat
council-front-decided = Das ist neu entschieden
council-topics = Darum geht es:
council-topics-more = . Und noch { $count } Themen
council-views = Anders zeigen
council-list-start = Zum Anfang der Liste
council-and = und
council-not-given = unbekannt
council-today = heute
council-today-first = Heute,
council-day-unknown = Der Tag ist noch offen
council-papers = Vor-Lagen
council-papers-lead = Eine Vor-Lage ist ein Vorschlag für den Rat. Hier stehen alle Vor-Lagen. Die neuen stehen oben.
council-papers-more = Mehr Vor-Lagen
council-papers-newest = Zu den neuen Vor-Lagen
council-papers-older = Ältere Vor-Lagen
council-papers-none = Die Liste ist noch leer.
council-papers-none-filtered = Dazu ist die Liste leer.
council-papers-none-help = Suchen Sie mit einem anderen Wort.
council-untitled = Vor-Lage mit leerem Titel
council-filter-words = Wort
council-filter-kind = Art
council-filter-committee = Gruppe
council-filter-year = Jahr
council-filter-all = alle
council-filter-go = Liste kürzer machen
council-filter-clear = Alles zeigen
council-filter-place = Nur dieser Ort:
council-kind-paper = Vor-Lage
council-kind-motion = Antrag
council-kind-amendment = Antrag auf Änderung
council-kind-inquiry = Frage
council-kind-information = Information
council-kind-proposal-help = Das Rathaus schlägt etwas vor. Der Rat entscheidet.
council-kind-motion-help = Menschen aus dem Rat wollen etwas. Der Rat stimmt ab.
council-kind-amendment-help = Menschen aus dem Rat wollen eine Vor-Lage ändern.
council-kind-inquiry-help = Menschen aus dem Rat fragen. Das Rathaus antwortet.
council-kind-information-help = Das Rathaus berichtet etwas.
council-kind-late-help = Diese Vor-Lage kam sehr spät.
council-kind-budget-help = Es geht um das Geld der Gemeinde.
council-kind-display-help = Alle dürfen den Plan lesen. Alle dürfen etwas dazu sagen.
council-of-day = Vom { $date }.
council-next = Danach: { $where } am { $date }.
council-state-adopted = Ja gesagt am { $date }
council-state-adopted-changed = Ja gesagt mit Änderung am { $date }
council-state-rejected = Nein gesagt am { $date }
council-state-postponed = verschoben am { $date }
council-state-noted = angehört am { $date }
council-state-referred = weiter-gegeben am { $date }
council-state-taken-off = heraus-genommen am { $date }
council-state-recommended = empfohlen am { $date }
council-state-other = { $text }, { $date }
council-state-held = besprochen am { $date }, Ergebnis kommt noch
council-state-coming = kommt dran: { $where } am { $date }
council-state-none = Der Tag ist noch offen
council-outcome-adopted = Ja gesagt
council-outcome-adopted-changed = Ja gesagt mit Änderung
council-outcome-rejected = Nein gesagt
council-outcome-postponed = verschoben
council-outcome-noted = angehört
council-outcome-referred = weiter-gegeben
council-outcome-taken-off = heraus-genommen
council-outcome-recommended = empfohlen
council-outcome-verbatim = Das ist das Ergebnis:
council-votes-yes = { $count } Ja
council-votes-no = { $count } Nein
council-votes-abstained = { $count } Enthaltungen
council-votes-abstained-one = { $count } Enthaltung
council-votes-unanimous = alle sind dafür
council-part-decides-ahead = Hier wird entschieden
council-part-prepares-ahead = Hier kommt eine Empfehlung
council-part-heard-ahead = Die Gruppe sagt ihre Meinung
council-part-told-ahead = Die Gruppe bekommt Informationen
council-part-consults-ahead = Die Gruppe spricht darüber
council-part-told = Die Gruppe hat Informationen bekommen
council-part-heard = Die Gruppe hat ihre Meinung gesagt
council-part-consults = Die Gruppe hat darüber gesprochen
council-result-missing = besprochen, Ergebnis kommt noch
council-result-verbatim = Das ist das Ergebnis:
council-committee-unknown = Gruppe unbekannt
council-cancelled = fällt aus
council-in-der = im { $name }
council-in-die = in der { $name }
council-in-name = ({ $name })
council-now = So ist es heute:
council-short = Kurz gesagt:
council-now-adopted = Ja gesagt am { $date } { $in }.
council-now-adopted-changed = Ja gesagt mit Änderung am { $date } { $in }.
council-now-rejected = Nein gesagt am { $date } { $in }.
council-now-postponed = Verschoben am { $date } { $in }.
council-now-noted = Angehört am { $date } { $in }.
council-now-referred = Weiter-gegeben am { $date } { $in }.
council-now-taken-off = Heraus-genommen am { $date } { $in }.
council-now-recommended = Empfohlen am { $date } { $in }.
council-now-other = Ergebnis am { $date } { $in }: { $text }.
council-now-held = Besprochen am { $date } { $in }.
council-now-next = Danach: { $where }, { $when }.
council-now-none = Der Tag ist noch offen.
council-gap-no-meeting = Wann spricht der Rat darüber? Der Tag steht bald hier. Fragen Sie im Rathaus.
council-gap-no-result = Das Ergebnis kommt noch. Fragen Sie im Rathaus.
council-gap-no-decision = Die Entscheidung kommt noch. Fragen Sie im Rathaus.
council-way = Der Weg durch die Gruppen
council-way-official = Beratungs-Folge
council-paper-about = Alles zu einer Vor-Lage.
council-paper-summary = Darum geht es
council-facts = Angaben
council-reference = Nummer
council-no-reference = noch offen
council-kind = Art
council-dated = Tag
council-brought-in = Das kommt von
council-led-by = Darum kümmert sich
council-place = Ort
council-old-page = Alte Seite
council-old-page-link = Zur alten Seite
council-superordinate = Gehört zu
council-subordinate = Das gehört dazu
council-related = Weitere Vor-Lagen dazu
council-similar = Ähnliche Vor-Lagen
council-all-papers = { $count ->
    [one] Alle zeigen
   *[other] Alle { $count } zeigen
 }
council-became = Was ist daraus geworden?
council-became-official = Umsetzung
council-became-decision = Beschluss vom
council-thread = Das hängt zusammen
council-side-paper = Dateien
council-meeting = Sitzung
council-meetings = Sitzungen
council-meetings-lead = Dann trifft sich der Rat. Das ist das Ergebnis.
council-meetings-coming = Bald
council-meetings-past = Früher
council-meetings-none-coming = Der nächste Tag ist noch offen.
council-meetings-none-past = Dazu ist die Liste leer.
council-meetings-undated = Der Tag ist noch offen
council-meetings-more = Mehr Sitzungen
council-meetings-earlier = Frühere Sitzungen
council-meetings-later = Spätere Sitzungen
council-meetings-count = Sitzungen: { $count }
council-papers-count = Vor-Lagen: { $count }
council-agenda-later = Themen kommen noch
council-calendar = Kalender
council-calendar-title = Sitzungen im { $month }
council-calendar-about = Alle Sitzungen in einem Monat.
council-calendar-empty = Dieser Monat ist noch leer.
council-calendar-count = { $count ->
    [one] Eine Sitzung in diesem Monat.
   *[other] { $count } Sitzungen in diesem Monat.
 }
council-month = Monat
council-month-current = Dieser Monat
council-month-caption = , eine Zeile für jede Woche
council-as-list = Als Liste
council-mo = Montag
council-tu = Dienstag
council-we = Mittwoch
council-th = Donnerstag
council-fr = Freitag
council-sa = Samstag
council-su = Sonntag
council-meeting-title = { $name } am { $date }
council-meeting-here = Sitzung vom { $date }
council-meeting-about = Alles zu einer Sitzung.
council-meeting-cancelled = Diese Sitzung fällt aus.
council-meeting-coming = Die Sitzung kommt noch: { $when }.
council-meeting-agenda-later = Die Sitzung kommt noch. Die Themen stehen bald hier.
council-meeting-no-agenda = Die Sitzung ist vorbei. Die Themen sind geheim.
council-meeting-no-results = Die Sitzung ist vorbei. Die Ergebnisse kommen noch.
council-meeting-held = Die Sitzung ist vorbei. Die Ergebnisse stehen unten.
council-meeting-counts = Die Sitzung ist vorbei. Die Ergebnisse: { $counts }.
council-count-adopted = { $count ->
    [one] einmal Ja
   *[other] { $count } Mal Ja
 }
council-count-rejected = { $count ->
    [one] einmal Nein
   *[other] { $count } Mal Nein
 }
council-count-postponed = { $count ->
    [one] einmal verschoben
   *[other] { $count } Mal verschoben
 }
council-when = Wann?
council-where = Wo?
council-who = Wer war da?
council-place-unknown = unbekannt
council-from-until = { $from } bis { $until }
council-people-count = { $count ->
    [one] ein Mensch
   *[other] { $count } Menschen
 }
council-guests = Gäste: { $count }
council-minutes = Protokoll
council-minutes-of = Es ist da, vom { $date }
council-minutes-there = Es ist da
council-minutes-missing = Es kommt noch
council-minutes-later = Es kommt nach der Sitzung
council-agenda = Die Themen
council-agenda-results = Themen und Ergebnisse
council-agenda-start = Zum Anfang
council-agenda-pages = Mehr Themen
council-agenda-later-items = Die nächsten Themen
council-gap-agenda = Die Themen fehlen hier. Fragen Sie im Rathaus.
council-gap-agenda-ahead = Die Themen stehen bald hier.
council-item = Punkt
council-item-untitled = Punkt mit leerem Titel
council-item-non-public = Geheimer Punkt
council-non-public = Dieser Punkt ist geheim.
council-non-public-because = Dieser Punkt ist geheim. Der Grund: { $reason }.
council-non-public-reason = Dieser Punkt ist geheim. Der Grund: { $reason }.
council-side-meeting = Dateien und nächste Sitzung
council-documents = Dateien
council-calendar-entry = Termin für Ihren Kalender
council-next-meeting = Nächste Sitzung
council-next-meeting-none = Der nächste Tag ist noch offen.
council-participants = Wer war da?
council-people-more = { $count ->
    [one] Noch ein Mensch
   *[other] Noch { $count } Menschen
 }
council-file = Datei
council-files = Dateien
council-files-none = Hier ist noch alles leer.
council-files-more = { $count ->
    [one] Noch eine Datei
   *[other] Noch { $count } Dateien
 }
council-file-page = 1 Seite
council-file-pages = { $count } Seiten
council-file-kind = Datei vom Rat
council-file-about = Der Text aus einer Datei.
council-file-lead = Dieser Text kommt aus der Datei. Wichtig ist die Datei selbst.
council-file-lead-missing = Öffnen Sie bitte die Datei selbst.
council-file-text = Text aus der Datei
council-file-sheet = Seite { $number } von { $count }
council-file-sheet-empty = Hier ist vielleicht ein Bild.
council-file-first = Zur ersten Seite
council-file-more = Mehr Seiten
council-file-next = Nächste Seiten
council-side-file = Zur Datei
council-file-original = Die Datei
council-file-no-original = Fragen Sie im Rathaus nach der Datei.
council-file-dated = Tag:
council-file-read = Text gelesen am
council-file-license = Lizenz:
council-file-owners = Gehört zu
council-text-missing = Der Text fehlt
council-text-waiting = Der Text kommt bald.
council-text-encrypted = Die Datei ist verschlossen. Fragen Sie im Rathaus.
council-text-scan = Die Datei hat nur Bilder. Das Rathaus hilft beim Lesen.
council-text-too-large = Die Datei ist zu groß.
council-text-failed = Die Datei ist vielleicht kaputt.
council-text-gone = Die Datei fehlt. Fragen Sie im Rathaus.
council-text-none = Öffnen Sie bitte die Datei selbst.
council-organizations = Gruppen im Rat
council-organizations-lead = Diese Gruppen beraten und entscheiden.
council-organizations-none = Die Liste ist noch leer.
council-organizations-former = Frühere Gruppen
council-organizations-all = { $count ->
    [one] Alle zeigen
   *[other] Alle { $count } zeigen
 }
council-group-council = Der Rat
council-group-committee = Kleine Gruppen für ein Thema
council-group-faction = Politische Gruppen
council-group-other = Ämter und andere
council-members-count = Menschen: { $count }
council-until = bis { $date }
council-organization-about = Alles zu einer Gruppe.
council-organization-members = { $count ->
    [one] Ein Mensch ist dabei.
   *[other] { $count } Menschen sind dabei.
 }
council-organization-next = Nächste Sitzung: { $when }.
council-organization-no-next = Der nächste Tag ist noch offen.
council-organization-ended = Die Gruppe gab es bis { $date }.
council-organization-all-meetings = Alle Sitzungen von der Gruppe
council-organization-papers = Das macht die Gruppe
council-organization-no-papers = Die Liste ist noch leer.
council-organization-all-papers = Alle Vor-Lagen von der Gruppe
council-members = Menschen in der Gruppe
council-members-now = Heute dabei
council-members-former = Früher dabei
council-members-former-count = { $count ->
    [one] Ein Mensch von früher
   *[other] { $count } Einträge von früher
 }
council-gap-members = Die Namen fehlen hier. Fragen Sie im Rathaus.
council-member = Mitglied
council-sideways = Schieben Sie die Tabelle zur Seite.
council-col-name = Name
council-col-organization = Gruppe
council-col-role = Aufgabe
council-col-from = von
council-col-until = bis
council-short-name = Kurzer Name
council-since = Seit
council-till = Bis
council-part-of = Gehört zu
council-website = Eigene Seite
council-term = Wahl-Zeit
council-terms = Wahl-Zeiten
council-terms-lead = So viele Jahre arbeitet ein Rat. Dann wählen die Menschen neu.
council-terms-none = Die Jahre fehlen hier. Fragen Sie im Rathaus.
council-terms-caption = Alle Wahl-Zeiten
council-term-current = läuft
council-open-end = offen
council-people = Menschen im Rat
council-people-lead = Diese Menschen entscheiden mit. Die Liste geht von A bis Z.
council-people-current = Heute dabei
council-people-former = Früher dabei
council-people-none = Die Liste ist noch leer.
council-people-none-former = Die Liste ist leer.
council-people-more-nav = Mehr Menschen
council-people-next = Weiter in der Liste
council-person-about = Alles zu einem Menschen im Rat.
council-person-kind = Mensch im Rat
council-person-and-one = { $name } und noch eine Gruppe
council-person-and-more = { $name } und { $count } andere Gruppen
council-person-faction = Politische Gruppe: { $name }.
council-person-mandates = { $count ->
    [one] Heute in einer Gruppe.
   *[other] Heute in { $count } Gruppen.
 }
council-person-no-mandate = War früher dabei.
council-person-now = Heute dabei
council-person-now-caption = Gruppen heute
council-person-past = Früher dabei
council-person-past-caption = Gruppen früher
council-person-papers = Vor-Lagen von diesem Menschen
council-person-life = Zum Menschen
council-person-source = Das kommt von:
council-places = Orte
council-places-lead = Hier finden Sie Orte. An manchen Orten trifft sich der Rat.
council-places-none = Die Liste ist noch leer.
council-places-about = Orte in Vor-Lagen
council-places-held = Hier trifft sich der Rat
council-places-more = { $count ->
    [one] Noch ein Ort
   *[other] Noch { $count } Orte
 }
council-place-about = Alles zu einem Ort.
council-place-unnamed = Ort mit leerem Namen
council-place-papers = Vor-Lagen zu dem Ort
council-place-no-papers = Die Liste ist noch leer.
council-place-all-papers = Alle Vor-Lagen zu dem Ort
council-place-meetings = Sitzungen an dem Ort
council-place-more-meetings = { $count ->
    [one] Noch eine Sitzung
   *[other] Noch { $count } Sitzungen
 }

# The desk
notice-admin-import-started = Das Programm holt jetzt die Daten.
# Entry by hand
notice-council-saved = Das ist gespeichert.
notice-council-public = Jetzt können es alle sehen.
notice-council-withdrawn = Das ist jetzt weg. Alle sehen den Grund.
notice-council-internal = Das bleibt im Rathaus.
notice-council-draft = Das ist jetzt ein Entwurf.
notice-council-deleted = Das ist jetzt gelöscht.

council-subscribe = Nachrichten bestellen
council-subscribe-paper-help = Wir schreiben Ihnen bei Neuem.
council-subscribe-paper = Nachrichten zu diesem Papier
council-subscribe-thread = Nachrichten zu diesem Thema
council-subscribe-organization = Nachrichten über diese Gruppe
council-take = Zum Mit-Nehmen
council-take-papers = Neue Vor-Lagen für Computer-Programme
council-take-kind-papers = Neue Vor-Lagen von dieser Art für Computer-Programme
council-take-organization-papers = Neue Vor-Lagen von dieser Gruppe für Computer-Programme
council-take-place-papers = Neue Vor-Lagen zu diesem Ort für Computer-Programme
council-take-meetings = Alle Sitzungen für Ihren Kalender
council-take-organization-meetings = Sitzungen von dieser Gruppe für Ihren Kalender
