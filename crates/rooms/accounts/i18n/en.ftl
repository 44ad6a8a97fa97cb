# Accounts: signing in, links, one's own account, and the administration of people and site.
# dynamic: role-*, notice-*
sign-in-heading = Sign in
sign-in-lead = You can read everything without signing in.
sign-in-button = Sign in
sign-in-forgotten = Forgotten your password?
sign-in-no-account = No account yet?
sign-in-no-account-help = Create one. All you need is an e-mail address, and your public name may be made up.
sign-in-wrong = E-mail address and password do not match. Check both, or have a link for signing in sent to you.

account-email = E-mail address
account-email-hint = You sign in with it. It is shown nowhere in public.
account-password = Password
account-new-password = New password
account-old-password = Current password
account-password-hint = At least 10 characters. Several words are easy to remember and hard to guess.
account-name = Name
account-name-hint = How others see you here.
account-language = Language
account-heading = My account
account-lead = You are signed in as { $email }.
account-roles = Your roles here:
account-profile = Name and language
account-save = Save
account-password-change = Change password
account-password-lead = All other devices will be signed out.
account-password-button = Change password
account-sessions = Where you are signed in
account-sessions-lead = Do you see one that is not yours? End it and change your password.
account-session = Signed in on { $began }, last used on { $seen }.
account-session-own = this device
account-session-end = End
account-session-end-label = End the session of { $began }
account-sessions-end = End all others
account-sign-out = Sign out
account-address-change = Change e-mail address
account-address-lead = We will send a link to the new address. Until you open it, everything stays as it is.
account-address-new = New e-mail address
account-address-button = Send link
address-heading = Confirm the new e-mail address
address-lead = From now on you sign in with { $email }.
address-password-hint = The password of your account. So nobody else changes your address.
address-confirm = Confirm address
farewell-heading = Delete account
farewell-link = What this means, and how to do it
farewell-lead = A deleted account cannot be brought back.
farewell-goes = This will be gone
farewell-goes-account = Your name, your e-mail address and your password.
farewell-goes-roles = Your roles and departments, also on other sites of this installation.
farewell-stays = This stays
farewell-stays-mails = One last e-mail confirms the deletion. We delete it after some weeks.
farewell-stays-backups = Backups hold the account until technical staff throw them away.
farewell-button = Delete account for good
farewell-back = Back to the account
farewell-needed = You are the only person who can administer a site. Make somebody else an administrator first.

register-heading = Create an account and take part
register-lead = With an account you make proposals, comment on plans and hear what becomes of it. You need no password: we send you a link.
register-name = Public name
register-name-hint = It stands beside everything you contribute here. It may be made up, and you can change it later.
register-email-hint = The link goes there. It is shown nowhere in public.
register-button = Send link
register-have-one = I have an account already
register-what = Good to know
register-what-see = Others see your public name only.
register-what-keep = We keep name, e-mail address and language. Without your confirmation we delete everything after one day.
register-what-leave = You can download your data and delete the account at any time.
register-offline = It works without e-mail or internet, too: ask at the town hall.
sent-register-heading = One more step: your mailbox
sent-heading = Look into your mailbox
sent-register-lead = We sent you an e-mail. Open the link in it. It is valid for one day.
sent-sign-in-lead = If the address has an account, an e-mail with a link is on its way. It is valid for one hour and only once.
sent-nothing = Nothing arrives?
sent-nothing-help = Look into unwanted mail as well. Check whether the address is right, and try again.
sent-on = To the start page
sent-on-help = You can close this window, too: the link leads back to where you wanted to take part.
confirm-heading = Create account
confirm-lead = One more press, and the account for { $email } is yours and you are signed in.
confirm-button = Create account
let-in-heading = Sign in
let-in-lead = You sign in as { $email }.
sign-in-by-link = Send a link by e-mail
sign-in-password-hint = It works without a password, too: with a link that we send you.

