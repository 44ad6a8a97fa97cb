# Accounts: signing in, links, one's own account, and the administration of people and site.
# dynamic: role-*, notice-*
sign-in-heading = Anmelden
sign-in-lead = Sie können hier alles lesen. Dafür brauchen Sie kein Konto.
sign-in-button = Anmelden
sign-in-forgotten = Passwort vergessen
sign-in-no-account = Haben Sie noch kein Konto?
sign-in-no-account-help = Im Rathaus bekommen Sie ein Konto. Sie brauchen nur eine E-Mail-Adresse. Fragen Sie im Rathaus danach.
sign-in-wrong = Die E-Mail-Adresse oder das Passwort ist falsch. Schreiben Sie beides noch einmal. Oder holen Sie sich ein neues Passwort.

account-email = E-Mail-Adresse
account-email-hint = Damit melden Sie sich an. Nur das Rathaus sieht die Adresse.
account-password = Passwort
account-new-password = Neues Passwort
account-old-password = Altes Passwort
account-password-hint = Das Passwort braucht 10 Zeichen oder mehr. Tipp: Nehmen Sie mehrere Wörter.
account-name = Name
account-name-hint = Diesen Namen sehen andere Menschen.
account-language = Sprache
account-heading = Mein Konto
account-lead = Das ist Ihre E-Mail-Adresse: { $email }
account-roles = Das ist hier Ihre Aufgabe:
account-profile = Name und Sprache
account-save = Speichern
account-password-change = Neues Passwort
account-password-lead = Danach sind alle anderen Geräte ab-gemeldet.
account-password-button = Passwort ändern
account-sessions = Hier sind Sie an-gemeldet
account-sessions-lead = Kennen Sie ein Gerät nicht? Dann drücken Sie auf Beenden. Und nehmen Sie ein neues Passwort.
account-session = Angemeldet am { $began }. Zuletzt benutzt am { $seen }.
account-session-own = Hier sind Sie gerade
account-session-end = Beenden
account-session-end-label = Beenden: Gerät vom { $began }
account-sessions-end = Alle anderen Geräte ab-melden
account-personal = Zur Seite „{ $what }“
account-sign-out = Ab-melden
account-address-change = Neue E-Mail-Adresse
account-address-lead = Wir schicken eine E-Mail an die neue Adresse. Darin ist ein Link. Öffnen Sie den Link.
account-address-new = Neue E-Mail-Adresse
account-address-button = E-Mail schicken
address-heading = Das ist meine neue Adresse
address-lead = Ab jetzt melden Sie sich damit an: { $email }
address-password-hint = Schreiben Sie Ihr Passwort auf. So schützen wir Ihr Konto.
address-confirm = Ja, das ist meine Adresse
farewell-heading = Konto löschen
farewell-link = So löschen Sie Ihr Konto
farewell-lead = Danach ist Ihr Konto für immer weg.
farewell-goes = Das löschen wir
farewell-goes-account = Ihren Namen, Ihre E-Mail-Adresse und Ihr Passwort.
farewell-goes-roles = Ihre Aufgaben auf dieser Seite. Und auf anderen Seiten.
farewell-goes-sessions = Alle Geräte sind danach ab-gemeldet.
farewell-stays = Das bleibt
farewell-stays-acts = Ihre Arbeit im Rathaus bleibt auf der Seite. Ihr Name ist dann weg.
farewell-stays-mails = Wir schicken Ihnen noch eine E-Mail. Alte E-Mails löschen wir später.
farewell-stays-backups = Die Technik macht Kopien von der Seite. Darin bleibt Ihr Konto noch eine Zeit.
farewell-button = Konto für immer löschen
farewell-back = Zurück zum Konto
farewell-needed = Nur Sie betreuen diese Seite. Geben Sie die Aufgabe zuerst einem anderen Menschen.

forgotten-heading = Passwort vergessen
forgotten-lead = Wir schicken Ihnen eine E-Mail. Darin ist ein Link. Damit machen Sie ein neues Passwort. Der Link gilt eine Stunde.
forgotten-button = E-Mail schicken
forgotten-back = Zurück zum Anmelden
link-ended-heading = Der Link ist zu alt
link-ended-lead = Jeder Link gilt nur einmal. Und er gilt nur kurze Zeit. Es ist alles wie vorher.
link-ended-new = Einen neuen Link holen
link-ended-new-help = Wir schicken ihn an Ihre E-Mail-Adresse.
link-ended-sign-in-help = Haben Sie schon ein neues Passwort? Dann melden Sie sich an.
welcome-first-heading = Das erste Konto
welcome-first-lead = Mit diesem Konto betreuen Sie die Seite. Alles andere kommt danach.
welcome-heading = Willkommen
welcome-lead = Wie heißen Sie? Schreiben Sie Ihren Namen auf. Und wählen Sie ein Passwort.
welcome-button = Speichern und an-melden
reset-heading = Neues Passwort
reset-lead = Danach sind Sie hier an-gemeldet. Alle anderen Geräte sind dann ab-gemeldet.

