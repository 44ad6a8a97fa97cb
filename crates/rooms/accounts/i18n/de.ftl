# Accounts: signing in, links, one's own account, and the administration of people and site.
# dynamic: role-*, notice-*
sign-in-heading = Anmelden
sign-in-lead = Lesen können Sie alles ohne Anmeldung.
sign-in-button = Anmelden
sign-in-forgotten = Passwort vergessen
sign-in-no-account = Sie haben noch kein Konto?
sign-in-no-account-help = Legen Sie sich eines an. Sie brauchen nur eine E-Mail-Adresse, und Ihr öffentlicher Name darf erfunden sein.
sign-in-wrong = E-Mail-Adresse und Passwort passen nicht zusammen. Prüfen Sie beides, oder lassen Sie sich einen Link zum Anmelden schicken.

account-email = E-Mail-Adresse
account-email-hint = Damit melden Sie sich an. Öffentlich steht sie nirgends.
account-password = Passwort
account-new-password = Neues Passwort
account-old-password = Bisheriges Passwort
account-password-hint = Mindestens 10 Zeichen. Mehrere Wörter sind gut zu merken und schwer zu erraten.
account-name = Name
account-name-hint = So sehen andere Sie hier.
account-language = Sprache
account-heading = Mein Konto
account-lead = Sie sind angemeldet als { $email }.
account-roles = Ihre Rollen hier:
account-profile = Name und Sprache
account-save = Speichern
account-password-change = Passwort ändern
account-password-lead = Danach sind alle anderen Geräte abgemeldet.
account-password-button = Passwort ändern
account-sessions = Wo Sie angemeldet sind
account-sessions-lead = Erkennen Sie eine Anmeldung nicht wieder? Beenden Sie sie und ändern Sie Ihr Passwort.
account-session = Angemeldet am { $began }, zuletzt benutzt am { $seen }.
account-session-own = dieses Gerät
account-session-end = Beenden
account-session-end-label = Anmeldung vom { $began } beenden
account-sessions-end = Alle anderen beenden
account-sign-out = Abmelden
account-address-change = E-Mail-Adresse ändern
account-address-lead = Wir schicken einen Link an die neue Adresse. Bis Sie ihn öffnen, bleibt alles, wie es ist.
account-address-new = Neue E-Mail-Adresse
account-address-button = Link schicken
address-heading = Neue E-Mail-Adresse bestätigen
address-lead = Künftig melden Sie sich mit { $email } an.
address-password-hint = Das Passwort Ihres Kontos. So ändert niemand sonst Ihre Adresse.
address-confirm = Adresse bestätigen
farewell-heading = Konto löschen
farewell-link = Was das bedeutet, und wie es geht
farewell-lead = Ein gelöschtes Konto lässt sich nicht zurückholen.
farewell-goes = Das ist danach weg
farewell-goes-account = Ihr Name, Ihre E-Mail-Adresse, Ihr Passwort, Ihre Passkeys und die Verbindungen zu anderen Konten.
farewell-goes-roles = Ihre Rollen und Ämter, auch auf anderen Seiten dieser Installation.
farewell-stays = Das bleibt
farewell-stays-mails = Eine letzte E-Mail bestätigt Ihnen das Löschen. Wir löschen sie nach einigen Wochen.
farewell-stays-backups = In Sicherungskopien bleibt das Konto, bis die Technik sie wegwirft.
farewell-button = Konto endgültig löschen
farewell-back = Zurück zum Konto
farewell-needed = Sie sind die einzige Person, die eine Seite verwalten kann. Geben Sie zuerst einem anderen Menschen die Administration.

