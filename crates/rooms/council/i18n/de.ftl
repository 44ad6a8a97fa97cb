# Texts of the council room.
nav-council = Rat

# The open interface
council-oparl-not-found = Dieses Objekt gibt es hier nicht.
council-oparl-parameter = Ein Parameter der Anfrage ist nicht zu verstehen.
council-oparl-failed = Gerade geht es nicht. Versuchen Sie es später noch einmal.

# Calendars and feeds
council-calendar-all = Sitzungen – { $site }
council-feed-papers = Neue Vorlagen
# The public pages
# dynamic: council-kind-*, council-link-*
council-start = Start
council-rat = Rat
council-entrance-lead = Was der Rat berät und beschließt: Sitzungen, Vorlagen, Gremien und die Menschen darin.
council-search = Wort oder Nummer einer Vorlage
council-search-go = Suchen
council-this-week = Diese Woche im Rat
council-next-meetings = Nächste Sitzungen
council-last-meetings = Letzte Sitzungen
council-newest = Neue Vorlagen
council-all-papers-link = Alle Vorlagen
council-all-meetings-link = Alle Sitzungen im Kalender
council-ways = Weiter im Rat
council-front-week = Diese Woche im Rat
council-front-next = Die nächsten Sitzungen im Rat
council-front-decided = Was gerade beschlossen wurde
council-topics = Es geht um:
council-topics-more = ; dazu { $count } weitere Themen
council-views = Andere Ansicht
council-list-start = Zum Anfang der Liste
council-and = und
council-not-given = nicht angegeben
council-today = heute
council-today-first = Heute,
council-day-unknown = Termin steht noch nicht fest
council-papers = Vorlagen
council-papers-lead = Was dem Rat vorgelegt wurde, das Neueste zuerst. Bei jeder Vorlage steht, was daraus wurde.
council-papers-more = Weitere Vorlagen
council-papers-newest = Zu den neuesten Vorlagen
council-papers-older = Ältere Vorlagen
council-papers-none = Es ist noch keine Vorlage veröffentlicht.
council-papers-none-filtered = Dazu gibt es keine Vorlage.
council-papers-none-help = Suchen Sie mit weniger oder kürzeren Wörtern, oder heben Sie die Eingrenzung auf.
council-papers-searched = In den neueren Vorlagen steht dazu nichts. Suchen Sie in den älteren weiter.
council-untitled = Vorlage ohne Titel
council-filter-words = Wort oder Nummer
council-filter-kind = Art
council-filter-committee = Gremium
council-filter-year = Jahr
council-filter-all = alle
council-filter-go = Eingrenzen
council-filter-clear = Eingrenzung aufheben
council-filter-place = Nur zum Ort:
council-kind-paper = Vorlage
council-kind-motion = Antrag
council-kind-amendment = Änderungsantrag
council-kind-inquiry = Anfrage
council-kind-information = Information
council-kind-proposal-help = Die Verwaltung schlägt etwas vor, und der Rat entscheidet darüber.
council-kind-motion-help = Mitglieder des Rates wollen etwas erreichen. Der Rat stimmt darüber ab oder gibt es weiter.
council-kind-amendment-help = Mitglieder des Rates wollen eine andere Vorlage ändern.
council-kind-inquiry-help = Mitglieder des Rates fragen, und die Verwaltung antwortet.
council-kind-information-help = Die Verwaltung berichtet. Darüber wird nicht abgestimmt.
council-kind-late-help = Diese Vorlage kam erst zur Sitzung auf den Tisch.
council-kind-budget-help = Es geht um Geld: ein Teil des Haushalts, also des Plans für Einnahmen und Ausgaben.
council-kind-display-help = Ein Plan liegt öffentlich aus. Alle dürfen ihn lesen und etwas dazu sagen.
council-of-day = Vom { $date }.
council-next = Als Nächstes: { $where } am { $date }.
council-state-adopted = beschlossen am { $date }
council-state-adopted-changed = beschlossen, mit Änderung, am { $date }
council-state-rejected = abgelehnt am { $date }
council-state-postponed = vertagt am { $date }
council-state-noted = zur Kenntnis genommen am { $date }
council-state-referred = weitergegeben am { $date }
council-state-taken-off = von der Tagesordnung genommen am { $date }
council-state-recommended = empfohlen am { $date }
council-state-other = { $text }, { $date }
council-state-held = beraten am { $date }, Ergebnis fehlt noch
council-state-coming = wird beraten: { $where } am { $date }
council-state-none = noch kein Termin
council-outcome-adopted = beschlossen
council-outcome-adopted-changed = beschlossen, mit Änderung
council-outcome-rejected = abgelehnt
council-outcome-postponed = vertagt
council-outcome-noted = zur Kenntnis genommen
council-outcome-referred = weitergegeben
council-outcome-taken-off = von der Tagesordnung genommen
council-outcome-recommended = empfohlen
council-outcome-verbatim = Ergebnis im Wortlaut
council-votes-yes = { $count } Ja
council-votes-no = { $count } Nein
council-votes-abstained = { $count } Enthaltungen
council-votes-abstained-one = { $count } Enthaltung
council-votes-unanimous = einstimmig
council-part-decides-ahead = Entscheidung erwartet
council-part-prepares-ahead = Empfehlung erwartet
council-part-heard-ahead = wird angehört
council-part-told-ahead = wird informiert
council-part-consults-ahead = wird beraten
council-part-told = wurde informiert
council-part-heard = wurde angehört
council-part-consults = beraten
council-result-missing = beraten, Ergebnis fehlt noch
council-result-verbatim = Ergebnis im Wortlaut:
council-committee-unknown = Gremium nicht angegeben
council-cancelled = fällt aus
council-in-der = im { $name }
council-in-die = in der { $name }
council-in-name = ({ $name })
council-now = Stand heute:
council-short = Kurz gesagt:
council-now-adopted = Beschlossen am { $date } { $in }.
council-now-adopted-changed = Mit Änderung beschlossen am { $date } { $in }.
council-now-rejected = Abgelehnt am { $date } { $in }.
council-now-postponed = Vertagt am { $date } { $in }.
council-now-noted = Zur Kenntnis genommen am { $date } { $in }.
council-now-referred = Am { $date } { $in } an ein anderes Gremium weitergegeben.
council-now-taken-off = Am { $date } { $in } von der Tagesordnung genommen.
council-now-recommended = Empfohlen am { $date } { $in }.
council-now-other = Ergebnis am { $date } { $in }: { $text }.
council-now-held = Beraten am { $date } { $in }.
council-now-next = Als Nächstes: { $where }, { $when }.
council-now-none = Es gibt noch keinen Termin.
council-gap-no-meeting = Noch kein Termin: Sobald ein Gremium die Vorlage auf eine Tagesordnung setzt, steht der Tag hier. Zuständig ist das Rathaus.
council-gap-no-result = Das Ergebnis der Beratung ist noch nicht veröffentlicht. Zuständig ist das Rathaus.
council-gap-no-decision = Noch keine Entscheidung: Ein nächster Termin ist noch nicht veröffentlicht. Zuständig ist das Rathaus.
council-way = Der Weg durch die Gremien
council-way-official = Beratungsfolge
council-paper-about = Stand, Beratungsfolge und Dateien einer Vorlage.
council-paper-summary = Worum es geht
council-facts = Angaben
council-reference = Nummer
council-no-reference = noch keine Nummer
council-kind = Art
council-dated = Datum
council-brought-in = Eingebracht von
council-led-by = Federführend
council-place = Ort
council-old-page = Im alten System
council-old-page-link = Seite im alten System
council-superordinate = Gehört zu
council-subordinate = Dazu gehören
council-related = Verwandte Vorlagen
council-all-papers = { $count ->
    [one] Eine weitere Vorlage: alle zeigen
   *[other] Alle { $count } zeigen
 }