given-heading = What I contributed
given-lead = Everything you gave here, and what became of it.
given-none = Here stands what you contribute, and what becomes of it. So far it is nothing.
given-all = All my contributions
given-older = Older ones
given-pages = More contributions
given-about = { $kind } of { $date }
given-answer = Answer of { $date }:
given-answer-whole = read all of it
followed-heading = What I follow
followed-none = Nothing yet. Pages of papers, committees, places and searches offer “Subscribe”.
own-data-heading = My data
own-data-lead = Everything we keep about you, in one file to take along.
own-data-link = What it holds, and download
own-data-account = Your account: name, address, language, roles and where you are signed in.
own-data-given = What you contributed and subscribed to, on all sites of this installation.
own-data-mails = E-mails of the last weeks to you.
own-data-others = Not in it: password, secret links, and what others said about themselves.
own-data-button = Download my data
own-data-form = The file is JSON: programs can read it, and so can people.
account-password-first = Set up a password
account-password-first-lead = You sign in with a link. If you prefer a password, we send you a link for it.
account-address-needs-password = Set up a password first. So nobody else changes your address.
farewell-data-first = Download my data first
farewell-again = Sign in once more first
farewell-again-help = So nobody else deletes your account when a device is left open. We send a link to { $email }; it leads back here.
proof-again-first = First sign in once more with a link
farewell-yes = Yes, I want to delete my account
farewell-yes-missing = Tick that you want to delete your account

extern-heading = With another account
extern-help = If you already have an account there. Your password stays there; we never learn it.
extern-fault-heading = Signing in did not work
extern-fault-nothing = Nothing was saved and nothing was changed.
extern-fault-ended = Signing in took too long, or the answer had been used before. Start again, in this browser.
extern-fault-cancelled = You cancelled there. You can try again or sign in another way.
extern-fault-away = The service that holds your account does not answer at the moment. Try again later, or sign in another way.
extern-fault-blocked = You cannot sign in here with this account. Ask at the town hall.
extern-fault-answer = The service's answer does not fit our request. Try again. If it happens again, please tell the town hall and sign in another way.
extern-fault-again = Try again
extern-fault-again-help = There you choose the provider again or another way. The old answer is void.
extern-fault-code = For the town hall, if you ask there:
extern-leave-heading = You are signed out here
extern-leave-lead = You are still signed in at the service you came from. On somebody else's device, sign out there too.
extern-leave-button = Sign out there too
extern-leave-stay = To the start page
extern-new-heading = Welcome
extern-new-lead = You came as { $label }. You have no account here yet: choose a name.
extern-new-email = Your account gets the address { $email }. It is never shown in public.
extern-have-one-help = Sign in with it. Then you connect the two with one press.
extern-first-lead = You came as { $label }. For a new account we lack a confirmed e-mail address that is still free here.
extern-first-sign-in = I already have an account here
extern-first-sign-in-help = Sign in. Then you connect the two with one press.
extern-first-register = I do not have one here yet
extern-first-register-help = Make an account with your e-mail address. Then you connect the two.
extern-link-heading = Connect accounts
extern-link-lead = Whoever signs in there as { $label } will get into your account { $email }.
extern-link-button = Connect accounts
extern-link-not = Do not connect
extern-email-taken = This e-mail address has got an account here meanwhile. Sign in with it and connect the two
extern-taken = This account is already connected with another account here. Remove the connection there first
proof-password-hint = The password of your account here. So nobody else changes how to get in.
proof-again-help = Sign in once more first, so that nobody else does this while a device stands open. We send a link to { $email }; it leads back here.

passkey-heading = With a passkey
passkey-help = Your device knows you by fingerprint, face or PIN. All of that stays on the device.
passkey-sign-in = Sign in with a passkey
passkey-failed = The device did not agree. Try again, or take another way.
passkey-needs-script = You set up a passkey in a browser with JavaScript and a secure connection.
passkey-name = Name for the new passkey
passkey-name-hint = How you will recognise it, such as “My phone”. Only you see it.
passkey-add = Set up passkey
passkey-late = That took too long, or the answer had been used before. Press once more
passkey-wrong = We do not know this passkey here, or its answer is not right. Sign in another way
passkey-copied = This passkey may have been copied. Sign in another way and remove it in your account
passkey-kept = This passkey is set up already
passkey-too-many = More than 20 passkeys are not possible. Remove one first
passkey-name-length = Give the passkey a name of 1 to 60 characters