register-heading = Konto anlegen und mitmachen
register-lead = Mit einem Konto machen Sie Vorschläge, nehmen Stellung und erfahren, was daraus wird. Ein Passwort brauchen Sie nicht: Wir schicken Ihnen einen Link.
register-name = Öffentlicher Name
register-name-hint = Er steht bei allem, was Sie hier beitragen. Er darf erfunden sein, und Sie können ihn später ändern.
register-email-hint = Dorthin geht der Link. Öffentlich steht sie nirgends.
register-button = Link schicken
register-have-one = Ich habe schon ein Konto
register-what = Gut zu wissen
register-what-see = Andere sehen nur Ihren öffentlichen Namen.
register-what-keep = Wir behalten Namen, E-Mail-Adresse und Sprache. Ohne Ihre Bestätigung löschen wir alles nach einem Tag.
register-what-leave = Sie können jederzeit Ihre Daten herunterladen und das Konto löschen.
register-offline = Ohne E-Mail oder Internet geht es auch: Fragen Sie im Rathaus.
sent-register-heading = Noch ein Schritt: Ihr Postfach
sent-heading = Sehen Sie in Ihr Postfach
sent-register-lead = Wir haben Ihnen eine E-Mail geschickt. Öffnen Sie den Link darin. Er gilt einen Tag.
sent-sign-in-lead = Wenn die Adresse ein Konto hat, ist jetzt eine E-Mail mit einem Link unterwegs. Er gilt eine Stunde und nur einmal.
sent-nothing = Es kommt nichts an?
sent-nothing-help = Sehen Sie auch bei unerwünschter Post nach. Prüfen Sie, ob die Adresse stimmt, und versuchen Sie es noch einmal.
sent-on = Zur Startseite
sent-on-help = Sie können dieses Fenster auch schließen: Der Link führt Sie dorthin zurück, wo Sie mitmachen wollten.
confirm-heading = Konto anlegen
confirm-lead = Ein Druck fehlt noch, dann gehört das Konto für { $email } Ihnen und Sie sind angemeldet.
confirm-button = Konto anlegen
let-in-heading = Anmelden
let-in-lead = Sie melden sich als { $email } an.
sign-in-by-link = Link per E-Mail schicken
sign-in-password-hint = Ohne Passwort geht es auch: mit einem Link, den wir Ihnen schicken.

given-heading = Was ich beigetragen habe
given-lead = Alles, was Sie hier gegeben haben, und was daraus wurde.
given-none = Hier steht, was Sie beitragen, und was daraus wird. Noch ist es nichts.
given-all = Alle meine Beiträge
given-older = Ältere
given-pages = Weitere Beiträge
given-about = { $kind } vom { $date }
given-answer = Antwort vom { $date }:
given-answer-whole = ganz lesen
followed-heading = Was ich verfolge
followed-none = Noch nichts. Auf Seiten von Vorlagen, Gremien, Orten und Suchen steht „Abonnieren“.
own-data-heading = Meine Daten
own-data-lead = Alles, was wir über Sie gespeichert haben, in einer Datei zum Mitnehmen.
own-data-link = Was darin steht, und herunterladen
own-data-account = Ihr Konto: Name, Adresse, Sprache, Rollen, wie und wo Sie angemeldet sind.
own-data-given = Was Sie beigetragen und abonniert haben, auf allen Seiten dieser Installation.
own-data-mails = E-Mails der letzten Wochen an Sie.
own-data-others = Nicht darin: Passwort, geheime Links und was andere über sich selbst gesagt haben.
own-data-button = Meine Daten herunterladen
own-data-form = Die Datei ist JSON: Programme können sie lesen, und Menschen auch.
account-password-first = Passwort einrichten
account-password-first-lead = Sie melden sich mit einem Link an. Wenn Sie lieber ein Passwort haben, schicken wir Ihnen einen Link dafür.
account-address-needs-password = Richten Sie zuerst ein Passwort ein. So ändert niemand sonst Ihre Adresse.
farewell-data-first = Vorher meine Daten herunterladen
farewell-again = Zuerst noch einmal anmelden
farewell-again-help = So löscht niemand sonst Ihr Konto, wenn ein Gerät offen steht. Wir schicken einen Link an { $email }; er führt hierher zurück.
proof-again-first = Melden Sie sich zuerst noch einmal mit einem Link an
farewell-yes = Ja, ich will mein Konto löschen
farewell-yes-missing = Kreuzen Sie an, dass Sie Ihr Konto löschen wollen

