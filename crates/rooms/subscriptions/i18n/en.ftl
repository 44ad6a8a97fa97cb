# Subscriptions: asking, confirming, looking after, leaving, and the mails.
abo-choose-heading = Subscribe to news
abo-choose-lead = You say what concerns you. We write to you as soon as there is news about it.
abo-choose-word = A word or a question
abo-choose-word-label = What shall we search for?
abo-choose-word-hint = For example: Radweg, Kita, "sicherer Schulweg"
abo-choose-near = Everything near me
abo-choose-point = Place
abo-choose-point-hint = Address, or latitude and longitude, for example 49.0069, 8.4037
abo-choose-radius = Radius in metres
abo-choose-radius-hint = From 1 to 50,000, for example 500
abo-choose-name = Name for this place
abo-choose-name-hint = What the subscription is called in your list, for example: my street
abo-choose-go = Go on
abo-choose-more = Committees, papers, threads
abo-choose-more-lead = The page of each committee and each paper has a link “Subscribe”.
abo-choose-committees = All committees
abo-choose-papers = All papers
abo-choose-lost = See and change my subscriptions

abo-heading = Subscribe
abo-email = E-mail address
abo-email-hint = First you get an e-mail with a link. The subscription begins only once you confirm there.
abo-frequency-legend = How often?
abo-frequency-hint = Several subscriptions come in one e-mail. You can change hour and weekday later.
abo-frequency-at_once = At once by e-mail
abo-frequency-daily = Daily by e-mail
abo-frequency-weekly = Weekly by e-mail
abo-frequency-feed = As a feed only, no e-mail
abo-button = Subscribe
abo-privacy = We need your address for these e-mails only. We delete it with your last subscription.
abo-privacy-account = The e-mails go to the address of your account.
abo-reason-search = Search “{ $name }”
abo-reason-committee = Committee “{ $name }”
abo-reason-paper = Paper “{ $name }”
abo-reason-thread = Thread “{ $name }”
abo-reason-place = { $radius } m around “{ $name }”
abo-what-search = a search
abo-what-committee = a committee
abo-what-paper = a paper
abo-what-thread = a thread
abo-what-place = a place

abo-sent-heading = Nearly done: look into your inbox
abo-sent-lead = We have written to this address. Open the link in the e-mail. It is valid for seven days.
abo-sent-spam = Nothing there after some minutes? Look into the folder for junk mail, and check that the address is right.
abo-sent-known = If you have this subscription already, the link leads to your subscriptions. We show nobody here whether an address is known.
abo-lost-heading = My subscriptions
abo-lost-lead = We send you the link with which you see, change and end your subscriptions. It also stands in each of our e-mails.
abo-lost-button = Send the link
abo-lost-account = I have an account
abo-confirm-heading = Confirm the subscription
abo-confirm-button = Yes, subscribe
abo-confirm-otherwise = Was that not you? Then close this page. Without confirmation we delete your address after seven days.
abo-ended-heading = This link is not valid any more
abo-ended-lead = The link is too old or was used before, or the subscription has ended. Nothing was changed.
abo-ended-lost = Send me the link to my subscriptions
abo-ended-new = Subscribe to something
abo-leave-heading = End a subscription
abo-leave-button = End this subscription
abo-leave-all-lead = All subscriptions of this address
abo-leave-all-button = End all subscriptions
abo-leave-manage = See my subscriptions
abo-left-heading = Unsubscribed
abo-left-one = This subscription has ended.
abo-left-all = There are no subscriptions any more. What we kept for them is deleted.