ways-heading = How I sign in
ways-lead = By link, password, passkey or another account: you decide what leads into your account.
ways-link = Look and change
ways-always = E-mail and password
ways-link-by-mail = A link to { $email } always leads in.
ways-password = You have a password.
ways-no-password = You have no password.
ways-password-link = Set up or change the password
ways-passkeys = Passkeys
ways-passkeys-lead = A passkey is a key on your device. Nobody can guess it or ask for it on a false page.
ways-since = Set up on { $since }, not used yet.
ways-since-used = Set up on { $since }, last used on { $used }.
ways-remove = Remove
ways-remove-label = Remove { $name }
ways-identities = Other accounts
ways-identities-lead = With these accounts you also get in here.
ways-connect = Connect: { $button }

forgotten-heading = Forgotten password
forgotten-lead = We will send you a link for setting a new password. It is valid for one hour.
forgotten-button = Send link
forgotten-back = Back to sign in
link-ended-heading = This link is no longer valid
link-ended-lead = Each link works only once and only for a limited time. Nothing was changed.
link-ended-new = Have a new link sent
link-ended-new-help = To the e-mail address of your account.
link-ended-sign-in-help = If you have set your password already.
welcome-first-heading = The first account
welcome-first-lead = With this account you administer the site. Everything else can be set up afterwards.
welcome-heading = Welcome
welcome-lead = Tell us your name and choose a password.
welcome-button = Save and sign in
reset-heading = New password
reset-lead = You will then be signed in here and signed out on all other devices.

email-form = Enter a complete e-mail address, such as name@town.example
email-taken = This e-mail address has an account already. Use another one
email-same = This is your address already. Give another one
person-name-length = Enter a name of 2 to 80 characters
person-name-house = Only the town hall bears such a name here. Choose another one
password-length = Choose a password of 10 to 200 characters
password-own = Choose a password that is not your name or address
password-common = Everybody tries this password first. Choose another one
password-old-wrong = Enter your current password again

notice-signed-out = You are signed out.
notice-reset-sent = If the address has an account, an e-mail with a link is on its way.
notice-registered = Welcome! Your account is ready, and you are signed in.
notice-first-password = An e-mail with a link for your password is on its way.
notice-password = Your password is set. All other devices are signed out.
notice-address-sent = If the new address is still free, an e-mail with a link is on its way.
notice-address = Your new e-mail address is valid now. All other devices are signed out.
notice-farewell = Your account is deleted.
notice-linked = The accounts are connected.
notice-passkey = The passkey is set up.
notice-way-gone = Removed. All other devices are signed out.
notice-saved = Saved.
notice-sessions = The session has ended.
notice-invited = The invitation is on its way.

role-resident = Resident
role-member = Member of the council or a committee
role-editor = Editor
role-moderator = Moderator
role-department = Department
role-clerk = Council clerk
role-administrator = Administrator
role-coordinator = Network coordinator

mail-sign-in-subject = Sign in at { $site }
mail-sign-in-text =
    Hello,

    with this link you sign in. It is valid for one hour and only once:
    { $link }

    Did you not ask for it? Then do nothing: your account stays as it is.

    { $site }
mail-register-subject = Your account at { $site }
mail-register-text =
    Hello,

    good that you want to take part. With this link you create your account. It is valid for one day:
    { $link }

    Did you not ask for it? Then do nothing: after one day everything is deleted.

    { $site }
mail-reset-subject = New password for { $site }
mail-reset-text =
    Hello,

    use this link to set a new password. It is valid for one hour and works only once:
    { $link }

    You did not ask for it? Then do nothing: your password stays as it is.

    { $site }