extern-heading = Mit einem anderen Konto
extern-help = Wenn Sie dort schon ein Konto haben. Ihr Passwort bleibt dort; wir erfahren es nicht.
extern-fault-heading = Die Anmeldung hat nicht geklappt
extern-fault-nothing = Gespeichert und geändert wurde nichts.
extern-fault-ended = Die Anmeldung hat zu lange gedauert, oder die Antwort wurde schon einmal benutzt. Fangen Sie noch einmal an, in diesem Browser.
extern-fault-cancelled = Sie haben die Anmeldung dort abgebrochen. Sie können es noch einmal versuchen oder sich anders anmelden.
extern-fault-away = Der Dienst, bei dem Sie Ihr Konto haben, antwortet gerade nicht. Versuchen Sie es später, oder melden Sie sich anders an.
extern-fault-blocked = Mit diesem Konto können Sie sich hier nicht anmelden. Fragen Sie im Rathaus.
extern-fault-answer = Die Antwort des Dienstes passt nicht zu unserer Anfrage. Versuchen Sie es noch einmal. Bleibt es dabei, sagen Sie bitte im Rathaus Bescheid und melden sich anders an.
extern-fault-again = Noch einmal versuchen
extern-fault-again-help = Dort wählen Sie den Dienst noch einmal oder einen anderen Weg. Die alte Antwort gilt nicht mehr.
extern-fault-code = Für das Rathaus, falls Sie nachfragen:
extern-leave-heading = Sie sind hier abgemeldet
extern-leave-lead = Bei dem Dienst, mit dem Sie sich angemeldet haben, sind Sie es noch. An einem fremden Gerät melden Sie sich auch dort ab.
extern-leave-button = Auch dort abmelden
extern-leave-stay = Zur Startseite
extern-new-heading = Willkommen
extern-new-lead = Sie haben sich als { $label } ausgewiesen. Ein Konto haben Sie hier damit noch nicht: Wählen Sie einen Namen.
extern-new-email = Ihr Konto bekommt die Adresse { $email }. Öffentlich steht sie nirgends.
extern-have-one-help = Melden Sie sich damit an. Danach verbinden Sie beide Konten mit einem Druck.
extern-first-lead = Sie haben sich als { $label } ausgewiesen. Für ein neues Konto fehlt uns eine bestätigte E-Mail-Adresse, die hier noch frei ist.
extern-first-sign-in = Ich habe hier schon ein Konto
extern-first-sign-in-help = Melden Sie sich an. Danach verbinden Sie beide Konten mit einem Druck.
extern-first-register = Ich habe hier noch keines
extern-first-register-help = Legen Sie ein Konto mit Ihrer E-Mail-Adresse an. Danach verbinden Sie beide.
extern-link-heading = Konten verbinden
extern-link-lead = Wer sich dort als { $label } anmeldet, kommt künftig in Ihr Konto { $email }.
extern-link-button = Konten verbinden
extern-link-not = Nicht verbinden
extern-email-taken = Diese E-Mail-Adresse hat hier inzwischen ein Konto. Melden Sie sich damit an und verbinden Sie beide
extern-taken = Dieses Konto ist schon mit einem anderen Konto hier verbunden. Lösen Sie die Verbindung zuerst dort
proof-password-hint = Das Passwort Ihres Kontos hier. So ändert niemand sonst, wie man hineinkommt.
proof-again-help = Melden Sie sich zuerst noch einmal an, damit das niemand sonst tut, wenn ein Gerät offen steht. Wir schicken einen Link an { $email }; er führt hierher zurück.

passkey-heading = Mit einem Passkey
passkey-help = Ihr Gerät erkennt Sie an Fingerabdruck, Gesicht oder PIN. Das alles bleibt auf dem Gerät.
passkey-sign-in = Mit Passkey anmelden
passkey-failed = Das Gerät hat nicht zugestimmt. Versuchen Sie es noch einmal, oder nehmen Sie einen anderen Weg.
passkey-needs-script = Einen Passkey richten Sie in einem Browser mit JavaScript und einer sicheren Verbindung ein.
passkey-name = Name für den neuen Passkey
passkey-name-hint = Woran Sie ihn erkennen, zum Beispiel »Mein Telefon«. Nur Sie sehen ihn.
passkey-add = Passkey einrichten
passkey-late = Das hat zu lange gedauert, oder die Antwort wurde schon benutzt. Drücken Sie gleich noch einmal
passkey-wrong = Diesen Passkey kennen wir hier nicht, oder seine Antwort stimmt nicht. Melden Sie sich anders an
passkey-copied = Dieser Passkey wurde vielleicht kopiert. Melden Sie sich anders an und entfernen Sie ihn in Ihrem Konto
passkey-kept = Dieser Passkey ist schon eingerichtet
passkey-too-many = Mehr als 20 Passkeys gehen nicht. Entfernen Sie zuerst einen
passkey-name-length = Geben Sie dem Passkey einen Namen mit 1 bis 60 Zeichen

