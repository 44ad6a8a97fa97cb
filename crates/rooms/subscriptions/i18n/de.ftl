# Subscriptions: asking, confirming, looking after, leaving, and the mails.
# dynamic: abo-reason-*, abo-what-*, abo-frequency-*, abo-happened-*, abo-thing-*, abo-group-*, notice-*
abo-choose-heading = Neues abonnieren
abo-choose-lead = Sie sagen, was Sie angeht. Wir schreiben Ihnen, sobald es dazu Neues gibt.
abo-choose-word = Ein Wort oder eine Frage
abo-choose-word-label = Wonach sollen wir für Sie suchen?
abo-choose-word-hint = Zum Beispiel: Radweg, Kita, "sicherer Schulweg"
abo-choose-near = Alles in meiner Nähe
abo-choose-point = Adresse oder Punkt
abo-choose-point-hint = Adresse oder Breite und Länge, zum Beispiel 49.0069, 8.4037
abo-choose-radius = Umkreis in Metern
abo-choose-radius-hint = Von 1 bis 50.000, zum Beispiel 500
abo-choose-name = Name für diesen Ort
abo-choose-name-hint = So heißt das Abo in Ihrer Liste, zum Beispiel: meine Straße
abo-choose-go = Weiter
abo-choose-more = Gremien, Vorlagen, Vorgänge
abo-choose-more-lead = Auf der Seite eines Gremiums oder einer Vorlage steht »Abonnieren«.
abo-choose-committees = Alle Gremien
abo-choose-papers = Alle Vorlagen
abo-choose-lost = Meine Abos ansehen und ändern

abo-heading = Abonnieren
abo-email = E-Mail-Adresse
abo-email-hint = Sie bekommen zuerst eine E-Mail mit einem Link. Erst wenn Sie dort bestätigen, beginnt das Abo.
abo-frequency-legend = Wie oft?
abo-frequency-hint = Mehrere Abos kommen in einer E-Mail. Uhrzeit und Wochentag können Sie später ändern.
abo-frequency-at_once = Sofort per E-Mail
abo-frequency-daily = Täglich per E-Mail
abo-frequency-weekly = Wöchentlich per E-Mail
abo-frequency-feed = Nur als Feed, ohne E-Mail
abo-button = Abonnieren
abo-privacy = Ihre Adresse brauchen wir nur für diese E-Mails. Mit dem letzten Abo löschen wir sie.
abo-privacy-account = Die E-Mails gehen an die Adresse Ihres Kontos.
abo-reason-search = Suche „{ $name }“
abo-reason-committee = Gremium „{ $name }“
abo-reason-paper = Vorlage „{ $name }“
abo-reason-thread = Vorgang „{ $name }“
abo-reason-place = { $radius } m um „{ $name }“
abo-what-search = eine Suche
abo-what-committee = ein Gremium
abo-what-paper = eine Vorlage
abo-what-thread = einen Vorgang
abo-what-place = einen Ort

abo-sent-heading = Fast fertig: Sehen Sie in Ihr Postfach
abo-sent-lead = Wir haben an diese Adresse geschrieben. Öffnen Sie den Link in der E-Mail. Er gilt sieben Tage.
abo-sent-spam = Nach einigen Minuten nichts da? Sehen Sie im Ordner für Werbung nach, und prüfen Sie, ob die Adresse stimmt.
abo-sent-known = Haben Sie dieses Abo schon, führt der Link zu Ihren Abos. Ob eine Adresse bekannt ist, zeigen wir hier niemandem.
abo-lost-heading = Meine Abos
abo-lost-lead = Wir schicken Ihnen den Link, mit dem Sie Ihre Abos ansehen, ändern und beenden. Er steht auch in jeder E-Mail von uns.
abo-lost-button = Link schicken
abo-lost-account = Ich habe ein Konto
abo-confirm-heading = Abo bestätigen
abo-confirm-button = Ja, abonnieren
abo-confirm-otherwise = Haben Sie das nicht bestellt? Dann schließen Sie die Seite. Ohne Bestätigung löschen wir Ihre Adresse nach sieben Tagen.
abo-ended-heading = Dieser Link gilt nicht mehr
abo-ended-lead = Der Link ist zu alt oder wurde schon benutzt, oder das Abo ist beendet. Geändert wurde nichts.
abo-ended-lost = Den Link zu meinen Abos schicken lassen
abo-ended-new = Etwas abonnieren
abo-leave-heading = Abo beenden
abo-leave-button = Dieses Abo beenden
abo-leave-all-lead = Alle Abos dieser Adresse
abo-leave-all-button = Alle Abos beenden
abo-leave-manage = Meine Abos ansehen
abo-left-heading = Abgemeldet
abo-left-one = Dieses Abo ist beendet.
abo-left-all = Es gibt keine Abos mehr. Was wir dazu gespeichert hatten, ist gelöscht.