council-thread = Der Faden
council-link-answers-to = Antwort auf
council-link-answers-from = Beantwortet durch
council-link-leads-to-to = Daraus wurde
council-link-leads-to-from = Entstanden aus
council-link-discussed-in-to = Besprochen in
council-link-discussed-in-from = Hier besprochen
council-link-considered-in-to = Abgewogen in
council-link-considered-in-from = Hier abgewogen
council-link-decided-by-to = Entschieden durch
council-link-decided-by-from = Entscheidet über
council-link-changes-text-of-to = Ändert den Text von
council-link-changes-text-of-from = Text geändert durch
council-link-implements-to = Setzt um
council-link-implements-from = Umgesetzt durch
council-link-measured-by-to = Wirkung gemessen durch
council-link-measured-by-from = Misst die Wirkung von
council-link-duplicates-to = Sagt dasselbe wie
council-link-duplicates-from = Sagt dasselbe
council-link-related-to = Hat zu tun mit
council-link-related-from = Hat zu tun mit
council-side-paper = Dateien zur Vorlage
council-meeting = Sitzung
council-meetings = Sitzungen
council-meetings-lead = Wann der Rat und seine Gremien tagen und was herauskam.
council-meetings-coming = Kommende Sitzungen
council-meetings-past = Vergangene Sitzungen
council-meetings-none-coming = Zurzeit ist keine Sitzung angekündigt.
council-meetings-none-past = Dazu gibt es keine vergangene Sitzung.
council-meetings-undated = Termin steht noch nicht fest
council-meetings-more = Weitere Sitzungen
council-meetings-earlier = Frühere Sitzungen
council-meetings-later = Spätere Sitzungen
council-meetings-count = Sitzungen: { $count }
council-papers-count = Vorlagen: { $count }
council-agenda-later = Tagesordnung folgt
council-calendar = Kalender
council-calendar-title = Sitzungen im { $month }
council-calendar-about = Alle Sitzungen eines Monats.
council-calendar-empty = In diesem Monat ist keine Sitzung angekündigt.
council-calendar-count = { $count ->
    [one] Eine Sitzung in diesem Monat.
   *[other] { $count } Sitzungen in diesem Monat.
 }
