# Undertakings: the list, the sheet, asking to take part, the desk.
nav-undertakings = Undertakings
undertaking-start = Start
undertaking-heading = Undertakings
undertaking-title = Undertaking: { $title }
undertaking-title-preview = Preview: { $title }
undertaking-map = Map
undertaking-map-heading = Undertakings on the map
undertaking-list-about = What the municipality intends to do: aim, state, cost, next steps and whether you can take part.
undertaking-feed = News on undertakings
undertaking-feed-new = new
undertaking-now = Today:
undertaking-lead-none = No undertaking has been entered yet.
undertaking-lead = There are { $all } undertakings here. { $busy } are being carried out, in { $open } residents are taking part.
undertaking-overdue-count = { $count ->
    [one] One request has waited longer than promised for its answer.
   *[other] { $count } requests have waited longer than promised for their answers.
  }
undertaking-overdue-none = No request has waited longer than promised.
undertaking-filter-state = State
undertaking-filter-district = District
undertaking-filter-part = Taking part
undertaking-filter-part-yes = possible
undertaking-filter-part-no = not planned
undertaking-filter-all = all
undertaking-filter-go = Filter
undertaking-filter-clear = Show all undertakings
undertaking-sort = Order
undertaking-sort-new = Latest change first
undertaking-sort-title = By title
undertaking-as-list = As a list without a map
undertaking-as-map = Show on the map
undertaking-map-label = Map of the undertakings
undertaking-map-closer = Closer
undertaking-map-farther = Farther
undertaking-map-hint = Each number on the map stands in the list too.
undertaking-map-credit = Map pictures:
undertaking-none = As soon as the town hall publishes an undertaking, it stands here.
undertaking-none-filtered = No undertaking fits these filters. Take one away.
undertaking-pages = Pages
undertaking-first = To the beginning
undertaking-more = More
undertaking-onward = Onward
undertaking-search = Search all undertakings
undertaking-take-atom = News as a feed (Atom)
undertaking-take-csv = All as a table (CSV)
undertaking-take-columns = meaning of the columns
undertaking-take-json = For programs (JSON)
undertaking-take-geojson = For maps (GeoJSON)
undertaking-all = All undertakings
undertaking-front = What is being made, and where you can take part
undertaking-number = Undertaking { $number }
undertaking-changed = Last changed on { $day }. Responsible: { $who }.
undertaking-side = Following and basis
undertaking-follow = Follow this undertaking
undertaking-follow-help = You hear of each step until it is done.
undertaking-follow-link = Follow by e-mail
undertaking-desk = Edit
undertaking-basis = Decisions and papers
undertaking-basis-none = So far this undertaking rests on no decision and no paper.
undertaking-aim = Aim
undertaking-part = Taking part
undertaking-part-yes = You can take part
undertaking-part-no = Taking part is not planned
undertaking-part-possible = you can take part
undertaking-facts = Cost, place and contact
undertaking-department = Responsible
undertaking-cost-planned = Planned cost
undertaking-cost-actual = Spent so far
undertaking-contact = Whom to ask
undertaking-place = Place
undertaking-gap-cost = The cost has not been published yet. Responsible: { $who }.
undertaking-on-map = See it on the map
undertaking-near = What else is near?
undertaking-thread = What happened and what comes next
undertaking-town-hall = Town hall
undertaking-since = since { $day }
undertaking-today = Today
undertaking-end = End
undertaking-late = { $count ->
    [one] one day later than planned
   *[other] { $count } days later than planned
  }
undertaking-step-done = done
undertaking-step-dropped = not done
undertaking-step-ahead = Next step
undertaking-step-undated = no date yet
undertaking-gap-next = The next step has not been published yet. Responsible: { $who }.
undertaking-requests = Requests to take part
undertaking-requests-heading = Requests to take part
undertaking-requests-about = Where residents want to take part, and what the town hall answered.
undertaking-requests-lead = Where taking part is not planned, residents can ask for it. The town hall answers in public, within six weeks.
undertaking-requests-open = Without an answer
undertaking-requests-none = Nobody is waiting for an answer just now.
undertaking-requests-answered = Answered
undertaking-request = Request to take part
undertaking-request-hidden = The town hall has hidden the words of this request. Reason: { $reason }
undertaking-request-waiting = Somebody at the town hall looks at the words of this request before everybody reads them.
undertaking-request-report = Report
undertaking-request-moderate = Moderate
undertaking-request-waits = Contains a link.
undertaking-request-nameless = Somebody
undertaking-request-one = { $name } has been asking since { $day }.
undertaking-request-many = { $count ->
    [one] { $name } and one more person have been asking since { $day }.
   *[other] { $name } and { $count } more people have been asking since { $day }.
  }
