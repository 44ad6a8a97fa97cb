# Processes, and consultation on a text.
# dynamic: dialogue-kind-*, dialogue-channel-*, dialogue-state-*, dialogue-code-*, dialogue-stage-*, dialogue-part-*, event-*, notice-*, admin-dialogue-template-*, admin-dialogue-act-*, admin-dialogue-audience-*, admin-dialogue-left-*
nav-dialogue = Take part
dialogue-kind-consultation = Checking a text together
dialogue-kind-ideas = Collecting ideas
dialogue-kind-discussion = Talking it over
dialogue-kind-monthly-topic = Topic of the month
dialogue-list-heading = Take part
dialogue-list-about = Where you can take part now, what begins soon and what came of it.
dialogue-now = As of today:
dialogue-list-lead = { $count ->
    [one] You can take part in one process now.
   *[other] You can take part in { $count } processes now.
  }
dialogue-list-none = No process is running just now. Subscribe to this page to hear of the next one.
dialogue-list-running = Running now
dialogue-list-soon = Begins soon
dialogue-list-ended = Ended
dialogue-list-ended-none = No process has ended yet.
dialogue-list-pages = More processes
dialogue-list-first = To the beginning of the list
dialogue-list-older = Older processes
dialogue-take = To take along
dialogue-calendar = All deadlines as a calendar (iCalendar)
dialogue-feed = News of all processes (Atom)
dialogue-take-list = All processes for programs (JSON)
dialogue-front = Take part now
dialogue-front-all = All processes
dialogue-days-word = days
dialogue-soon = begins soon
dialogue-running = running
dialogue-weighed = being weighed
dialogue-ended = ended
dialogue-when-none = The days are not fixed yet.
dialogue-when-soon = from { $first } until { $last }
dialogue-when-ended = ended on { $day }
dialogue-nothing-yet = Nobody has written anything yet.
dialogue-statements = { $count ->
    [one] one statement
   *[other] { $count } statements
  }
dialogue-answered = { $count } answered
dialogue-ideas = { $count ->
    [one] one idea
   *[other] { $count } ideas
  }
dialogue-comments = { $count ->
    [one] one comment
   *[other] { $count } comments
  }
dialogue-fact-when = You can take part
dialogue-fact-when-ended = You could take part
dialogue-fact-decides = Who decides
dialogue-fact-so-far = So far
dialogue-fact-paper = On paper
dialogue-paper-print = Print the sheet or fetch it at the town hall
dialogue-decides-on = { $who } on { $day }
dialogue-extended = Extended until { $day } (before: { $before }). Reason: { $reason }
dialogue-views = Views of this process
dialogue-view-text = Read version { $number }
dialogue-view-process = The process
dialogue-view-changes = What has changed?
dialogue-view-statements = All statements
dialogue-view-course = Course
dialogue-scope = What it is about
dialogue-open = This is open
dialogue-fixed = This is fixed
dialogue-version-of = Version { $number } of { $day }
dialogue-old-version = This is an older version. Statements stand at the newest one.
dialogue-to-newest = To the newest version
dialogue-how = Beside a paragraph choose “Write the first one” or the number of statements. Then you can read and write there.
dialogue-first = None yet. Write the first one
dialogue-close = Close
dialogue-after-heading = What stood here is no longer in the text.
dialogue-whole = On the whole text
dialogue-whole-help = What does not belong to a single paragraph.
dialogue-from-version = { $count } from version { $number }
dialogue-from-here = { $count } new
dialogue-number = no.
dialogue-passage-gone = This passage is no longer in the text:
dialogue-passage-words = On the words:
dialogue-suggestion = Suggested wording:
dialogue-place = Place
dialogue-place-hint = An address or coordinates, if it is about a place.
dialogue-supports = { $count ->
    [one] One person agrees
   *[other] { $count } people agree
  }
dialogue-support-add = I agree
dialogue-support-remove = Take my agreement back
dialogue-support-own = You cannot agree with your own statement.
dialogue-all-here = Read all statements on this paragraph
dialogue-write = What would you change in this paragraph?
dialogue-write-whole = What would you like to say?
dialogue-suggest = How should the paragraph read?
dialogue-suggest-hint = A suggested wording helps with the answer.
dialogue-picked-words = Your statement is about these words:
dialogue-pick-hint = You can mark single words in the paragraph above; then your statement is about those alone.
dialogue-name = Your public name
dialogue-name-hint = This stands beside your statement. It need not be your real name.
dialogue-email = Your e-mail address
dialogue-email-hint = You get a link. Your statement counts when you open it. The address is never shown.
dialogue-email-open-hint = If you want to hear of the answer. The address is never shown.
dialogue-public-note = Your statement is public. It stays even if you delete your account, then without your name.
dialogue-send = Send statement
dialogue-more = More on this process
dialogue-take-csv = All statements as a table (CSV)
dialogue-take-json = All statements for programs (JSON)
dialogue-owed = Statements still waiting for an answer
dialogue-contact = Whom to ask
dialogue-town-hall = Town hall
dialogue-answered-by = Answer: { $who }, { $day }
dialogue-calculation = How it was reckoned
dialogue-no-answer = no answer yet
dialogue-answer-by = no answer yet, expected by { $day }
dialogue-answer-late = { $count ->
    [one] no answer yet, one day later than promised ({ $day })
   *[other] no answer yet, { $count } days later than promised ({ $day })
  }