council-month = Monat
council-month-current = Dieser Monat
council-month-caption = , eine Zeile je Woche
council-as-list = Als Liste
council-mo = Mo
council-tu = Di
council-we = Mi
council-th = Do
council-fr = Fr
council-sa = Sa
council-su = So
council-meeting-title = { $name } am { $date }
council-meeting-here = Sitzung vom { $date }
council-meeting-about = Tagesordnung, Ergebnisse, Unterlagen und Beratungsfolge einer Sitzung.
council-meeting-cancelled = Diese Sitzung fällt aus.
council-meeting-coming = Die Sitzung kommt noch: { $when }.
council-meeting-agenda-later = Die Sitzung kommt noch. Die Tagesordnung ist noch nicht veröffentlicht.
council-meeting-no-agenda = Die Sitzung ist vorbei. Eine öffentliche Tagesordnung gibt es nicht.
council-meeting-no-results = Die Sitzung ist vorbei. Ergebnisse sind noch nicht veröffentlicht.
council-meeting-held = Die Sitzung ist vorbei. Die Ergebnisse stehen bei den Punkten.
council-meeting-counts = Die Sitzung ist vorbei. Ergebnisse: { $counts }.
council-count-adopted = { $count ->
    [one] ein Punkt mit Zustimmung
   *[other] { $count } Punkte mit Zustimmung
 }
council-count-rejected = { $count ->
    [one] einer abgelehnt
   *[other] { $count } abgelehnt
 }
council-count-postponed = { $count ->
    [one] einer vertagt
   *[other] { $count } vertagt
 }
council-when = Wann
council-where = Wo
council-who = Dabei
council-place-unknown = nicht angegeben
council-from-until = { $from } bis { $until }
council-people-count = { $count ->
    [one] eine Person
   *[other] { $count } Personen
 }