undertaking-answer = Answer of the town hall
undertaking-answered-yes = answered on { $day }: yes
undertaking-answered-no = answered on { $day }: no
undertaking-answer-late = { $count ->
    [one] answer overdue for one day
   *[other] answer overdue for { $count } days
  }
undertaking-answer-until = Answer { $until }
undertaking-ask-link = Ask to take part
undertaking-ask-heading = Ask to take part
undertaking-ask-lead = Would you like a say in this undertaking? Write why. The town hall answers in public, within six weeks. Others can join you.
undertaking-join-heading = Join the request
undertaking-join-lead = Somebody is asking already whether residents can take part. Join: each person counts once.
undertaking-ask-field-name = Your name
undertaking-ask-field-name-hint = This is how it appears in public. You can choose another name.
undertaking-ask-field-email = Your e-mail address
undertaking-ask-field-email-hint = You get a link to confirm, and later the answer. The address appears nowhere.
undertaking-ask-field-reason = Why would you like to take part?
undertaking-ask-field-reason-hint = Everybody can read this. 10 to 2,000 characters.
undertaking-ask-button = Send request
undertaking-join-button = Join
undertaking-ask-privacy = Name and reason are public, the address is not. You can take your request back at any time.
undertaking-ask-name = Give a name of 2 to 80 characters.
undertaking-ask-reason = Write why, with 10 to 2,000 characters.
undertaking-ask-email = Give an e-mail address, for example name@example.org.
undertaking-ask-hidden = This undertaking is not public any more. Please ask the town hall.
undertaking-ask-ended = This undertaking has ended. Please ask the town hall if you want to know more.
undertaking-ask-open = You can take part here already. The page of the undertaking says how.
undertaking-sent-heading = Please look into your mailbox
undertaking-sent-lead = We have sent you a link. Your request counts once you open it and confirm.
undertaking-sent-spam = The link holds for two days. Nothing there? Please look into the folder for spam too.
undertaking-confirm-heading = Confirm your request
undertaking-confirmed-heading = Your request counts
undertaking-confirm-help = Once you confirm, this becomes public. Your address stays hidden.
undertaking-confirm-button = Confirm
undertaking-leave-heading = Take it back
undertaking-leave-help = Your name and your address disappear then. An answer that is there already stays, without a name.
undertaking-leave-button = Take the request back
undertaking-ended-heading = This link is no longer valid
undertaking-ended-lead = It is too old, or the request was taken back. You can ask again on the page of the undertaking.
undertaking-own-heading = My requests on undertakings
undertaking-own-lead = Where you asked to take part.
undertaking-own-gone = Your requests to take part disappear. What has been answered stays without your name.
undertaking-own-none = You have not asked to take part yet.
undertaking-own-kind = Request to take part
undertaking-own-answered = answered
undertaking-own-open = not answered yet
undertaking-mail-confirm-subject = { $site }: please confirm your request
undertaking-mail-confirm-text =
    Hello,

    somebody asks with this address to take part in the undertaking “{ $title }”.

    Was it you? Then confirm here. The link holds for two days:
    { $link }

    With the same link you can take the request back later.

    Was it not you? Then do nothing. We delete your address.

    { $site }
undertaking-mail-answer-subject = Answer on “{ $title }”
undertaking-mail-yes-text =
    Hello,

    you asked whether residents can take part in the undertaking “{ $title }”. The answer is yes:

    { $answer }

    { $link }

    { $site }
undertaking-mail-no-text =
    Hello,

    you asked whether residents can take part in the undertaking “{ $title }”. The answer is no, and this is the reason:

    { $answer }

    { $link }

    { $site }