dialogue-code-1000 = followed
dialogue-code-2000 = was in the text already
dialogue-code-3000 = not followed, because …
dialogue-code-4000 = dealt with in the working group
dialogue-code-5000 = noted
dialogue-channel-web = on this site
dialogue-channel-letter = by letter
dialogue-channel-telephone = by telephone
dialogue-channel-postcard = by postcard
dialogue-channel-counter = at the town hall
dialogue-channel-event = at an event
dialogue-state-unconfirmed = not confirmed yet
dialogue-state-waiting = looked at before it is public
dialogue-state-public = public
dialogue-state-hidden = hidden
dialogue-state-withdrawn = taken back
dialogue-hidden-why = The town hall has hidden this statement. Reason: { $reason }
dialogue-needs-account = You need an account here. Sign in, then you can write.
dialogue-needs-email = Give your e-mail address. We send you a link to confirm.
dialogue-needs-staff = Only staff of the administration take part here.
dialogue-not-offered = This process does not offer that.
dialogue-not-yet = Not yet: the phase has not begun.
dialogue-pause = There is a break. It goes on in the next round.
dialogue-over = The deadline has passed. You can still read everything.
dialogue-text-length = Write 3 to 10,000 characters.
dialogue-suggestion-length = The suggestion may have at most 10,000 characters.
dialogue-name-length = The name needs 2 to 60 characters.
dialogue-passage-unknown = The newest version has no such passage. Open the paragraph again.
dialogue-receipt = Receipt number
dialogue-receipt-title = Received: { $receipt }
dialogue-receipt-thanks = Your statement has arrived
dialogue-receipt-unconfirmed = Now open the link in the mail we sent you. Only then does it count.
dialogue-receipt-waiting = Somebody of the town hall reads it, then it becomes public.
dialogue-receipt-public = It now stands beside the paragraph for everybody to read.
dialogue-receipt-day = Received on
dialogue-receipt-answer = Answer
dialogue-receipt-answer-by = by { $day }
dialogue-receipt-text = What you wrote
dialogue-receipt-keep = Keep the receipt number. With it we find your statement, on the telephone too.
dialogue-receipt-back = Back to the paragraph
dialogue-changes-title = What has changed: { $title }
dialogue-changes-lead = Version { $old } of { $oldday } and version { $new } of { $newday }, sentence by sentence. { $changed } sentences differ, { $same } are the same.
dialogue-changes-none = No sentence differs.
dialogue-changes-of = What version { $number } changed
dialogue-change-new = { $passage }, sentence { $number } is new
dialogue-change-gone = { $passage }, sentence { $number } is gone
dialogue-change-other = { $passage }, sentence { $number } differs
dialogue-before = Before
dialogue-after = Now
dialogue-before-none = This was not in the text.
dialogue-after-none = This is no longer in the text.
dialogue-cause = Cause
dialogue-cause-answer = Answer
dialogue-statement = Statement
dialogue-statement-title = Statement { $number }
dialogue-statements-title = All statements: { $title }
dialogue-filter-channel = Way in
dialogue-filter-answer = Answer
dialogue-filter-all = all
dialogue-filter-answered = is there
dialogue-filter-unanswered = still missing
dialogue-filter-go = Show
dialogue-filter-clear = Show all statements
dialogue-filter-passage = Only on
dialogue-none-filtered = There is no such statement. Choose less.
dialogue-pages = More statements
dialogue-page-first = To the beginning
dialogue-page-next = More statements
dialogue-passage = The passage
dialogue-in-text = Read in the text
dialogue-said = What was said
dialogue-answer = What became of it
dialogue-course-title = Course: { $title }
dialogue-phases = How it goes
dialogue-from-to = { $first } to { $last }
dialogue-thread = What it hangs together with
dialogue-events = What has happened
dialogue-sheet = Sheet
dialogue-sheet-title = Sheet: { $title }
dialogue-sheet-code = Code
dialogue-sheet-online = On the internet
dialogue-sheet-write = Your statement
dialogue-sheet-how = Fill in the sheet and hand it in at the town hall. It counts as much as a statement on the internet.
dialogue-sheet-passage = Number of the paragraph (empty: the whole text)
dialogue-sheet-reach = How do we reach you? (optional, not published)
dialogue-sheet-text = The text with the numbers of its paragraphs
dialogue-own-link = My contributions
dialogue-own-gone = Your statements stay, because they belong to a public process. Your name is replaced by “Gelöschtes Konto”.
dialogue-own-answered = answered
dialogue-own-hidden = The town hall has hidden the contribution. Reason: { $reason }
dialogue-own-appeal = You can object: by the link in the mail that we sent you about it.
dialogue-own-merged = Went into: { $title }
dialogue-own-changed = A sentence in version { $number } differs because of it.
dialogue-own-council = Goes to the council.
dialogue-own-replies = { $count ->
    [one] Somebody has answered it.
   *[other] { $count } comments answer it.
  }