council-guests = Gäste: { $count }
council-minutes = Niederschrift
council-minutes-of = liegt vor, vom { $date }
council-minutes-there = liegt vor
council-minutes-missing = noch nicht veröffentlicht
council-minutes-later = folgt nach der Sitzung
council-agenda = Tagesordnung
council-agenda-results = Tagesordnung und Ergebnisse
council-agenda-start = Zum Anfang der Tagesordnung
council-agenda-pages = Weitere Punkte
council-agenda-later-items = Die nächsten Punkte
council-gap-agenda = Zu dieser Sitzung ist keine Tagesordnung veröffentlicht. Zuständig ist das Rathaus.
council-gap-agenda-ahead = Die Tagesordnung ist noch nicht veröffentlicht. Meist erscheint sie eine Woche vor der Sitzung.
council-item = Punkt
council-item-untitled = Punkt ohne Titel
council-item-non-public = Nicht öffentlicher Punkt
council-non-public = Nicht öffentlich. Ein Grund ist nicht angegeben.
council-non-public-because = Nicht öffentlich, weil: { $reason }.
council-side-meeting = Unterlagen und nächste Sitzung
council-documents = Unterlagen
council-calendar-entry = Termin für den Kalender
council-next-meeting = Nächste Sitzung
council-next-meeting-none = Ein nächster Termin ist noch nicht veröffentlicht.
council-participants = Wer dabei war
council-people-more = { $count ->
    [one] Eine weitere Person
   *[other] { $count } weitere Personen
 }
council-file = Datei
council-files = Dateien
council-files-none = Noch keine Datei veröffentlicht.
council-files-more = { $count ->
    [one] Eine weitere Datei
   *[other] { $count } weitere Dateien
 }
council-file-page = 1 Seite
council-file-pages = { $count } Seiten
council-file-kind = Datei des Rates
council-file-about = Der Text einer Datei, lesbar auch für Vorleseprogramme.
council-file-lead = Dieser Text wurde aus der Datei entnommen. Es gilt die Datei.
council-file-lead-missing = Die Datei können Sie im Original öffnen. Als Text liegt sie hier nicht vor.
council-file-text = Text der Datei
council-file-sheet = Seite { $number } von { $count }
council-file-sheet-empty = Auf dieser Seite steht kein Text, vielleicht ein Bild.
council-file-first = Zur ersten Seite
council-file-more = Weitere Seiten
council-file-next = Nächste Seiten
council-side-file = Zur Datei
council-file-original = Die Datei
council-file-no-original = Die Datei selbst ist nicht verlinkt. Fragen Sie im Rathaus danach.
council-file-dated = Datum:
council-file-read = Text eingelesen am
council-file-license = Lizenz:
council-file-owners = Gehört zu
council-text-missing = Hier fehlt der Text
council-text-waiting = Der Text wird noch eingelesen. Schauen Sie später wieder vorbei.
council-text-encrypted = Die Datei ist mit einem Passwort geschützt. Das Rathaus muss sie neu veröffentlichen.
council-text-scan = Die Datei enthält nur Bilder, keinen Text. Im Rathaus hilft man Ihnen beim Lesen.
council-text-too-large = Die Datei ist zu groß zum Einlesen.
council-text-failed = Die Datei ließ sich nicht einlesen. Sie ist vielleicht beschädigt.
council-text-none = Der Text dieser Datei wurde nicht eingelesen.
council-organizations = Gremien
council-organizations-lead = Wer berät und entscheidet: der Rat, seine Ausschüsse und die Fraktionen.
council-organizations-none = Es ist noch kein Gremium veröffentlicht.
council-organizations-former = Frühere Gremien
council-organizations-all = { $count ->
    [one] Ein Eintrag
   *[other] Alle { $count } zeigen
 }