ways-heading = Wie ich mich anmelde
ways-lead = Mit Link, Passwort, Passkey oder einem anderen Konto: Sie entscheiden, was in Ihr Konto führt.
ways-link = Ansehen und ändern
ways-always = E-Mail und Passwort
ways-link-by-mail = Ein Link an { $email } führt immer hinein.
ways-password = Sie haben ein Passwort.
ways-no-password = Sie haben kein Passwort.
ways-password-link = Passwort einrichten oder ändern
ways-passkeys = Passkeys
ways-passkeys-lead = Ein Passkey ist ein Schlüssel auf Ihrem Gerät. Niemand kann ihn erraten oder auf einer falschen Seite abfragen.
ways-since = Eingerichtet am { $since }, noch nicht benutzt.
ways-since-used = Eingerichtet am { $since }, zuletzt benutzt am { $used }.
ways-remove = Entfernen
ways-remove-label = { $name } entfernen
ways-identities = Andere Konten
ways-identities-lead = Mit diesen Konten kommen Sie auch hier hinein.
ways-connect = Verbinden: { $button }

forgotten-heading = Passwort vergessen
forgotten-lead = Wir schicken Ihnen einen Link, mit dem Sie ein neues Passwort setzen. Er gilt eine Stunde.
forgotten-button = Link schicken
forgotten-back = Zurück zum Anmelden
link-ended-heading = Dieser Link gilt nicht mehr
link-ended-lead = Jeder Link gilt nur einmal und nur eine begrenzte Zeit. Geändert wurde nichts.
link-ended-new = Neuen Link schicken lassen
link-ended-new-help = An die E-Mail-Adresse Ihres Kontos.
link-ended-sign-in-help = Wenn Sie Ihr Passwort schon gesetzt haben.
welcome-first-heading = Das erste Konto
welcome-first-lead = Mit diesem Konto verwalten Sie die Seite. Alles andere richten Sie danach ein.
welcome-heading = Willkommen
welcome-lead = Sagen Sie uns, wie Sie heißen, und wählen Sie ein Passwort.
welcome-button = Speichern und anmelden
reset-heading = Neues Passwort
reset-lead = Danach sind Sie hier angemeldet und auf allen anderen Geräten abgemeldet.

email-form = Schreiben Sie eine vollständige E-Mail-Adresse, zum Beispiel name@gemeinde.example
email-taken = Diese E-Mail-Adresse hat schon ein Konto. Nehmen Sie eine andere
email-same = Das ist schon Ihre Adresse. Nennen Sie eine andere
person-name-length = Schreiben Sie einen Namen mit 2 bis 80 Zeichen
person-name-house = So heißt hier nur das Rathaus. Nehmen Sie einen anderen Namen
password-length = Wählen Sie ein Passwort mit 10 bis 200 Zeichen
password-own = Wählen Sie ein Passwort, das nicht Ihr Name oder Ihre Adresse ist
password-common = Dieses Passwort probieren alle zuerst. Wählen Sie ein anderes
password-old-wrong = Schreiben Sie Ihr bisheriges Passwort noch einmal

notice-signed-out = Sie sind abgemeldet.
notice-reset-sent = Wenn die Adresse ein Konto hat, ist jetzt eine E-Mail mit einem Link unterwegs.
notice-registered = Willkommen! Ihr Konto ist angelegt, und Sie sind angemeldet.
notice-first-password = Eine E-Mail mit einem Link für Ihr Passwort ist unterwegs.
notice-password = Ihr Passwort ist gesetzt. Alle anderen Geräte sind abgemeldet.
notice-address-sent = Wenn die neue Adresse noch frei ist, ist jetzt eine E-Mail mit einem Link unterwegs.
notice-address = Ihre neue E-Mail-Adresse gilt. Alle anderen Geräte sind abgemeldet.
notice-farewell = Ihr Konto ist gelöscht.
notice-linked = Die Konten sind verbunden.
notice-passkey = Der Passkey ist eingerichtet.
notice-way-gone = Entfernt. Alle anderen Geräte sind abgemeldet.
notice-saved = Gespeichert.
notice-sessions = Die Anmeldung ist beendet.
notice-invited = Die Einladung ist unterwegs.