dialogue-withdrawn = This statement was taken back.
dialogue-withdraw = Take the statement back
dialogue-withdraw-lead = You can, as long as statements are taken and the town hall has not answered yet. It cannot be undone.
dialogue-withdraw-goes-heading = What goes
dialogue-withdraw-help = Your text, your suggestion, the place and your name are no longer public. The statement no longer counts and gets no answer.
dialogue-withdraw-stays-heading = What stays
dialogue-withdraw-stays = The number { $number } stays public, and that the statement was taken back. In the town hall it stays on file as taken back.
dialogue-withdraw-not = Do not take it back
dialogue-withdraw-back = Back to the statement
dialogue-withdraw-answered = The town hall has answered already, and question and answer belong together. So it can no longer be taken back. If something personal must go from the text, tell the town hall.
dialogue-withdraw-late = The deadline has passed, and the town hall is weighing your statement. So it can no longer be taken back. If something personal must go from the text, tell the town hall.
notice-dialogue-taken-back = Your statement is taken back.
admin-weighing-is-withdrawn = Taken back. It needs no answer any more.
admin-weighing-act-let-go = statement taken back
dialogue-part-consultation = The text
dialogue-part-ideas = Ideas
dialogue-part-discussion = Discussion
dialogue-part-monthly = Topic of the month
dialogue-stage-state = Make statements
dialogue-stage-state-note = You read the text and write what you would change in each paragraph.
dialogue-stage-weigh = Weighing
dialogue-stage-weigh-note = Each statement gets an answer with its reason.
dialogue-stage-propose = Put forward ideas
dialogue-stage-propose-note = You write down ideas and support those of others.
dialogue-stage-answer = Answers of the town hall
dialogue-stage-answer-note = The town hall answers in public and with reasons.
dialogue-stage-talk = Talk it over
dialogue-stage-talk-note = You say what speaks for it and what against it.
dialogue-stage-monthly-note = You propose topics. Those with most support go to the council.
dialogue-stage-council = In the council
dialogue-stage-council-note = The council discusses the topics and answers.
event-process-published = Process published
event-process-changed = Process changed
event-process-extended = Deadline extended
event-process-phase-added = New phase
event-process-withdrawn = Process withdrawn
event-text-version-published = New version published
event-statement-made = Statement received
event-statement-shown = Statement public again
event-statement-hidden = Statement hidden
event-statement-held = Statement held back for review
event-statement-withdrawn = Statement taken back
admin-dialogue = Participation
admin-dialogue-help = Set up processes, deadlines and versions, enter statements from paper.
admin-dialogue-new = Begin a new process
admin-dialogue-template-consultation = A text lies open, everybody writes on it, each statement gets an answer.
admin-dialogue-template-ideas = Everybody puts forward ideas and supports them.
admin-dialogue-template-discussion = Everybody talks about a question, for and against.
admin-dialogue-template-monthly-topic = Each month the best-supported topics go to the council.
admin-dialogue-late = Answers later than promised
admin-dialogue-all = All processes
admin-dialogue-none = There is no process yet. Begin one above.
admin-dialogue-draft = Draft
admin-dialogue-withdrawn = withdrawn
admin-dialogue-work = Work on the process
admin-dialogue-steps = Steps of the process
admin-dialogue-about = What it is about
admin-dialogue-when = When and who
admin-dialogue-step-about = 1. What it is about
admin-dialogue-step-text = 2. The text
admin-dialogue-step-when = 3. When and who
admin-dialogue-step-preview = 4. Preview
admin-dialogue-next = Save and go on
admin-dialogue-title = Title
admin-dialogue-title-hint = Best a question, such as “Which trees should be protected?”
admin-dialogue-title-length = The title needs 8 to 160 characters.
admin-dialogue-lead = In short
admin-dialogue-lead-hint = Two or three sentences: what people read here, what they can do, what they get for it.
admin-dialogue-lead-length = Write 20 to 1,000 characters.
admin-dialogue-open = What is open?
admin-dialogue-open-hint = What can still be decided? Promise only what is really open.
admin-dialogue-open-missing = Say what is open.
admin-dialogue-fixed = What is fixed?
admin-dialogue-fixed-hint = Laws, decisions, money: what cannot be changed any more and why.
admin-dialogue-decides = Who decides?
admin-dialogue-decides-hint = Such as “the council”.
admin-dialogue-decides-missing = Say who decides.
admin-dialogue-decides-on = When is it decided?
admin-dialogue-department = Which department answers?
admin-dialogue-department-hint = It has the answers and the deadlines.
admin-dialogue-no-department = none yet
admin-dialogue-paper-way = Taking part on paper
admin-dialogue-paper-way-hint = Where does the sheet lie, where does the letter go?
admin-dialogue-contact = Whom to ask
admin-dialogue-contact-hint = An office with a telephone number. It is public.
admin-dialogue-day = Give a day, such as 2026-06-20.
admin-dialogue-understood = How version { $number } was understood
admin-dialogue-left-out = This was not taken over:
admin-dialogue-left-picture = { $count ->
    [one] one picture
   *[other] { $count } pictures
  }
