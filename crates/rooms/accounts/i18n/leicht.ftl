# Accounts: signing in, links, one's own account, and the administration of people and site.
# dynamic: role-*, notice-*
sign-in-heading = Anmelden
sign-in-lead = Sie können hier alles lesen. Dafür brauchen Sie kein Konto.
sign-in-button = Anmelden
sign-in-forgotten = Passwort vergessen
sign-in-no-account = Haben Sie noch kein Konto?
sign-in-no-account-help = Hier bekommen Sie ein Konto. Sie brauchen nur eine E-Mail-Adresse. Sie können einen Namen erfinden.
sign-in-wrong = Die E-Mail-Adresse oder das Passwort ist falsch. Schreiben Sie beides noch einmal. Oder wir schicken Ihnen einen Link.

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
farewell-goes-account = Ihren Namen und Ihre E-Mail-Adresse. Ihr Passwort und Ihre Passkeys.
farewell-goes-roles = Ihre Aufgaben auf dieser Seite. Und auf anderen Seiten.
farewell-stays = Das bleibt
farewell-stays-mails = Wir schicken Ihnen noch eine E-Mail. Diese E-Mail löschen wir später.
farewell-stays-backups = Die Technik macht Kopien von der Seite. Darin bleibt Ihr Konto noch eine Zeit.
farewell-button = Konto für immer löschen
farewell-back = Zurück zum Konto
farewell-needed = Nur Sie betreuen diese Seite. Geben Sie die Aufgabe zuerst einem anderen Menschen.

register-heading = Machen Sie mit
register-lead = Mit einem Konto können Sie Vorschläge machen. Und Sie können Ihre Meinung sagen. Wir sagen Ihnen dann: Das ist passiert. Sie brauchen kein Passwort. Wir schicken Ihnen einen Link.
register-name = Ihr Name auf dieser Seite
register-name-hint = Alle Menschen sehen diesen Namen. Sie können einen Namen erfinden. Sie können den Namen später ändern.
register-email-hint = Wir schicken den Link an diese Adresse. Andere Menschen sehen die Adresse nie.
register-button = Link schicken
register-have-one = Ich habe schon ein Konto
register-what = Das ist wichtig
register-what-see = Andere Menschen sehen nur diesen Namen.
register-what-keep = Wir speichern Name, Adresse und Sprache. Öffnen Sie den Link an diesem Tag. Sonst löschen wir alles.
register-what-leave = Sie können Ihr Konto immer löschen. Und Sie können Ihre Daten laden.
register-offline = Haben Sie keine E-Mail? Dann fragen Sie im Rathaus.
sent-register-heading = Noch ein Schritt
sent-heading = Öffnen Sie Ihre E-Mails
sent-register-lead = Sie bekommen eine E-Mail von uns. Darin ist ein Link. Öffnen Sie den Link. Der Link gilt einen Tag.
sent-sign-in-lead = Haben Sie ein Konto? Dann bekommen Sie jetzt eine E-Mail. Darin ist ein Link. Der Link gilt eine Stunde.
sent-nothing = Es kommt keine E-Mail?
sent-nothing-help = Vielleicht ist die E-Mail im Spam. Vielleicht war die Adresse falsch. Versuchen Sie es noch einmal.
sent-on = Zur Start-Seite
sent-on-help = Sie können das Fenster schließen. Der Link bringt Sie wieder zurück.
confirm-heading = Ihr Konto
confirm-lead = Drücken Sie auf den Knopf. Dann haben Sie ein Konto für: { $email }
confirm-button = Konto machen
let-in-heading = An-melden
let-in-lead = Das ist Ihre Adresse: { $email }
sign-in-by-link = Link als E-Mail schicken
sign-in-password-hint = Sie haben kein Passwort? Dann schicken wir Ihnen einen Link.

