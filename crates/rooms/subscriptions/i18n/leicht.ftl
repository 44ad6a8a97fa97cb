# Subscriptions in Leichte Sprache.
abo-choose-heading = Nachrichten bestellen
abo-choose-lead = Sie sagen uns: Das ist mir wichtig. Dann schreiben wir Ihnen bei Neuem.
abo-choose-word = Ein Wort
abo-choose-word-label = Welches Wort sollen wir für Sie suchen?
abo-choose-word-hint = Zum Beispiel: Radweg
abo-choose-near = Neues in meiner Nähe
abo-choose-point = Welcher Ort?
abo-choose-point-hint = Zum Beispiel: Haupt-Straße 5
abo-choose-radius = Wie viele Meter um den Punkt?
abo-choose-radius-hint = Zum Beispiel: 500
abo-choose-name = Ein Name für den Ort
abo-choose-name-hint = Zum Beispiel: meine Straße
abo-choose-go = Weiter
abo-choose-more = Gruppen und Papiere
abo-choose-more-lead = Auf vielen Seiten steht ein Link zum Bestellen.
abo-choose-committees = Alle Gruppen vom Rat
abo-choose-papers = Alle Papiere
abo-choose-lost = Meine Nachrichten ansehen

abo-heading = Nachrichten bestellen
abo-email = E-Mail-Adresse
abo-email-hint = Sie bekommen zuerst eine E-Mail. Darin ist ein Link. Mit dem Link sagen Sie Ja.
abo-frequency-legend = Wie oft?
abo-frequency-hint = Sie können das später ändern.
abo-frequency-at_once = Sofort mit E-Mail
abo-frequency-daily = Jeden Tag eine E-Mail
abo-frequency-weekly = Jede Woche eine E-Mail
abo-frequency-feed = Keine E-Mail, nur ein Feed
abo-button = Bestellen
abo-privacy = Wir nehmen Ihre Adresse nur für diese E-Mails. Später löschen wir sie.
abo-privacy-account = Die E-Mails gehen an die Adresse von Ihrem Konto.
abo-reason-search = Suche nach „{ $name }“
abo-reason-committee = Gruppe „{ $name }“
abo-reason-paper = Papier „{ $name }“
abo-reason-thread = Thema „{ $name }“
abo-reason-place = { $radius } Meter um „{ $name }“
abo-what-search = eine Suche
abo-what-committee = eine Gruppe vom Rat
abo-what-paper = ein Papier
abo-what-thread = ein Thema
abo-what-place = ein Ort

abo-sent-heading = Sehen Sie in Ihre E-Mails
abo-sent-lead = Wir haben Ihnen geschrieben. Öffnen Sie den Link in der E-Mail. Sie haben dafür 7 Tage Zeit.
abo-sent-spam = Ist keine E-Mail da? Dann sehen Sie bei der Werbung nach.
abo-sent-known = Wir zeigen hier niemandem: Diese Adresse kennen wir.
abo-lost-heading = Meine Nachrichten
abo-lost-lead = Wir schicken Ihnen einen Link. Damit sehen und ändern Sie Ihre Nachrichten.
abo-lost-button = Link schicken
abo-lost-account = Ich habe ein Konto
abo-confirm-heading = Sagen Sie Ja
abo-confirm-button = Ja, ich will das
abo-confirm-otherwise = Haben Sie das nicht bestellt? Dann machen Sie die Seite zu.
abo-ended-heading = Dieser Link geht nicht mehr
abo-ended-lead = Der Link ist zu alt. Oder Sie haben ihn schon benutzt.
abo-ended-lost = Schicken Sie mir einen neuen Link
abo-ended-new = Nachrichten bestellen
abo-leave-heading = Nachrichten beenden
abo-leave-button = Diese Nachrichten beenden
abo-leave-all-lead = Alle Nachrichten an diese Adresse
abo-leave-all-button = Alle Nachrichten beenden
abo-leave-manage = Meine Nachrichten ansehen
abo-left-heading = Sie sind abgemeldet
abo-left-one = Diese Nachrichten kommen nicht mehr.
abo-left-all = Es kommen keine Nachrichten mehr. Ihre Daten sind weg.

