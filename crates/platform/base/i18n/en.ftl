# What surrounds every page, dates, and the errors of the house.
# dynamic: error-*, notice-*, month-*, weekday-*
shell-skip = Skip to content
shell-claim = Allmende – what concerns us all
shell-languages = Language
shell-rooms = Sections
shell-sign-in = Sign in
shell-desk = Administration
shell-account = My account
shell-trail = You are here
shell-paper = Without the internet
shell-paper-gap = Address and opening hours of the town hall are still missing.
shell-check = Check for yourself
shell-interfaces = All data and interfaces
shell-display = Display
shell-light = Light
shell-dark = Dark
shell-device = As the device
shell-high = High contrast
shell-contrast-device = Contrast as the device
shell-about = About this site
shell-accessibility = Accessibility
shell-privacy = Privacy
shell-imprint = Legal notice
shell-moderation = Rules and moderation

date-day-month-year = %d %m %y
date-day-month = %d %m
date-near-today = today, { $day }
date-near-tomorrow = tomorrow, { $day }
date-near-days = { $day }, { $count } days left
date-until-today = still today, until { $day }
date-until-tomorrow = until tomorrow, { $day }
date-until-days = { $count } days left, until { $day }
date-until = until { $day }
time-hour = %p %a
time-hour-minute = %p:%n %a
time-am = am
time-pm = pm
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

error-not-found = This page does not exist
error-not-found-help = The address may be incomplete, or the page has moved. These ways lead on:
error-gone = This page was withdrawn
error-gone-help = It was public and is no longer. The town hall will tell you why. These ways lead on:
error-forbidden = You cannot do this here
error-forbidden-help = Your account does not have the role for it. Whoever runs this site can give it to you.
error-forged = The request came from another website
error-forged-help = To be safe, we changed nothing. Open the form here again and send it.
error-refused = We could not accept this
error-refused-help = Nothing was changed. Go back and try again.
error-too-many = Too many attempts
error-too-many-help = Wait a few minutes. Then you can go on.
error-too-large = This is too large
error-too-large-help = A file can have 64 megabytes at most. Nothing was saved.
error-unavailable = Not possible right now
error-unavailable-help = We are working on it. Please try again in a few minutes.
error-internal = Something went wrong on our side
error-internal-help = It is not your fault, and it has been noted. Please try again later.
error-method = This address cannot be opened in this way
error-method-help = Open the page again by one of these ways.
crowd-heading = A great many people are here right now
crowd-sent = What you wrote is not lost: it is on this page. But it has not arrived yet. Keep this page open, it sends it again by itself. Even if it is sent several times, it counts once.
crowd-send-again = Send it again now
crowd-read = Your page will come soon. Keep this window open.
crowd-read-again = Try again now
crowd-seconds = { $count ->
    [one] It goes on in one second if your browser allows scripts.
   *[other] It goes on in { $count } seconds if your browser allows scripts.
}
error-way-start = To the start page
error-way-start-help = What is going on and what comes next.
error-way-council = To the council
error-way-council-help = Meetings, papers, committees and people.

form-required = We need everything that is not marked as optional.
form-optional = optional
form-errors = { $count ->
    [one] One entry needs your attention
   *[other] { $count } entries need your attention
  }
form-errors-whole = That did not work
form-error-title = Error: { $title }

# Mail. dynamic: mail-*
mail-address = Give exactly one e-mail address, such as name@example.org.
mail-subject = The subject must be one line of 1 to 200 characters.
site-key = The short name needs 2 to 40 characters: small letters, digits and hyphens.
site-name = The name needs 2 to 120 characters.
site-colour = The hue is between 0 and 359, the strength of colour between 0 and 150.
site-time-zone = There is no such time zone. For Germany write Europe/Berlin.
site-address = The address needs http:// or https:// and a name, nothing else: https://town.example
shell-suggestions = Suggestions
shell-suggestions-none = No suggestions
shell-suggestions-one = One suggestion. Choose with the arrow keys.
shell-suggestions-some = {"{"}count{"}"} suggestions. Choose with the arrow keys.
error-search = Or search for it here:
error-search-go = Search

# The thread.
# dynamic: thread-link-*
thread-link-answers-to = Answer to
thread-link-answers-from = Answered by
thread-link-leads-to-to = Led to
thread-link-leads-to-from = Came out of
thread-link-discussed-in-to = Discussed in
thread-link-discussed-in-from = Discussed here
thread-link-considered-in-to = Weighed in
thread-link-considered-in-from = Weighed here
thread-link-decided-by-to = Decided by
thread-link-decided-by-from = Decides on
thread-link-changes-text-of-to = Changes the text of
thread-link-changes-text-of-from = Text changed by
thread-link-implements-to = Carries out
thread-link-implements-from = Carried out by
thread-link-measured-by-to = Effect measured by
thread-link-measured-by-from = Measures the effect of
thread-link-duplicates-to = Says the same as
thread-link-duplicates-from = Says the same
thread-link-related-to = Has to do with
thread-link-related-from = Has to do with

own-goes-sessions = All sessions, on every device.
own-goes-mails = All e-mails that we sent you, also those that still wait.
own-stays-acts = What you published, corrected or withdrew in office. It will bear your role only, no longer your name.
# Public forms: what keeps programs away.
guard-field = This field stays empty
guard-empty-field = A field that should stay empty was filled in. Switch automatic filling off and send again.
guard-stamp = The form was not complete. Please send it again from this page.
guard-old = The page was open for too long. What you wrote is still here: please send it again.
guard-too-fast = That was very quick. Please check that everything is right and then send again.

# Pictures.
picture-too-large = The picture has more than 15 megabytes. Make it smaller or choose another one.
picture-kind = Choose a picture as JPEG, PNG or WebP.
picture-too-many-points = The picture has more than 50 million pixels. Make it smaller or choose another one.
picture-broken = The picture is damaged or incomplete. Upload it again or choose another one.
picture-busy = Very many pictures are arriving right now. Choose your picture again in a minute, or send without a picture.
crowd-file = This page cannot send the file that you chose again. Please choose it once more afterwards.