admin-dialogue-left-note = { $count ->
    [one] one footnote
   *[other] { $count } footnotes
  }
admin-dialogue-left-comment = { $count ->
    [one] one comment
   *[other] { $count } comments
  }
admin-dialogue-left-deletion = { $count ->
    [one] one deleted passage
   *[other] { $count } deleted passages
  }
admin-dialogue-left-formula = { $count ->
    [one] one formula
   *[other] { $count } formulas
  }
admin-dialogue-left-script = { $count ->
    [one] one script
   *[other] { $count } scripts
  }
admin-dialogue-left-link = { $count ->
    [one] one unsafe link, its words stay
   *[other] { $count } unsafe links, their words stay
  }
admin-dialogue-left-markup = { $count ->
    [one] one markup without meaning here
   *[other] { $count } markups without meaning here
  }
admin-dialogue-difference = { $changed } sentences differ, { $new } are new, { $gone } gone, { $same } the same.
admin-dialogue-carry = { $count ->
    [one] One statement moves along, none is lost.
   *[other] { $count } statements move along, none is lost.
  }
admin-dialogue-publish-version = Publish this version
admin-dialogue-next-version = Next version
admin-dialogue-text-ok = Take it over and go on
admin-dialogue-give-text = Give the text
admin-dialogue-other-text = Give another text
admin-dialogue-file = File
admin-dialogue-file-hint = DOCX, ODT, Markdown, HTML or TXT, at most 20 megabytes.
admin-dialogue-pasted = Or paste it here
admin-dialogue-pasted-hint = Empty lines part paragraphs. A line that begins with # is a heading.
admin-dialogue-note = What is new in this version?
admin-dialogue-note-hint = One or two sentences that everybody reads.
admin-dialogue-read = Read the text
admin-dialogue-text-missing = Choose a file or paste the text.
admin-dialogue-text-format = This kind of file cannot be read. Take DOCX, ODT, Markdown, HTML or TXT.
admin-dialogue-text-too-large = The file is larger than 20 megabytes.
admin-dialogue-text-too-long = The text is too long. Divide it among several processes.
admin-dialogue-text-encrypted = The file is protected by a password. Save it without.
admin-dialogue-text-macros = The file has macros. Save it as DOCX or ODT without macros.
admin-dialogue-text-broken = The file is damaged or not what its name says.
admin-dialogue-text-empty = There is no text in it. A scanned page must be turned into text first.
admin-dialogue-phase = Phase
admin-dialogue-phase-name = Name of the phase
admin-dialogue-phase-from = First day
admin-dialogue-phase-until = Last day
admin-dialogue-phase-title = Give the phase a name.
admin-dialogue-phase-order = The last day lies before the first one.
admin-dialogue-phase-ends = { $phase }, until { $day }
admin-dialogue-phases-public = The process is public. You extend a deadline on its page, with a reason that everybody reads.
admin-dialogue-act-propose = put forward ideas
admin-dialogue-act-comment = comment
admin-dialogue-act-support = support
admin-dialogue-act-state = make statements
admin-dialogue-act-annotate = mark places
admin-dialogue-act-answer = the town hall answers
admin-dialogue-audience = Who may take part?
admin-dialogue-audience-hint = On paper everybody can take part.
admin-dialogue-audience-email = Everybody with an account or a confirmed e-mail address
admin-dialogue-audience-account = Only with an account
admin-dialogue-audience-open = Everybody, without an e-mail address too
admin-dialogue-audience-staff = Only staff of the administration
admin-dialogue-audience-missing = Choose who may take part.
admin-dialogue-moderation = When does a contribution become public?
admin-dialogue-moderation-after = at once, we look at it afterwards
admin-dialogue-moderation-before = only when somebody has looked at it
admin-dialogue-answer-within = Answer within so many days
admin-dialogue-answer-hint = Leave it empty if you promise no deadline. Later answers stand as late in public.
admin-dialogue-answer-days = Give 1 to 365 days or nothing.
admin-dialogue-version = Version { $number }
admin-dialogue-public-page = See the public page
admin-dialogue-publish = Publish
admin-dialogue-publish-help = This is how everybody sees it. With publishing, those who follow the area hear of it too.
admin-dialogue-publish-text = The text is still missing. Give it in step 2.
admin-dialogue-publish-over = The phases lie in the past. Change the days in step 3.
admin-dialogue-extend = Extend a deadline
admin-dialogue-extend-until = New last day
admin-dialogue-extend-reason = Why?
admin-dialogue-extend-later = The new day must lie after the old one. A deadline is never shortened.
admin-dialogue-extend-do = Extend
admin-dialogue-round = Further round
admin-dialogue-round-help = A new phase in which the same can be done as in the first one, such as on a second version.
admin-dialogue-round-do = Add the round
admin-dialogue-reason = The reason needs 10 to 1,000 characters. Everybody reads it.
admin-dialogue-reason-hint = A sentence that everybody reads.
admin-dialogue-copy = Take as a template
admin-dialogue-copy-help = A new draft with the same words, phases and rules. What people wrote stays here.
admin-dialogue-copy-do = Make a copy
admin-dialogue-copy-of = Copy: { $title }
admin-dialogue-withdraw = Withdraw the process
admin-dialogue-withdraw-reason = Why?
admin-dialogue-withdraw-do = Withdraw
admin-dialogue-paper = Enter from paper
admin-dialogue-paper-lead = What came by letter, telephone, postcard, at the town hall or an event. A second person confirms it.
admin-dialogue-paper-sheet = Sheet to print
admin-dialogue-paper-channel = How did it come?
admin-dialogue-paper-day = Day of receipt
admin-dialogue-paper-day-hint = It decides whether the deadline was kept.
admin-dialogue-paper-passage = On which paragraph?
admin-dialogue-paper-passage-hint = The number stands on the sheet.
admin-dialogue-paper-name = Public name
admin-dialogue-paper-name-hint = As on the sheet. “Anonym” without consent.
admin-dialogue-paper-text = Wording
admin-dialogue-paper-text-hint = As it was written or said.
admin-dialogue-paper-do = Enter
admin-dialogue-channel = Choose how the statement came.
admin-dialogue-received = On that day no statement could be made.
admin-dialogue-statements = Look at statements
admin-dialogue-statements-lead = Confirm what colleagues entered. Moderation decides on reports and approvals.
admin-dialogue-care = Reports and approvals
admin-dialogue-state-filter = State
admin-dialogue-state = That is not possible in this state.
admin-dialogue-entered-by = entered by { $name }
admin-dialogue-confirmed-by = confirmed by { $name }
admin-dialogue-confirm = Confirm
admin-dialogue-refuse = Do not confirm
admin-dialogue-refuse-reason = Reason that everybody reads
admin-dialogue-confirm-other = Only somebody other than the person who entered it can confirm.
notice-admin-dialogue-copied = Copy made. Adapt it.
notice-admin-dialogue-entered = Entered. Now a second person confirms.
notice-admin-dialogue-extended = Deadline extended.
notice-admin-dialogue-published = Published. Everybody sees the process.
notice-admin-dialogue-saved = Saved.
notice-admin-dialogue-round = New round added.
notice-admin-dialogue-version = New version published. All statements moved along.
notice-admin-dialogue-withdrawn = Withdrawn.
notice-admin-dialogue-confirmed = Confirmed.
notice-admin-dialogue-refused = Not confirmed. The reason stands beside it.
dialogue-take-geojson = All places in statements (GeoJSON)
dialogue-places = Statements on the map
dialogue-places-as-list = Statements as a list
dialogue-places-none = No statement names a place yet.
dialogue-places-map = Map of the statements on this page
dialogue-places-hint = Each number on the map belongs to a statement in the list below.
dialogue-places-all = All places on the map
dialogue-place-map = Map with this place
dialogue-place-on-map = on the map
dialogue-place-point = Point near { $near }
dialogue-place-line = Line near { $near }
dialogue-place-area = Area near { $near }
dialogue-draw-open = Draw on the map
dialogue-draw-map = Map to draw on
dialogue-draw-kind = What do you draw?
dialogue-draw-point = Point
dialogue-draw-line = Line
dialogue-draw-area = Area
dialogue-draw-hint = Click or tap on the map. With the keyboard: the arrow keys move the map below the crosshair, Enter sets a point there, Backspace takes the last step back.
dialogue-draw-set = Set a point at the crosshair
dialogue-draw-back = Step back
dialogue-draw-clear = Clear all
dialogue-draw-done = Done
dialogue-draw-move = Move the map
dialogue-draw-west = to the west
dialogue-draw-north = to the north
dialogue-draw-south = to the south
dialogue-draw-east = to the east
dialogue-draw-credit = Map picture:
dialogue-draw-said-set = Point set at [w]. Points so far: [n].
dialogue-draw-said-back = One step back. Points: [n].
dialogue-draw-said-clear = All cleared. “Step back” brings it back.
dialogue-draw-said-at = Crosshair at [w].
dialogue-draw-said-fails = The map cannot be shown here. Write the address into the field above.
dialogue-draw-said-point = Drawn: a point.
dialogue-draw-said-line = Drawn: a line, points: [n].
dialogue-draw-said-area = Drawn: an area, points: [n].
dialogue-drawn-unreadable = The drawing cannot be read. Draw the place again, or write an address.
dialogue-drawn-many = A drawing has at most 200 points. Draw more roughly.
dialogue-drawn-few = A line needs two different points, an area three.
dialogue-drawn-crossing = The edge of the area crosses itself. Set the points in order around the area.
dialogue-drawn-far = This place is not in the municipality or near it. Choose a place here.
dialogue-drawn-shape = Only a point fits here. Set a point.
dialogue-drawn-closed = No places are collected in this period. Send your text without a place.
admin-dialogue-act-annotate-do = Places can be drawn: a point, a line or an area