mail-invitation-subject = Your account at { $site }
mail-invitation-text =
    Hello,

    the town hall has set up an account for you. Use this link to choose a password. It is valid for seven days and works only once:
    { $link }

    { $site }
mail-welcome-subject = New permissions at { $site }
mail-welcome-text =
    Hello,

    your account is now valid for { $site } as well. Sign in with your password:
    { $link }

    { $site }
mail-changed-subject = Your password was changed
mail-changed-text =
    Hello,

    the password of your account at { $site } has just been changed.
    It was not you? Then set a new one at once:
    { $link }

    { $site }
mail-address-subject = New e-mail address for { $site }
mail-address-text =
    Hello,

    this link makes this the address of your account. It is valid for one hour. You need your password for it:
    { $link }

    You did not want this? Then do nothing. Perhaps somebody mistyped an address.

    { $site }
mail-address-changed-subject = Your e-mail address was changed
mail-address-changed-text =
    Hello,

    your account at { $site } has another e-mail address now. We will not write to this one any more.
    It was not you? Then please call the town hall at once. Address and telephone number stand here:
    { $link }

    { $site }
mail-farewell-subject = Your account is deleted
mail-farewell-text =
    Hello,

    your account at { $site } is deleted, as you wanted. This is the last message to this address.
    It was not you? Then please call the town hall at once. Address and telephone number stand here:
    { $link }

    { $site }

admin-heading = Administration
admin-lead = What you may do here.
admin-empty = Your roles do not allow anything here yet. Whoever runs the site can give you roles.
admin-account-help = Name, language, password, signed-in devices.
admin-save = Save
admin-sideways = The table can be moved sideways.

admin-people = People
admin-people-help = Invite, give roles, block.
admin-people-lead = Everybody who has a role on this site.
admin-people-caption = Accounts on this site
admin-people-more = More people
admin-people-first = Back to the beginning
admin-people-next = More people
admin-person-name = Name
admin-person-nameless = No name yet
admin-person-roles = Roles
admin-person-state = State
admin-person-blocked = blocked
admin-person-invited = invited
admin-person-active = active
admin-person-elsewhere = This person has roles on another site too, so this cannot be done from here. Take away their roles here, or send the invitation by e-mail.
admin-roles-hint = When roles change, this person has to sign in again.
admin-last = Somebody must be able to administer the site. Make somebody else an administrator first.
admin-already-here = This person is in the list already. Change the roles there.
admin-invite = Invite
admin-invite-email-hint = If the address has an account already, it gets the roles here.
admin-invite-language = Language of the invitation
admin-invite-way = How should the invitation arrive?
admin-invite-mail = by e-mail
admin-invite-paper = as a link to print
admin-invite-button = Invite
admin-link-heading = Link to hand over
admin-link-lead = For { $email }. We show it this once only.
admin-link-help = Whoever has the link can take over this account. Hand it over in person only. It works once.
admin-link-reset-help = For somebody who has forgotten the password and stands in front of you. The link is valid for one hour.
admin-link-invite-help = The invitation once more, to print. The link is valid for seven days; earlier ones end.
admin-link-button = Make a link
admin-block-heading = Block
admin-block-help = A blocked person is signed out everywhere at once and cannot sign in again. What they wrote stays.
admin-block = Block
admin-unblock = Let in again