role-resident = Einwohnerin oder Einwohner
role-member = Mitglied im Rat oder in einem Gremium
role-editor = Redaktion
role-moderator = Moderation
role-department = Fachamt
role-clerk = Sitzungsdienst
role-administrator = Administration
role-coordinator = Koordination im Netzwerk

mail-sign-in-subject = Anmelden bei { $site }
mail-sign-in-text =
    Guten Tag,

    mit diesem Link melden Sie sich an. Er gilt eine Stunde und nur einmal:
    { $link }

    Haben Sie das nicht verlangt? Dann tun Sie nichts: Ihr Konto bleibt, wie es ist.

    { $site }
mail-register-subject = Ihr Konto bei { $site }
mail-register-text =
    Guten Tag,

    schön, dass Sie mitmachen wollen. Mit diesem Link legen Sie Ihr Konto an. Er gilt einen Tag:
    { $link }

    Haben Sie das nicht verlangt? Dann tun Sie nichts: Nach einem Tag ist alles gelöscht.

    { $site }
mail-reset-subject = Neues Passwort für { $site }
mail-reset-text =
    Guten Tag,

    mit diesem Link setzen Sie ein neues Passwort. Er gilt eine Stunde und nur einmal:
    { $link }

    Haben Sie das nicht verlangt? Dann tun Sie nichts: Ihr Passwort bleibt, wie es ist.

    { $site }
mail-invitation-subject = Ihr Konto bei { $site }
mail-invitation-text =
    Guten Tag,

    das Rathaus hat ein Konto für Sie eingerichtet. Mit diesem Link wählen Sie ein Passwort. Er gilt sieben Tage und nur einmal:
    { $link }

    { $site }
mail-welcome-subject = Neue Rechte bei { $site }
mail-welcome-text =
    Guten Tag,

    Ihr Konto gilt jetzt auch für { $site }. Melden Sie sich mit Ihrem Passwort an:
    { $link }

    { $site }
mail-changed-subject = Ihr Passwort wurde geändert
mail-changed-text =
    Guten Tag,

    das Passwort Ihres Kontos bei { $site } wurde gerade geändert.
    Waren Sie das nicht? Dann setzen Sie sofort ein neues:
    { $link }

    { $site }
mail-address-subject = Neue E-Mail-Adresse für { $site }
mail-address-text =
    Guten Tag,

    mit diesem Link wird dies die Adresse Ihres Kontos. Er gilt eine Stunde. Sie brauchen dazu Ihr Passwort:
    { $link }

    Sie haben das nicht gewollt? Dann tun Sie nichts. Vielleicht hat sich jemand bei der Adresse vertippt.

    { $site }
mail-address-changed-subject = Ihre E-Mail-Adresse wurde geändert
mail-address-changed-text =
    Guten Tag,

    Ihr Konto bei { $site } hat jetzt eine andere E-Mail-Adresse. An diese hier schreiben wir nicht mehr.
    Sie waren das nicht? Dann rufen Sie bitte gleich im Rathaus an. Anschrift und Telefon stehen hier:
    { $link }

    { $site }
mail-farewell-subject = Ihr Konto ist gelöscht
mail-farewell-text =
    Guten Tag,

    Ihr Konto bei { $site } ist gelöscht, wie Sie es wollten. Das ist die letzte Nachricht an diese Adresse.
    Sie waren das nicht? Dann rufen Sie bitte gleich im Rathaus an. Anschrift und Telefon stehen hier:
    { $link }

    { $site }

admin-heading = Verwaltung
admin-lead = Was Sie hier tun dürfen.
admin-empty = Ihre Rollen erlauben hier noch nichts. Wer die Seite betreut, kann Ihnen Rollen geben.
admin-account-help = Name, Sprache, Passwort, angemeldete Geräte.
admin-save = Speichern
admin-sideways = Die Tabelle lässt sich seitlich verschieben.