abo-own-heading = Meine Nachrichten
abo-own-lead = Das haben Sie bestellt.
abo-own-lead-email = Die E-Mails gehen an { $email }.
abo-own-gone = Ihre bestellten Nachrichten.
abo-own-list = Das haben Sie bestellt
abo-own-none = Sie haben noch nichts bestellt.
abo-own-change = Ändern
abo-own-remove = Beenden
abo-own-feed = Feed
abo-own-calendar = Termine
abo-own-feed-help = Diese Links sind geheim. Geben Sie die Links niemandem.
abo-own-new = Noch etwas bestellen
abo-own-schedule = Wann kommen die E-Mails?
abo-own-hour = Uhrzeit
abo-own-hour-hint = Für E-Mails an jedem Tag und in jeder Woche
abo-hour-choice = { $hour } Uhr
abo-own-weekday = Tag in der Woche
abo-own-weekday-hint = Für E-Mails in jeder Woche
abo-own-language = Sprache der E-Mails
abo-own-save = Speichern
abo-own-data = Ihre Daten
abo-own-data-lead = Sie können Ihre Daten laden. Oder Sie löschen alles. Dann kommen keine Nachrichten mehr.
abo-own-export = Meine Daten laden
abo-own-erase = Alles beenden und löschen
abo-paused-heading = Ihre E-Mails machen Pause
abo-paused-bounced = Am { $day } kam eine E-Mail an Sie zurück. Prüfen Sie Ihre Adresse.
abo-paused-refused = Am { $day } kam eine E-Mail nicht an. Prüfen Sie Ihre Adresse.
abo-paused-button = E-Mails wieder schicken

abo-email-form = Schreiben Sie Ihre ganze E-Mail-Adresse
abo-frequency = Wählen Sie: Wie oft sollen wir schreiben?
abo-hour = Wählen Sie eine Uhrzeit
abo-weekday = Wählen Sie einen Tag
abo-target = Das können Sie nicht bestellen. Fangen Sie hier neu an
abo-search-empty = Schreiben Sie ein Wort
abo-near = Diesen Ort kennen wir nicht. Schreiben Sie ihn anders
abo-too-many = Sie haben schon 100 Bestellungen. Beenden Sie zuerst eine

notice-abo-added = Das hat geklappt. Wir schreiben Ihnen.
notice-abo-confirmed = Das hat geklappt. Hier sehen Sie alles.
notice-abo-changed = Gespeichert.
notice-abo-removed = Diese Nachrichten kommen nicht mehr.
notice-abo-resumed = Wir schreiben Ihnen wieder.
notice-abo-erased = Es kommen keine Nachrichten mehr. Ihre Daten sind weg.

abo-confirm-subject = Bitte sagen Sie Ja: Neues aus { $site }
abo-confirm-text =
    Guten Tag,

    jemand will Nachrichten aus { $site } bestellen.
    Das Thema ist: { $what }.

    Waren Sie das?
    Dann öffnen Sie diesen Link. Sie haben 7 Tage Zeit.
    { $link }

    Waren Sie das nicht?
    Dann machen Sie nichts.
abo-link-subject = Ihre Nachrichten aus { $site }
abo-link-text =
    Guten Tag,

    hier sehen und ändern Sie Ihre Nachrichten von { $site }.
    { $link }

    Der Link ist geheim. Geben Sie ihn niemandem.
abo-mail-subject = { $count } Nachrichten aus { $site }
abo-mail-subject-one = Neu: { $title }
abo-mail-lead = Guten Tag. Das ist neu für Sie.
abo-mail-part-of = Das gehört zu:
abo-mail-why = Sie haben das bestellt:
abo-mail-more = Es gibt noch { $count } mehr. Sie stehen im Feed.
abo-mail-yours = Ihre Nachrichten
abo-mail-manage = Alles ansehen und ändern
abo-mail-leave = Das können Sie beenden:
abo-mail-leave-all = Alle Nachrichten beenden
abo-group-dialogue = Mit-machen
abo-group-decisions = Was der Rat entschieden hat
abo-group-undertakings = Pläne vom Ort
abo-group-papers = Papiere
abo-group-meetings = Sitzungen
abo-group-others = Mehr
abo-happened-published = Neu
abo-happened-first = Neu
abo-happened-changed = Anders als vorher
abo-happened-corrected = Ein Fehler ist weg
abo-happened-result = Das Ergebnis ist da
abo-happened-status = Es geht weiter
abo-happened-withdrawn = Das ist nicht mehr da
abo-happened-other = Es gibt Neues
abo-thing-paper = Ein Papier
abo-thing-meeting = Eine Sitzung
abo-thing-agenda_item = Ein Punkt aus einer Sitzung
abo-thing-decision = Ein Beschluss
abo-thing-undertaking = Ein Plan
abo-thing-process = Ein Verfahren
abo-thing-statement = Eine Stellungnahme
abo-thing-idea = Eine Idee
abo-thing-file = Eine Datei
abo-thing-organization = Eine Gruppe
abo-thing-other = Ein Thema von Ihnen