abo-own-heading = My subscriptions
abo-own-lead = What you subscribed to and how often you hear of it.
abo-own-lead-email = E-mails go to { $email }.
abo-own-gone = Your subscriptions on every site of this installation.
abo-own-list = Your subscriptions
abo-own-none = You have not subscribed to anything yet.
abo-own-change = Change
abo-own-remove = End subscription
abo-own-feed = Feed (Atom)
abo-own-calendar = Dates (iCalendar)
abo-own-feed-help = The addresses of feed and dates are secret. Whoever knows them sees what you subscribed to.
abo-own-new = Subscribe to something else
abo-own-schedule = When the e-mails come
abo-own-hour = Hour
abo-own-hour-hint = For daily and weekly e-mails
abo-hour-choice = { $hour }:00
abo-own-weekday = Weekday
abo-own-weekday-hint = For weekly e-mails
abo-own-language = Language of the e-mails
abo-own-save = Save
abo-own-data = Your data
abo-own-data-lead = You can download everything we keep for your subscriptions, or delete it. That ends all subscriptions.
abo-own-export = Download my data (JSON)
abo-own-erase = End all subscriptions and delete the data
abo-paused-heading = Your e-mails rest
abo-paused-bounced = On { $day } an e-mail to you came back. Check the address and whether the mailbox is full. Then we send what came since.
abo-paused-refused = On { $day } the mail server of your address refused our e-mail. Check the address. Then we send what came since.
abo-paused-button = Send e-mails again

abo-email-form = Write a complete e-mail address, such as name@town.example
abo-frequency = Choose how often we shall write to you
abo-hour = Choose an hour from 0 to 23
abo-weekday = Choose a weekday
abo-target = This address names nothing that can be subscribed to. Begin with one of the forms
abo-search-empty = Write what we shall search for
abo-near = We do not know this place. Write an address, or latitude and longitude, and a radius from 1 to 50,000 metres
abo-too-many = More than 100 subscriptions are not possible. First end one that you need no longer

notice-abo-added = The subscription is set up.
notice-abo-confirmed = The subscription is confirmed. Here you see all your subscriptions.
notice-abo-changed = Saved.
notice-abo-removed = The subscription has ended.
notice-abo-resumed = We write to you again.
notice-abo-erased = All subscriptions have ended, their data are deleted.

abo-confirm-subject = Please confirm: news from { $site }
abo-confirm-text =
    Hello,

    somebody wants to subscribe to news from { $site } with this address, about: { $what }.

    Was it you? Then confirm here. The link is valid for seven days:
    { $link }

    It was not you? Then do nothing. You get no further e-mails, and we delete your address.
abo-link-subject = Your subscriptions at { $site }
abo-link-text =
    Hello,

    here you see, change and end your subscriptions at { $site }:
    { $link }

    Do not pass this link on: whoever has it can change your subscriptions.
abo-mail-subject = { $count } pieces of news from { $site }
abo-mail-subject-one = New: { $title }
abo-mail-lead = Hello, this is new about what you subscribed to.
abo-mail-part-of = Belongs to:
abo-mail-why = Because you subscribed to:
abo-mail-more = And { $count } more. They stand in the feeds of your subscriptions.
abo-mail-yours = Your subscriptions
abo-mail-manage = See and change all subscriptions
abo-mail-leave = End one subscription:
abo-mail-leave-all = End all subscriptions
abo-group-dialogue = Taking part
abo-group-decisions = Decisions and what becomes of them
abo-group-undertakings = Undertakings
abo-group-papers = Papers and files
abo-group-meetings = Meetings
abo-group-others = More
abo-happened-published = Newly published
abo-happened-first = New
abo-happened-changed = Changed
abo-happened-corrected = Corrected
abo-happened-result = Result
abo-happened-status = New status
abo-happened-withdrawn = Withdrawn
abo-happened-other = Something happened
abo-thing-paper = A paper
abo-thing-meeting = A meeting
abo-thing-agenda_item = An agenda item
abo-thing-decision = A decision
abo-thing-undertaking = An undertaking
abo-thing-process = A process
abo-thing-statement = A statement
abo-thing-idea = An idea
abo-thing-file = A file
abo-thing-organization = A committee
abo-thing-other = Something you follow