admin-people = Menschen
admin-people-help = Einladen, Rollen geben, sperren.
admin-people-lead = Wer auf dieser Seite eine Rolle hat.
admin-people-caption = Konten auf dieser Seite
admin-people-more = Weitere Menschen
admin-people-first = Zum Anfang
admin-people-next = Weitere Menschen
admin-person-name = Name
admin-person-nameless = Noch ohne Namen
admin-person-roles = Rollen
admin-person-state = Stand
admin-person-blocked = gesperrt
admin-person-invited = eingeladen
admin-person-active = aktiv
admin-person-elsewhere = Dieser Mensch hat auch auf einer anderen Seite Rollen. Das geht deshalb nicht von hier aus. Nehmen Sie ihm hier die Rollen, oder schicken Sie die Einladung per E-Mail.
admin-roles-hint = Ändern sich die Rollen, muss sich dieser Mensch neu anmelden.
admin-last = Jemand muss die Seite verwalten können. Geben Sie zuerst einem anderen Menschen die Administration.
admin-already-here = Dieser Mensch steht schon in der Liste. Ändern Sie dort die Rollen.
admin-invite = Einladen
admin-invite-email-hint = Hat die Adresse schon ein Konto, bekommt es hier die Rollen.
admin-invite-language = Sprache der Einladung
admin-invite-way = Wie soll die Einladung ankommen?
admin-invite-mail = per E-Mail
admin-invite-paper = als Link zum Ausdrucken
admin-invite-button = Einladen
admin-link-heading = Link zum Übergeben
admin-link-lead = Für { $email }. Wir zeigen ihn nur dieses eine Mal.
admin-link-help = Wer den Link hat, kann dieses Konto übernehmen. Geben Sie ihn nur persönlich weiter. Er gilt nur einmal.
admin-link-reset-help = Für jemanden, der das Passwort vergessen hat und vor Ihnen steht. Der Link gilt eine Stunde.
admin-link-invite-help = Die Einladung noch einmal, zum Ausdrucken. Der Link gilt sieben Tage, frühere gelten nicht mehr.
admin-link-button = Link machen
admin-block-heading = Sperren
admin-block-help = Wer gesperrt ist, ist sofort überall abgemeldet und kann sich nicht mehr anmelden. Was der Mensch geschrieben hat, bleibt.
admin-block = Sperren
admin-unblock = Wieder zulassen