# The weighing (Abwägung).
weighing-answers = All answers
weighing-answers-title = All answers: { $title }
weighing-caption = { $statements ->
    [one] 1 statement
   *[other] { $statements } statements
  }, { $answers ->
    [one] 1 answer
   *[other] { $answers } answers
  }
weighing-count = Number
weighing-word-1000 = followed
weighing-word-2000 = was in the text already
weighing-word-3000 = not followed, with a reason
weighing-word-4000 = dealt with in the working group
weighing-word-5000 = noted
weighing-no-partly = A statement with several wishes is split. That is why there is no “partly followed”.
weighing-table = Every statement with its answer (weighing table)
weighing-column-number = No.
weighing-column-channel = How and when
weighing-column-passage = Passage
weighing-column-text = Statement
weighing-column-point = Point
weighing-column-proposal = Weighing
weighing-column-reason = Reason
weighing-told-1000 = The statement is followed.
weighing-told-2000 = The statement was followed already.
weighing-told-3000 = The statement is not followed.
weighing-told-4000 = The statement is dealt with in the working group.
weighing-told-5000 = The statement is noted.
weighing-take-print = Everything on one page, to print
weighing-take-csv = Weighing table as a table (CSV)
weighing-take-odt = Weighing table for LibreOffice (ODT)
weighing-take-docx = Weighing table for Word (DOCX)
weighing-take-xml = Weighing for specialist programs (XBeteiligung)
weighing-table-title = Weighing table: { $title }
weighing-table-public = As of { $day }. { $count } points with their published answers.
weighing-table-draft = As of { $day }. { $count } points with proposed and published answers.
weighing-late = Overdue answers
weighing-late-lead = The administration promised an answer to these statements by a day that has passed. What has waited longest stands first.
weighing-late-none = No answer is overdue.
weighing-late-all = Overdue answers of all processes
weighing-mail-subject = Answer to your statement: { $title }
weighing-mail-text =
    Hello,

    You made a statement on “{ $title }”. The answers are here.

    { $answers }

    Everything about the process:
    { $link }

    { $site }