given-heading = Das habe ich gemacht
given-lead = Hier steht alles von Ihnen. Und hier steht: Das ist daraus geworden.
given-none = Hier steht noch nichts von Ihnen. Machen Sie mit!
given-all = Alles von mir
given-older = Ältere
given-pages = Mehr von mir
given-about = { $kind } vom { $date }
given-answer = Antwort vom { $date }:
given-answer-whole = alles lesen
followed-heading = Davon möchte ich hören
followed-none = Hier steht noch nichts.
own-data-heading = Meine Daten
own-data-lead = Das alles wissen wir über Sie. Sie können es laden.
own-data-link = Meine Daten ansehen und laden
own-data-account = Ihr Konto: Name, Adresse, Sprache und Aufgaben.
own-data-given = Alles, was Sie hier gemacht haben.
own-data-mails = Unsere E-Mails an Sie.
own-data-others = Ihr Passwort ist geheim. Es steht nicht in der Datei.
own-data-button = Meine Daten laden
own-data-form = Die Datei heißt: meine-daten.json
account-password-first = Ein Passwort machen
account-password-first-lead = Sie melden sich mit einem Link an. Möchten Sie lieber ein Passwort? Dann schicken wir Ihnen eine E-Mail.
account-address-needs-password = Machen Sie zuerst ein Passwort. So schützen wir Ihr Konto.
farewell-data-first = Zuerst meine Daten laden
farewell-again = Melden Sie sich noch einmal an
farewell-again-help = So schützen wir Ihr Konto. Wir schicken Ihnen einen Link an: { $email }
proof-again-first = Melden Sie sich zuerst noch einmal mit einem Link an
farewell-yes = Ja, ich möchte mein Konto löschen
farewell-yes-missing = Möchten Sie Ihr Konto löschen? Dann machen Sie hier ein Kreuz

extern-heading = Mit einem anderen Konto
extern-help = Haben Sie dort schon ein Konto? Dann drücken Sie hier. Ihr Passwort bleibt geheim.
extern-fault-heading = Das hat noch nicht geklappt
extern-fault-nothing = Es ist alles wie vorher.
extern-fault-ended = Das war zu langsam. Oder die Antwort ist schon alt. Fangen Sie noch einmal an.
extern-fault-cancelled = Sie haben dort auf Abbrechen gedrückt. Versuchen Sie es noch einmal. Oder nehmen Sie einen anderen Weg.
extern-fault-away = Der andere Dienst antwortet gerade nicht. Versuchen Sie es später. Oder nehmen Sie einen anderen Weg.
extern-fault-blocked = Das geht mit diesem Konto nicht. Fragen Sie im Rathaus.
extern-fault-answer = Die Antwort von dem Dienst ist falsch. Versuchen Sie es noch einmal. Klappt es wieder nicht? Dann rufen Sie im Rathaus an.
extern-fault-again = Noch einmal versuchen
extern-fault-again-help = Sie können auch einen anderen Weg nehmen.
extern-fault-code = Rufen Sie im Rathaus an? Dann sagen Sie:
extern-leave-heading = Sie sind hier ab-gemeldet
extern-leave-lead = Bei dem anderen Dienst sind Sie noch an-gemeldet. Ist das ein fremdes Gerät? Dann melden Sie sich auch dort ab.
extern-leave-button = Auch dort ab-melden
extern-leave-stay = Zur Start-Seite
extern-new-heading = Willkommen
extern-new-lead = Der Dienst sagt: Sie sind { $label }. Sie haben hier noch kein Konto. Wählen Sie einen Namen.
extern-new-email = Das ist dann Ihre Adresse: { $email }. Andere Menschen sehen die Adresse nie.
extern-have-one-help = Melden Sie sich mit dem Konto an. Danach verbinden wir die zwei Konten.
extern-first-lead = Der Dienst sagt: Sie sind { $label }. Wir brauchen noch eine E-Mail-Adresse von Ihnen.
extern-first-sign-in = Ich habe hier schon ein Konto
extern-first-sign-in-help = Melden Sie sich an. Danach verbinden wir die zwei Konten.
extern-first-register = Ich habe hier noch kein Konto
extern-first-register-help = Machen Sie hier ein Konto. Danach verbinden wir die zwei Konten.
extern-link-heading = Zwei Konten verbinden
extern-link-lead = Der Dienst sagt: Sie sind { $label }. Ihr Konto hier ist: { $email }. Danach kommen Sie auch so hinein.
extern-link-button = Konten verbinden
extern-link-not = Nein, lieber nicht
extern-email-taken = Zu dieser Adresse gibt es hier schon ein Konto. Melden Sie sich damit an
extern-taken = Das andere Konto gehört hier schon zu einem Konto. Öffnen Sie das Konto. Drücken Sie dort auf Entfernen
proof-password-hint = Schreiben Sie Ihr Passwort auf. So schützen wir Ihr Konto.
proof-again-help = Melden Sie sich noch einmal an. So schützen wir Ihr Konto. Wir schicken Ihnen einen Link an: { $email }