email-form = Schreiben Sie die ganze E-Mail-Adresse. So sieht eine Adresse aus: name@gemeinde.example
email-taken = Zu dieser E-Mail-Adresse gibt es schon ein Konto. Nehmen Sie eine andere Adresse
email-same = Das ist schon Ihre Adresse. Schreiben Sie eine andere Adresse
person-name-length = Der Name braucht 2 bis 80 Zeichen
password-length = Das Passwort braucht 10 bis 200 Zeichen
password-own = Ihr Name oder Ihre Adresse ist zu leicht. Nehmen Sie ein anderes Passwort
password-common = Das Passwort nehmen viele Menschen. Nehmen Sie ein anderes Passwort
password-old-wrong = Das alte Passwort ist falsch. Schreiben Sie es noch einmal

notice-signed-out = Sie sind ab-gemeldet.
notice-reset-sent = Gibt es ein Konto mit dieser Adresse? Dann bekommen Sie jetzt eine E-Mail.
notice-password = Ihr neues Passwort gilt jetzt. Alle anderen Geräte sind ab-gemeldet.
notice-address-sent = Ist die neue Adresse frei? Dann bekommen Sie jetzt eine E-Mail.
notice-address = Ihre neue Adresse gilt jetzt. Alle anderen Geräte sind ab-gemeldet.
notice-farewell = Ihr Konto ist jetzt gelöscht.
notice-saved = Das ist jetzt gespeichert.
notice-sessions = Das Gerät ist jetzt ab-gemeldet.
notice-invited = Die Einladung kommt bald an.

role-resident = Sie wohnen hier
role-member = Sie sind Mitglied im Rat
role-editor = Sie schreiben Texte
role-moderator = Sie achten auf gute Gespräche
role-department = Sie arbeiten in einem Amt
role-clerk = Sie kümmern sich um Sitzungen
role-administrator = Sie betreuen die Seite
role-coordinator = Sie betreuen das Netzwerk

mail-reset-subject = Neues Passwort für { $site }
mail-reset-text =
    Guten Tag.

    Sie möchten ein neues Passwort. Öffnen Sie diesen Link:
    { $link }
    Der Link gilt eine Stunde. Er gilt nur einmal.

    Sie möchten kein neues Passwort? Dann tun Sie nichts.

    { $site }
mail-invitation-subject = Ihr Konto bei { $site }
mail-invitation-text =
    Guten Tag.

    Das Rathaus hat ein Konto für Sie gemacht. Öffnen Sie diesen Link:
    { $link }
    Dann wählen Sie ein Passwort. Der Link gilt 7 Tage. Er gilt nur einmal.

    { $site }
mail-welcome-subject = Ihr Konto gilt jetzt für { $site }
mail-welcome-text =
    Guten Tag.

    Ihr Konto gilt jetzt auch für { $site }. Hier melden Sie sich an:
    { $link }
    Ihr Passwort bleibt gleich.

    { $site }
mail-changed-subject = Ihr Passwort ist neu
mail-changed-text =
    Guten Tag.

    Jemand hat Ihr Passwort für { $site } neu gemacht.
    Waren Sie das? Dann ist alles gut.
    Waren Sie das nicht? Dann machen Sie sofort ein neues Passwort:
    { $link }

    { $site }
mail-address-subject = Ihre neue Adresse für { $site }
mail-address-text =
    Guten Tag,

    ist das Ihre neue E-Mail-Adresse? Dann öffnen Sie diesen Link. Sie brauchen Ihr Passwort. Der Link gilt eine Stunde.
    { $link }

    Kennen Sie das Konto nicht? Dann löschen Sie diese E-Mail.

    { $site }
mail-address-changed-subject = Sie haben eine neue Adresse
mail-address-changed-text =
    Guten Tag,

    Ihr Konto hat jetzt eine neue E-Mail-Adresse. Das ist die letzte E-Mail an die alte Adresse.
    Waren das andere Menschen? Dann rufen Sie im Rathaus an. Die Nummer steht hier:
    { $link }

    { $site }
mail-farewell-subject = Ihr Konto ist gelöscht
mail-farewell-text =
    Guten Tag,

    Ihr Konto ist jetzt gelöscht. Das ist unsere letzte E-Mail an Sie.
    Waren das andere Menschen? Dann rufen Sie im Rathaus an. Die Nummer steht hier:
    { $link }

    { $site }