weighing-mail-decided-subject = Decided: { $title }
weighing-mail-decided-text =
    Hello,

    You made a statement on “{ $title }”. Now it is decided: { $decision }
    { $where }

    This is what became of your statement:

    { $answers }

    Everything about the process:
    { $link }

    { $site }
weighing-mail-statement = Your statement no. { $number } (receipt number { $receipt }): { $link }
event-statement-answered = Answer published
event-answers-published = Answers published
event-answer-taken-back = Answer taken back
admin-weighing = Weighing
admin-weighing-lead = Bundle equal points, propose one answer to each bundle, a second person approves it, then publish.
admin-weighing-result = { $own ->
    [0] Done: { $count }.
   *[other] Done: { $count }. Not approved because you proposed them yourself: { $own }.
  }
admin-weighing-fresh = { $count ->
    [one] 1 new point waits to be taken up.
   *[other] { $count } new points wait to be taken up.
  }
admin-weighing-take = Take up new ones
admin-weighing-views = Views of the weighing
admin-weighing-work = Work
admin-weighing-suggestions = Suggested bundles
admin-weighing-blocks = Text blocks
admin-weighing-causes = Causes of the changes
admin-weighing-public = Public answers
admin-weighing-counts = How far the weighing is
admin-weighing-department = Department
admin-weighing-overdue = overdue
admin-weighing-sum = Together
admin-weighing-nobody-yet = no department yet
admin-weighing-stage-open = open
admin-weighing-stage-proposed = proposed
admin-weighing-stage-approved = approved
admin-weighing-stage-published = published
admin-weighing-publish = Publish approved answers
admin-weighing-publish-help = All approved answers become public. Whoever confirmed a mail address is sent the answer.
admin-weighing-list = Points and bundles
admin-weighing-filter-stage = Stage
admin-weighing-filter-bundles = only bundles of several points
admin-weighing-none = Nothing has been taken up yet.
admin-weighing-none-filtered = Nothing fits this choice.
admin-weighing-choose = choose
admin-weighing-many = With the chosen ones
admin-weighing-approve-many = Approve chosen
admin-weighing-approve-all = Approve all proposed of this choice
admin-weighing-bundle-many = Make one bundle of the chosen
admin-weighing-assign = Hand chosen to this department
admin-weighing-title = Name of the bundle
admin-weighing-answer-by = Answer by
admin-weighing-files = Weighing table
admin-weighing-files-help = With proposed and approved answers, without names: for the council paper. Public is only what was published.
admin-weighing-of = { $count ->
    [one] No. { $number }
   *[other] { $count } equal points, the first is no. { $number }
  }