admin-site = This site
admin-site-help = Name, address, colours, logo, texts.
admin-site-lead = What the site is called, what it looks like and under which addresses it answers.
admin-site-name = Name of the site
admin-site-name-hint = Such as “Gemeinde Musterau”. It stands on every page.
admin-site-address = Address
admin-site-address-hint = With https:// and nothing after the name. All outside references begin with it; change it only when the site moves.
admin-site-kind = Kind
admin-site-zone = Time zone
admin-kind-municipality = Municipality, city or county
admin-kind-district = District or borough
admin-kind-network = Network of municipalities
admin-colour = Accent colour
admin-colour-hint = You choose hue and chroma. How light or dark the colour is stays with the site, so that everything can be read.
admin-hue = Hue, 0 to 359
admin-chroma = Chroma, 0 to 150
admin-colour-preview = Look at the colour
admin-colour-preview-alt = The accent colour as an area, a button and a line
admin-logo = Logo
admin-logo-alt = The present logo
admin-logo-file = File
admin-logo-hint = PNG, JPEG or WebP, at most 512 kilobytes. 160 by 168 pixels look good.
admin-logo-save = Save logo
admin-logo-remove = Remove logo
admin-logo-size = The logo is larger than 512 kilobytes. Make the picture smaller
admin-logo-svg = We do not take SVG because it can contain programs. Save the logo as PNG
admin-logo-kind = Choose a picture as PNG, JPEG or WebP
admin-extern = Signing in with another account
admin-extern-lead = People sign in with an account they already have: at a Keycloak of the administration or, through a broker, with BundID. The service speaks OpenID Connect.
admin-extern-issuer = Address of the service (issuer)
admin-extern-issuer-hint = Such as https://signin.town.example/realms/citizens. Exactly as the service calls itself.
admin-extern-client = Name of this site there (client ID)
admin-extern-client-hint = The service knows this site by this name.
admin-extern-secret = Secret (client secret)
admin-extern-secret-hint = We keep it encrypted. Empty if the service gives none.
admin-extern-secret-kept = One is kept. Leaving this empty keeps it as long as the address of the service stays.
admin-extern-button = Words on the button
admin-extern-button-hint = Such as “Sign in with BundID”. They stand on the page for signing in, in every language.
admin-extern-claims = What we remember (claims)
admin-extern-claims-hint = Such as residence, between commas, ten at the most. In a process, who takes part can depend on them. What does not stand here we forget at once.
claims-names = Write ten names at the most, each without blanks and with 200 characters at the most
admin-extern-save = Check and save
admin-extern-there = What you enter at the service
admin-extern-there-lead = The service sends people back only to addresses that it knows.
admin-extern-back = After signing in (redirect URI)
admin-extern-after = After signing out (post-logout redirect URI)
admin-extern-remove = Take the service away
admin-extern-remove-help = The button disappears. Accounts stay; their people sign in with a link by e-mail.
admin-extern-issuer-form = Write an address with https:// and without a question mark, 250 characters at the most
admin-extern-client-form = Write the name with 1 to 250 characters
admin-extern-secret-form = The secret has 200 characters at the most, in one line
admin-extern-button-form = Write words of 1 to 60 characters
admin-extern-away = No service answers at this address. Check it; if the service stands in your own network, the operator must allow that (sign_in.allow_private)
admin-extern-other-issuer = The service calls itself differently. Take its address letter by letter, also a slash at the end
admin-extern-description = The service answers but does not describe itself as OpenID Connect asks
admin-hosts = Further addresses
admin-hosts-lead = The site answers under these names. The name has to point to this server.
admin-host = Name
admin-host-hint = Such as www.town.example
admin-host-add = Add
admin-host-remove = Remove
admin-host-remove-label = Remove { $host }
admin-host-form = Enter the name only, such as www.town.example
admin-host-taken = A site of this installation answers under this name already
admin-host-main = The site's address needs this name. Change the address first
admin-texts = Texts of the site
admin-texts-lead = Where a text is missing in a language, the German one is shown.
admin-texts-language = Language of the texts
admin-texts-missing = { $count ->
    [one] One text is still missing in this language.
   *[other] { $count } texts are still missing in this language.
  }
admin-text-question = Question on the start page
admin-text-question-hint = One sentence that invites people to read on.
admin-text-promise = Promise below it
admin-text-promise-hint = One or two sentences.
admin-text-town-hall = Town hall
admin-text-town-hall-hint = Address, telephone and opening hours, one per line. It stands at the foot of every page.
admin-text-imprint = Imprint
admin-text-privacy = Privacy
admin-text-accessibility = Accessibility
admin-text-markdown = Headings begin with ##, list items with a hyphen.