state-undertaking-planned = planned
state-undertaking-prepared = being prepared
state-undertaking-participation = residents taking part
state-undertaking-decided = decided
state-undertaking-carried-out = being carried out
state-undertaking-finished = finished
state-undertaking-given-up = given up
event-undertaking-planned = planned
event-undertaking-prepared = being prepared
event-undertaking-participation = participation begins
event-undertaking-decided = decided
event-undertaking-carried-out = work begins
event-undertaking-finished = finished
event-undertaking-given-up = given up
event-undertaking-steps = next steps changed
event-undertaking-part-asked = residents ask to take part
event-undertaking-part-yes = request answered: yes
event-undertaking-part-no = request answered: no
notice-undertaking-asked = Your request counts. You get the answer by e-mail, and it will stand here.
notice-undertaking-asked-before = You asked before. Each person counts once.
notice-undertaking-left = Your request is taken back.
notice-undertaking-saved = Saved.
notice-undertaking-state = The new state is recorded.
notice-undertaking-published = The undertaking is public.
notice-undertaking-withdrawn = The undertaking is withdrawn.
notice-undertaking-answered = The answer is public. Everybody who asked gets an e-mail.
notice-undertaking-answered-before = This request was answered before.
admin-undertakings = Undertakings
admin-undertakings-help = Enter and publish undertakings, report their state, answer requests to take part.
admin-undertakings-lead = The undertakings of your department. What waits for an answer stands first.
admin-undertakings-lead-clerk = All undertakings. What waits for an answer stands first.
admin-undertakings-none = There is no undertaking here yet.
admin-undertakings-earlier = Earlier
admin-undertaking-new = New undertaking
admin-undertaking-draft = draft
admin-undertaking-public = public
admin-undertaking-withdrawn = withdrawn
admin-undertaking-request = Request to take part:
admin-undertaking-position = Step { $number } of { $count }
admin-undertaking-part-ziel = Aim and responsibility
admin-undertaking-part-ort = Place
admin-undertaking-part-kosten = Cost
admin-undertaking-part-schritte = Next steps
admin-undertaking-part-grundlagen = Decisions, papers and processes
admin-undertaking-part-mitmachen = Taking part
admin-undertaking-part-sprachen = English and Leichte Sprache
admin-undertaking-help-ziel = What is to be achieved, and who answers questions?
admin-undertaking-help-ort = Where is it? A street or place is enough if the gazetteer knows it.
admin-undertaking-help-kosten = What does it cost, and what was spent? If the cost is not known, write why.
admin-undertaking-help-schritte = What comes next? Steps that are done stay visible.
admin-undertaking-help-grundlagen = What does the undertaking rest on, and which process belongs to it?
admin-undertaking-help-mitmachen = Can residents take part? How, or why not?
admin-undertaking-help-sprachen = Optional. What stays empty here is shown in German.
admin-undertaking-field-title = Title
admin-undertaking-field-title-hint = 5 to 120 characters, for example “Neuer Spielplatz am Amselweg”
admin-undertaking-field-summary = Where it stands today, in one sentence
admin-undertaking-field-summary-hint = Stands large above the sheet and in the list.
admin-undertaking-field-aim = Aim
admin-undertaking-field-department = Responsible department
admin-undertaking-no-department = none yet
admin-undertaking-field-contact = Whom to ask
admin-undertaking-field-contact-hint = An office with its telephone, not a single person. Empty: what the department says.
admin-undertaking-field-place = Street, address or place
admin-undertaking-field-place-hint = For example “Lindenallee 14”
admin-undertaking-field-district = District
admin-undertaking-field-geometry = Point, line or area (GeoJSON)
admin-undertaking-field-geometry-hint = Empty: the pin comes from the gazetteer.
admin-undertaking-field-planned = Planned cost in euros
admin-undertaking-field-actual = Spent so far, in euros
admin-undertaking-field-cost-hint = For example 48.000 or 48.000,50
admin-undertaking-field-note = Note on the cost
admin-undertaking-field-note-hint = Needed if the planned cost is missing. Public.
admin-undertaking-step = Step { $number }
admin-undertaking-field-step = What happens?
admin-undertaking-field-due = Until when?
admin-undertaking-field-done = done
admin-undertaking-field-references = Addresses or numbers, one on each line
admin-undertaking-field-references-hint = The address of the page of a decision, a paper or a process, or the number of a paper such as 2026/017.
admin-undertaking-field-takes-part = Can residents take part?
admin-undertaking-part-yes = Yes
admin-undertaking-part-no = No
admin-undertaking-field-part = How, or why not?
admin-undertaking-field-part-hint = Public, in whole sentences.
admin-undertaking-english = English
admin-undertaking-easy = Leichte Sprache
admin-undertaking-save-next = Save and go on
admin-undertaking-save-back = Save and back to the overview
admin-undertaking-preview = Preview
admin-undertaking-preview-note = This is how the sheet looks when it is public.
admin-undertaking-back = Back to editing
admin-undertaking-see = See the public page
admin-undertaking-sheet = The sheet
admin-undertaking-publish = Publish
admin-undertaking-publish-help = The sheet is complete. Once published, everybody who subscribed to news hears of it.
admin-undertaking-publish-missing = What stands above beside the sheet is still missing.
admin-undertaking-publish-button = Publish
admin-undertaking-state = Report the state
admin-undertaking-state-help = Each change stays on record with day, role and reason, and is public.
admin-undertaking-state-legend = New state
admin-undertaking-reason = Reason
admin-undertaking-reason-hint = Needed if the undertaking is given up.
admin-undertaking-state-save = Record the state
admin-undertaking-answer = Answer the request
admin-undertaking-answer-legend = Can residents take part?
admin-undertaking-answer-yes = Yes
admin-undertaking-answer-no = No
admin-undertaking-answer-field = How, or why not?
admin-undertaking-answer-hint = Public. If it is yes, the text stands on the sheet at once. Everybody who asked gets it by e-mail.
admin-undertaking-answer-send = Answer in public
admin-undertaking-withdraw = Withdraw
admin-undertaking-withdraw-help = The page is not public any more then.
admin-undertaking-withdraw-field = Reason for withdrawing
admin-undertaking-withdraw-button = Withdraw
admin-undertaking-history = History
admin-undertaking-history-entered = entered
admin-undertaking-history-changed = sheet changed
admin-undertaking-history-published = published
admin-undertaking-history-withdrawn = withdrawn
admin-undertaking-history-state = New state: { $state }
admin-undertaking-role-system = Program
admin-undertaking-role-clerk = Clerk
admin-undertaking-role-department = Department
admin-undertaking-role-administrator = Administrator
admin-undertaking-gap-summary = The sentence on where it stands is missing.
admin-undertaking-gap-aim = The aim is missing.
admin-undertaking-gap-contact = Whom to ask is missing.
admin-undertaking-gap-cost = The cost is missing, or a sentence why it is not known.
admin-undertaking-gap-part = How to take part, or why not, is missing.
admin-undertaking-text-long = This text is too long. Shorten it.
admin-undertaking-title-length = Give a title of 5 to 120 characters.
admin-undertaking-geometry = This is no point, line or area in GeoJSON. Check the text, or leave the field empty.
admin-undertaking-refused-cost = Write the amount in euros, for example 48.000 or 48.000,50.
admin-undertaking-refused-date = Give days as dates, for example 2026-09-30.
admin-undertaking-part-missing = Choose yes or no.
admin-undertaking-part-text = Write how to take part, or why not.
admin-undertaking-references-many = At most 20. Take some out.
admin-undertaking-references-unknown = One line names nothing that is public. Copy the address of the page, or check the number.
admin-undertaking-state-missing = Choose the new state.
admin-undertaking-state-same = It stands there already. Choose another state.
admin-undertaking-reason-missing = Write why it is given up, with at least 10 characters.
admin-undertaking-reason-long = Shorten the reason to 2,000 characters.
admin-undertaking-withdraw-reason = Write why, with 10 to 2,000 characters.
admin-undertaking-answer-missing = Choose yes or no.
admin-undertaking-answer-text = Give the reason of the answer with 10 to 2,000 characters.