council-group-council = Rat
council-group-committee = Ausschüsse und Beiräte
council-group-faction = Fraktionen
council-group-other = Ämter und weitere Stellen
council-members-count = Mitglieder: { $count }
council-until = bis { $date }
council-organization-about = Mitglieder, Sitzungen und Vorlagen eines Gremiums.
council-organization-members = { $count ->
    [one] Ein Mitglied.
   *[other] { $count } Mitglieder.
 }
council-organization-next = Nächste Sitzung: { $when }.
council-organization-no-next = Ein nächster Termin ist noch nicht veröffentlicht.
council-organization-ended = Dieses Gremium gab es bis { $date }.
council-organization-all-meetings = Alle Sitzungen dieses Gremiums
council-organization-papers = Womit sich das Gremium befasst
council-organization-no-papers = Dazu ist noch keine Vorlage veröffentlicht.
council-organization-all-papers = Alle Vorlagen dieses Gremiums
council-members = Mitglieder
council-members-now = Mitglieder heute
council-members-former = Frühere Mitglieder
council-members-former-count = { $count ->
    [one] Ein früheres Mitglied
   *[other] { $count } frühere Mitgliedschaften
 }
council-gap-members = Wer heute Mitglied ist, ist nicht veröffentlicht. Zuständig ist das Rathaus.
council-member = Mitglied
council-sideways = Die Tabelle lässt sich seitlich verschieben.
council-col-name = Name
council-col-organization = Gremium
council-col-role = Aufgabe
council-col-from = von
council-col-until = bis
council-short-name = Kurzname
council-since = Besteht seit
council-till = Bestand bis
council-part-of = Teil von
council-website = Eigene Seite
council-term = Wahlperiode
council-terms = Wahlperioden
council-terms-lead = Für welche Jahre der Rat jeweils gewählt wurde.
council-terms-none = Wahlperioden sind noch nicht veröffentlicht. Zuständig ist das Rathaus.
council-terms-caption = Wahlperioden, die neueste zuerst
council-term-current = läuft
council-open-end = offen
council-people = Menschen im Rat
council-people-lead = Wer mitberät und mitentscheidet, von A bis Z.
council-people-current = Heute dabei
council-people-former = Früher dabei
council-people-none = Es sind noch keine Menschen mit einem Sitz veröffentlicht.
council-people-none-former = Niemand steht in der Liste der Früheren.
council-people-more-nav = Weitere Menschen
council-people-next = Weiter in der Liste
council-person-about = Sitze und Aufgaben eines Menschen im Rat.
council-person-kind = Mensch im Rat
council-person-and-one = { $name } und ein weiteres Gremium
council-person-and-more = { $name } und { $count } weitere Gremien
council-person-faction = Fraktion: { $name }.
council-person-mandates = { $count ->
    [one] Heute in einem Gremium.
   *[other] Heute { $count } Sitze in Gremien.
 }
council-person-no-mandate = Hat heute keinen Sitz in einem Gremium.
council-person-now = Sitze heute
council-person-now-caption = Gremien und Aufgaben heute
council-person-past = Frühere Sitze
council-person-past-caption = Gremien und Aufgaben früher
council-person-papers = Eingebrachte Vorlagen
council-person-life = Zur Person
council-person-source = Quelle:
council-places = Orte
council-places-lead = Worüber an welchem Ort beraten wird, und wo der Rat tagt.
council-places-none = Es ist noch kein Ort veröffentlicht.
council-places-about = Orte in Vorlagen
council-places-held = Wo getagt wird
council-places-more = { $count ->
    [one] Ein weiterer Ort
   *[other] { $count } weitere Orte
 }
council-place-about = Vorlagen und Sitzungen an einem Ort.
council-place-unnamed = Ort ohne Namen
council-place-papers = Vorlagen zu diesem Ort
council-place-no-papers = Zu diesem Ort gibt es noch keine Vorlage.
council-place-all-papers = Alle Vorlagen zu diesem Ort
council-place-meetings = Sitzungen an diesem Ort
council-place-more-meetings = { $count ->
    [one] Eine weitere Sitzung
   *[other] { $count } weitere Sitzungen
 }