abo-own-heading = Meine Abos
abo-own-lead = Was Sie abonniert haben und wie oft Sie davon hören.
abo-own-lead-email = E-Mails gehen an { $email }.
abo-own-gone = Ihre Abos auf allen Seiten dieser Installation.
abo-own-list = Ihre Abos
abo-own-none = Sie haben noch nichts abonniert.
abo-own-change = Ändern
abo-own-remove = Abo beenden
abo-own-feed = Feed (Atom)
abo-own-calendar = Termine (iCalendar)
abo-own-feed-help = Die Adressen von Feed und Terminen sind geheim. Wer sie kennt, sieht, was Sie abonniert haben.
abo-own-new = Noch etwas abonnieren
abo-own-schedule = Wann die E-Mails kommen
abo-own-hour = Uhrzeit
abo-own-hour-hint = Für tägliche und wöchentliche E-Mails
abo-hour-choice = { $hour } Uhr
abo-own-weekday = Wochentag
abo-own-weekday-hint = Für wöchentliche E-Mails
abo-own-language = Sprache der E-Mails
abo-own-save = Speichern
abo-own-data = Ihre Daten
abo-own-data-lead = Sie können alles herunterladen, was wir zu Ihren Abos gespeichert haben, oder es löschen. Damit enden alle Abos.
abo-own-export = Meine Daten herunterladen (JSON)
abo-own-erase = Alle Abos beenden und Daten löschen
abo-paused-heading = Ihre E-Mails ruhen
abo-paused-bounced = Am { $day } kam eine E-Mail an Sie zurück. Prüfen Sie die Adresse und ob das Postfach voll ist. Was seitdem kam, schicken wir dann nach.
abo-paused-refused = Am { $day } hat der Mailserver Ihrer Adresse unsere E-Mail abgelehnt. Prüfen Sie die Adresse. Was seitdem kam, schicken wir dann nach.
abo-paused-button = E-Mails wieder schicken

abo-email-form = Schreiben Sie eine vollständige E-Mail-Adresse, zum Beispiel name@gemeinde.example
abo-frequency = Wählen Sie, wie oft wir Ihnen schreiben sollen
abo-hour = Wählen Sie eine Uhrzeit von 0 bis 23 Uhr
abo-weekday = Wählen Sie einen Wochentag
abo-target = Diese Adresse nennt nichts, was man abonnieren kann. Beginnen Sie mit einem der Formulare
abo-search-empty = Schreiben Sie, wonach wir suchen sollen
abo-near = Diesen Ort kennen wir nicht. Schreiben Sie eine Adresse oder Breite und Länge, und einen Umkreis von 1 bis 50.000 Metern
abo-too-many = Mehr als 100 Abos gehen nicht. Beenden Sie zuerst eines, das Sie nicht mehr brauchen

notice-abo-added = Das Abo ist eingerichtet.
notice-abo-confirmed = Das Abo ist bestätigt. Hier sehen Sie alle Ihre Abos.
notice-abo-changed = Gespeichert.
notice-abo-removed = Das Abo ist beendet.
notice-abo-resumed = Wir schreiben Ihnen wieder.
notice-abo-erased = Alle Abos sind beendet, die Daten dazu gelöscht.

abo-confirm-subject = Bitte bestätigen: Neues aus { $site }
abo-confirm-text =
    Guten Tag,

    jemand möchte unter dieser Adresse Neues aus { $site } abonnieren, und zwar zu: { $what }.

    Waren Sie das? Dann bestätigen Sie hier. Der Link gilt sieben Tage:
    { $link }

    Waren Sie es nicht? Dann tun Sie nichts. Sie bekommen keine weiteren E-Mails, und wir löschen Ihre Adresse.
abo-link-subject = Ihre Abos bei { $site }
abo-link-text =
    Guten Tag,

    hier sehen, ändern und beenden Sie Ihre Abos bei { $site }:
    { $link }

    Geben Sie diesen Link nicht weiter: Wer ihn hat, kann Ihre Abos ändern.
abo-mail-subject = { $count } Neuigkeiten aus { $site }
abo-mail-subject-one = Neu: { $title }
abo-mail-lead = Guten Tag, das ist neu zu dem, was Sie abonniert haben.
abo-mail-part-of = Gehört zu:
abo-mail-why = Weil Sie abonniert haben:
abo-mail-more = Und { $count } weitere. Sie stehen in den Feeds Ihrer Abos.
abo-mail-yours = Ihre Abos
abo-mail-manage = Alle Abos ansehen und ändern
abo-mail-leave = Ein Abo beenden:
abo-mail-leave-all = Alle Abos beenden
abo-group-dialogue = Mitmachen
abo-group-decisions = Beschlüsse und Umsetzung
abo-group-undertakings = Vorhaben
abo-group-papers = Vorlagen und Dateien
abo-group-meetings = Sitzungen
abo-group-others = Weiteres
abo-happened-published = Neu veröffentlicht
abo-happened-first = Neu
abo-happened-changed = Geändert
abo-happened-corrected = Berichtigt
abo-happened-result = Ergebnis
abo-happened-status = Neuer Stand
abo-happened-withdrawn = Zurückgezogen
abo-happened-other = Es hat sich etwas getan
abo-thing-paper = Eine Vorlage
abo-thing-meeting = Eine Sitzung
abo-thing-agenda_item = Ein Tagesordnungspunkt
abo-thing-decision = Ein Beschluss
abo-thing-undertaking = Ein Vorhaben
abo-thing-process = Ein Verfahren
abo-thing-statement = Eine Stellungnahme
abo-thing-idea = Eine Idee
abo-thing-file = Eine Datei
abo-thing-organization = Ein Gremium
abo-thing-other = Etwas, dem Sie folgen