admin-weighing-attach = Attach to a council paper
admin-weighing-attach-lead = The weighing table as it stands now becomes an attachment of a council paper. It is public no sooner than the paper.
admin-weighing-attach-none = There is no council paper yet that was entered here.
admin-weighing-attach-paper = Council paper
admin-weighing-attach-form = As
admin-weighing-attach-odt = LibreOffice (ODT)
admin-weighing-attach-docx = Word (DOCX)
admin-weighing-attach-do = Attach
admin-weighing-attach-which = Choose a council paper.
admin-weighing-attach-title = Weighing table
admin-weighing-by = proposed by { $name }
admin-weighing-approved-by = approved by { $name }
admin-weighing-code-1000 = followed
admin-weighing-code-2000 = already followed
admin-weighing-code-3000 = not followed
admin-weighing-code-4000 = handled in the working group
admin-weighing-code-5000 = noted
admin-weighing-turn = Turn the pages
admin-weighing-before = Previous open bundle
admin-weighing-next = Next open bundle
admin-weighing-left = { $count ->
    [0] Nothing left open
    [one] 1 bundle left open
   *[other] { $count } bundles left open
  }
admin-weighing-points-heading = What was said
admin-weighing-public-page = Public page
admin-weighing-is-part = One point of several of this statement.
admin-weighing-is-gone = This statement is no longer public.
admin-weighing-to-split = Split
admin-weighing-more-points = { $count ->
    [one] 1 more point stands in the table.
   *[other] { $count } more points stand in the table.
  }
admin-weighing-take-out = Take chosen out of the bundle
admin-weighing-is-proposed = Proposed answer
admin-weighing-own-proposal = You proposed this answer. A second person has to approve it.
admin-weighing-approve = Approve
admin-weighing-send-back-why = What should be different?
admin-weighing-send-back = Send back
admin-weighing-reopen-why = Why is the answer taken back?
admin-weighing-reopen = Take back the published answer
admin-weighing-answer = Propose an answer
admin-weighing-no-partly = There is no “partly”: if the statement has several wishes, split it first.
admin-weighing-blocks-use = Use a text block
admin-weighing-code-label = The statement is
admin-weighing-reason-label = Reason
admin-weighing-reason-hint = Stands in public beside the statement and in the mail to its authors. 10 to 4,000 characters.
admin-weighing-calculation-hint = How it was reckoned: figures and assumptions that anybody can check.
admin-weighing-block-keep = Keep the reason as a text block named
admin-weighing-block-keep-hint = Leave empty if it is not needed again.
admin-weighing-propose-next = Propose and go on
admin-weighing-propose = Propose and stay
admin-weighing-notes = Notes of the house
admin-weighing-notes-help = For the administration alone. Nothing of it stands in a table, mail or public page.
admin-weighing-note = Note
admin-weighing-note-save = Write note
admin-weighing-course = Course
admin-weighing-act-bundled = bundled
admin-weighing-act-merged = put into another bundle
admin-weighing-act-taken-out = points taken out
admin-weighing-act-split = point split
admin-weighing-act-joined = points put together again
admin-weighing-act-proposed = answer proposed
admin-weighing-act-sent-back = sent back
admin-weighing-act-approved = approved
admin-weighing-act-assigned = department or day set
admin-weighing-act-published = published
admin-weighing-act-reopened = taken back
admin-weighing-split-heading = Split statement { $number }
admin-weighing-split-lead = Choose the sentences that are a wish of their own. They become a point with its own answer; no character is lost.
admin-weighing-split-legend = Sentences
admin-weighing-split-do = Chosen sentences as a point of their own
admin-weighing-to-bundle = Back to the bundle
admin-weighing-join-help = All points of this statement become one again, in the words that came in.
admin-weighing-join = Put together again
admin-weighing-suggestions-lead = { $count ->
    [0] No equal points found.
    [one] 1 group of equal points, { $points } points together. One click is enough; leave out what does not fit.
   *[other] { $count } groups of equal points, { $points } points together. One click for each group is enough; leave out what does not fit.
  }