passkey-heading = Mit einem Passkey
passkey-help = Ein Passkey ist ein Schlüssel in Ihrem Gerät. Sie brauchen dann kein Passwort.
passkey-sign-in = Mit Passkey an-melden
passkey-failed = Das hat noch nicht geklappt. Versuchen Sie es noch einmal. Oder nehmen Sie einen anderen Weg.
passkey-needs-script = Ihr Browser kann das hier noch nicht. Nehmen Sie einen neuen Browser.
passkey-name = Ein Name für den Passkey
passkey-name-hint = Zum Beispiel: Mein Telefon. Nur Sie sehen den Namen.
passkey-add = Passkey machen
passkey-late = Das war zu langsam. Drücken Sie noch einmal
passkey-wrong = Wir kennen diesen Passkey nicht. Nehmen Sie einen anderen Weg
passkey-copied = Vielleicht hat ein anderer Mensch den Passkey. Nehmen Sie einen anderen Weg. Löschen Sie den Passkey in Ihrem Konto
passkey-kept = Diesen Passkey haben Sie schon
passkey-too-many = Sie haben schon 20 Passkeys. Löschen Sie zuerst einen Passkey
passkey-name-length = Der Name braucht 1 bis 60 Zeichen

ways-heading = So melde ich mich an
ways-lead = Es gibt mehrere Wege in Ihr Konto. Sie wählen.
ways-link = Ansehen und ändern
ways-always = E-Mail und Passwort
ways-link-by-mail = Ein Link geht immer. Wir schicken ihn an: { $email }
ways-password = Sie haben ein Passwort.
ways-no-password = Sie haben kein Passwort.
ways-password-link = Das Passwort machen oder ändern
ways-passkeys = Passkeys
ways-passkeys-lead = Ein Passkey ist ein Schlüssel in Ihrem Gerät. Das ist sehr sicher.
ways-since = Da seit { $since }.
ways-since-used = Da seit { $since }. Zuletzt benutzt am { $used }.
ways-remove = Löschen
ways-remove-label = Löschen: { $name }
ways-identities = Andere Konten
ways-identities-lead = Auch mit diesen Konten kommen Sie hier hinein.
ways-connect = Verbinden: { $button }

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
person-name-house = So heißt nur das Rathaus. Nehmen Sie einen anderen Namen
password-length = Das Passwort braucht 10 bis 200 Zeichen
password-own = Ihr Name oder Ihre Adresse ist zu leicht. Nehmen Sie ein anderes Passwort
password-common = Das Passwort nehmen viele Menschen. Nehmen Sie ein anderes Passwort
password-old-wrong = Das alte Passwort ist falsch. Schreiben Sie es noch einmal

notice-signed-out = Sie sind ab-gemeldet.
notice-reset-sent = Gibt es ein Konto mit dieser Adresse? Dann bekommen Sie jetzt eine E-Mail.
notice-registered = Willkommen! Sie haben jetzt ein Konto. Und Sie sind an-gemeldet.
notice-first-password = Sie bekommen jetzt eine E-Mail. Darin ist ein Link.
notice-password = Ihr neues Passwort gilt jetzt. Alle anderen Geräte sind ab-gemeldet.
notice-address-sent = Ist die neue Adresse frei? Dann bekommen Sie jetzt eine E-Mail.
notice-address = Ihre neue Adresse gilt jetzt. Alle anderen Geräte sind ab-gemeldet.
notice-farewell = Ihr Konto ist jetzt gelöscht.
notice-linked = Die Konten gehören jetzt zusammen.
notice-passkey = Der Passkey ist jetzt da.
notice-way-gone = Das ist weg. Alle anderen Geräte sind ab-gemeldet.
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

mail-sign-in-subject = Ihr Link für { $site }
mail-sign-in-text =
    Guten Tag.

    Mit diesem Link melden Sie sich an:
    { $link }
    Der Link gilt eine Stunde. Er gilt nur einmal.

    Sie möchten den Link nicht? Dann tun Sie nichts.

    { $site }
mail-register-subject = Ihr Konto bei { $site }
mail-register-text =
    Guten Tag.

    Sie möchten mitmachen. Das ist schön. Öffnen Sie diesen Link:
    { $link }
    Dann haben Sie ein Konto. Der Link gilt einen Tag.

    Sie möchten kein Konto? Dann tun Sie nichts. Wir löschen dann alles.

    { $site }
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

claims-names = Schreiben Sie höchstens zehn Namen. Zwischen den Namen stehen Kommas.