admin-site = Diese Seite
admin-site-help = Name, Adresse, Farben, Logo, Texte.
admin-site-lead = Wie die Seite heißt, wie sie aussieht und unter welchen Adressen sie antwortet.
admin-site-name = Name der Seite
admin-site-name-hint = Zum Beispiel »Gemeinde Musterau«. Er steht auf jeder Seite.
admin-site-address = Adresse
admin-site-address-hint = Mit https:// und ohne etwas danach. Alle Verweise nach außen beginnen damit; ändern Sie sie nur, wenn die Seite umzieht.
admin-site-kind = Art
admin-site-zone = Zeitzone
admin-kind-municipality = Gemeinde, Stadt oder Kreis
admin-kind-district = Ortsteil oder Bezirk
admin-kind-network = Netzwerk mehrerer Gemeinden
admin-colour = Akzentfarbe
admin-colour-hint = Sie wählen Farbton und Kraft. Wie hell oder dunkel die Farbe ist, bestimmt die Seite, damit alles lesbar bleibt.
admin-hue = Farbton, 0 bis 359
admin-chroma = Kraft, 0 bis 150
admin-colour-preview = Farbe ansehen
admin-colour-preview-alt = So sieht die Akzentfarbe aus: als Fläche, als Knopf und als Linie
admin-logo = Logo
admin-logo-alt = Das jetzige Logo
admin-logo-file = Datei
admin-logo-hint = PNG, JPEG oder WebP, höchstens 512 Kilobyte. Gut sind 160 mal 168 Punkte.
admin-logo-save = Logo speichern
admin-logo-remove = Logo wegnehmen
admin-logo-size = Das Logo ist größer als 512 Kilobyte. Verkleinern Sie das Bild
admin-logo-svg = SVG nehmen wir nicht an, weil darin Programme stecken können. Speichern Sie das Logo als PNG
admin-logo-kind = Wählen Sie ein Bild als PNG, JPEG oder WebP
admin-extern = Anmelden mit anderem Konto
admin-extern-lead = Menschen melden sich mit einem Konto an, das sie schon haben: bei einem Keycloak der Verwaltung oder, über einen Vermittler, mit BundID. Der Dienst spricht OpenID Connect.
admin-extern-issuer = Adresse des Dienstes (Issuer)
admin-extern-issuer-hint = Zum Beispiel https://anmelden.gemeinde.example/realms/buerger. Genau so, wie der Dienst sich selbst nennt.
admin-extern-client = Kennung dieser Seite dort (Client-ID)
admin-extern-client-hint = Unter diesem Namen kennt der Dienst diese Seite.
admin-extern-secret = Geheimnis (Client-Secret)
admin-extern-secret-hint = Wir bewahren es verschlüsselt auf. Leer, wenn der Dienst keines vergibt.
admin-extern-secret-kept = Eines ist aufbewahrt. Leer lassen behält es, solange die Adresse des Dienstes bleibt.
admin-extern-button = Aufschrift des Knopfes
admin-extern-button-hint = Zum Beispiel »Mit BundID anmelden«. So steht es auf der Seite zum Anmelden, in jeder Sprache.
admin-extern-claims = Was wir uns merken (Claims)
admin-extern-claims-hint = Zum Beispiel wohnort, mit Komma getrennt und höchstens zehn. In einem Verfahren kann davon abhängen, wer mitmacht. Was nicht hier steht, vergessen wir sofort.
claims-names = Schreiben Sie höchstens zehn Namen, jeden ohne Leerzeichen und mit höchstens 200 Zeichen
admin-extern-save = Prüfen und speichern
admin-extern-there = Das tragen Sie beim Dienst ein
admin-extern-there-lead = Der Dienst schickt Menschen nur an Adressen zurück, die er kennt.
admin-extern-back = Nach dem Anmelden (Redirect-URI)
admin-extern-after = Nach dem Abmelden (Post-Logout-Redirect-URI)
admin-extern-remove = Dienst wegnehmen
admin-extern-remove-help = Der Knopf verschwindet. Konten bleiben; ihre Menschen melden sich mit einem Link per E-Mail an.
admin-extern-issuer-form = Schreiben Sie eine Adresse mit https:// und ohne Fragezeichen, höchstens 250 Zeichen
admin-extern-client-form = Schreiben Sie die Kennung mit 1 bis 250 Zeichen
admin-extern-secret-form = Das Geheimnis hat höchstens 200 Zeichen in einer Zeile
admin-extern-button-form = Schreiben Sie eine Aufschrift mit 1 bis 60 Zeichen
admin-extern-away = Unter dieser Adresse antwortet kein Dienst. Prüfen Sie die Adresse; steht der Dienst im eigenen Netz, muss die Technik das erlauben (sign_in.allow_private)
admin-extern-other-issuer = Der Dienst nennt sich selbst anders. Übernehmen Sie seine Adresse Zeichen für Zeichen, auch einen Schrägstrich am Ende
admin-extern-description = Der Dienst antwortet, beschreibt sich aber nicht so, wie OpenID Connect es verlangt
admin-hosts = Weitere Adressen
admin-hosts-lead = Unter diesen Namen antwortet die Seite. Der Name muss auf diesen Server zeigen.
admin-host = Name
admin-host-hint = Zum Beispiel www.gemeinde.example
admin-host-add = Hinzufügen
admin-host-remove = Wegnehmen
admin-host-remove-label = { $host } wegnehmen
admin-host-form = Schreiben Sie nur den Namen, zum Beispiel www.gemeinde.example
admin-host-taken = Unter diesem Namen antwortet schon eine Seite dieser Installation
admin-host-main = Diesen Namen braucht die Adresse der Seite. Ändern Sie zuerst die Adresse
admin-texts = Texte der Seite
admin-texts-lead = Fehlt ein Text in einer Sprache, steht dort der deutsche.
admin-texts-language = Sprache der Texte
admin-texts-missing = { $count ->
    [one] Ein Text fehlt in dieser Sprache noch.
   *[other] { $count } Texte fehlen in dieser Sprache noch.
  }
admin-text-question = Frage auf der Startseite
admin-text-question-hint = Ein Satz, der zum Lesen einlädt.
admin-text-promise = Versprechen darunter
admin-text-promise-hint = Ein oder zwei Sätze.
admin-text-town-hall = Rathaus
admin-text-town-hall-hint = Anschrift, Telefon und Öffnungszeiten, jede Angabe in einer Zeile. Steht unten auf jeder Seite.
admin-text-imprint = Impressum
admin-text-privacy = Datenschutz
admin-text-accessibility = Barrierefreiheit
admin-text-markdown = Überschriften beginnen mit ##, Aufzählungen mit einem Strich.