admin-weighing-suggestions-none = There is no suggestion right now. New points are taken up in the weighing.
admin-weighing-suggestions-show = See all texts and choose
admin-weighing-suggestions-more = { $count ->
    [one] 1 more suggestion follows when these are done.
   *[other] { $count } more suggestions follow when these are done.
  }
admin-weighing-alike = { $count } equal or nearly equal points
admin-weighing-likeness = { $percent } % equal
admin-weighing-longer = These say the same and something more. Split them first:
admin-weighing-accept = Bundle
admin-weighing-set-apart = Do not bundle
admin-weighing-blocks-lead = Reasons that are needed more than once in this process.
admin-weighing-blocks-none = No text block yet. You keep one when you propose an answer.
admin-weighing-block-new = New text block
admin-weighing-block-title = Name
admin-weighing-block-save = Keep
admin-weighing-block-delete = Remove
admin-weighing-causes-lead = Version { $number }: { $count } changed sentences. Set for each which statements caused it.
admin-weighing-causes-none = There is no second version yet.
admin-weighing-causes-here = Followed statements at this passage
admin-weighing-causes-elsewhere = Followed statements at other passages
admin-weighing-causes-words = Another cause
admin-weighing-causes-words-hint = For example: decision of the building committee of 21 May 2026
admin-weighing-causes-save = Save cause
admin-weighing-is-public = This answer is published. Take it back first.
admin-weighing-not-proposed = No answer is proposed here.
admin-weighing-nobody = Sign in to approve.
admin-weighing-few = Choose at least two that are not bundled yet.
admin-weighing-parts = Points on different texts do not go into one bundle.
admin-weighing-pick = Choose at least one point.
admin-weighing-all = At least one point stays in the bundle.
admin-weighing-tick = First choose from the list.
admin-weighing-not-public = This answer is not published.
admin-weighing-code = Choose how it is weighed.
admin-weighing-reason = The reason needs 10 to 4,000 characters.
admin-weighing-long = At most 4,000 characters.
admin-weighing-day = Give a day, for example 2026-07-03.
admin-weighing-split-none = Choose at least one sentence.
admin-weighing-split-all = Leave at least one sentence.
admin-weighing-points = A statement cannot have more points.
admin-weighing-whole = This statement is not split.
admin-weighing-note-missing = Write a few words, at most 4,000 characters.
admin-weighing-block-title-length = The name needs 2 to 120 characters.
notice-admin-weighing-is-public = This answer is published. Take it back first.
notice-admin-weighing-not-proposed = No answer is proposed here.
notice-admin-weighing-not-public = This answer is not published.
notice-admin-weighing-own-proposal = You proposed this yourself. A second person has to approve it.
notice-admin-weighing-few = Choose at least two that are not bundled yet.
notice-admin-weighing-parts = Points on different texts do not go into one bundle.
notice-admin-weighing-pick = Choose at least one point.
notice-admin-weighing-all = At least one point stays in the bundle.
notice-admin-weighing-tick = First choose from the list.
notice-admin-weighing-attached = The weighing table is now attached to this paper.
notice-admin-weighing-taken = Taken up.
notice-admin-weighing-bundled = Bundled.
notice-admin-weighing-apart = Noted: these points are not suggested any more.
notice-admin-weighing-proposed = Proposed. Now a second person approves.
notice-admin-weighing-all-proposed = Proposed. No bundle is left open.
notice-admin-weighing-approved = Approved.
notice-admin-weighing-sent-back = Sent back.
notice-admin-weighing-taken-out = Taken out.
notice-admin-weighing-noted = Note written.
notice-admin-weighing-reopened = Taken back.
notice-admin-weighing-split = Split. This is the new point.
notice-admin-weighing-joined = Put together again.
notice-admin-weighing-block-saved = Kept.
notice-admin-weighing-block-deleted = Removed.
notice-admin-weighing-cause-saved = Cause saved.
