# Texts of the council room.
nav-council = Council

# The open interface
council-oparl-not-found = There is no such object here.
council-oparl-parameter = A parameter of the request cannot be understood.
council-oparl-failed = Not possible right now. Please try again later.

# Calendars and feeds
council-calendar-all = Meetings – { $site }
council-feed-papers = New papers
# The public pages
# dynamic: council-kind-*, council-link-*
council-start = Start
council-rat = Council
council-entrance-lead = What the council discusses and decides: meetings, papers, committees and the people in them.
council-search = Word or number of a paper
council-search-go = Search
council-this-week = This week in the council
council-next-meetings = Next meetings
council-last-meetings = Last meetings
council-newest = New papers
council-all-papers-link = All papers
council-all-meetings-link = All meetings in the calendar
council-ways = More about the council
council-front-week = This week in the council
council-front-next = The next meetings of the council
council-front-decided = What has just been decided
council-topics = Topics:
council-topics-more = ; and { $count } more topics
council-views = Other views
council-list-start = To the start of the list
council-and = and
council-not-given = not given
council-today = today
council-today-first = Today,
council-day-unknown = Date not yet fixed
council-papers = Papers
council-papers-lead = What was put before the council, newest first. Each paper says what became of it.
council-papers-more = More papers
council-papers-newest = To the newest papers
council-papers-older = Older papers
council-papers-none = No paper has been published yet.
council-papers-none-filtered = There is no paper like that.
council-papers-none-help = Try fewer or shorter words, or clear the filters.
council-papers-searched = Nothing in the newer papers. Go on with the older ones.
council-untitled = Paper without a title
council-filter-words = Word or number
council-filter-kind = Kind
council-filter-committee = Committee
council-filter-year = Year
council-filter-all = all
council-filter-go = Narrow down
council-filter-clear = Clear the filters
council-filter-place = Only about the place:
council-kind-paper = Paper
council-kind-motion = Motion
council-kind-amendment = Amendment
council-kind-inquiry = Question
council-kind-information = Information
council-kind-proposal-help = The administration proposes something and the council decides on it.
council-kind-motion-help = Members of the council want something done. The council votes on it or passes it on.
council-kind-amendment-help = Members of the council want to change another paper.
council-kind-inquiry-help = Members of the council ask and the administration answers.
council-kind-information-help = The administration reports. There is no vote on it.
council-kind-late-help = This paper was only handed out at the meeting.
council-kind-budget-help = It is about money: a part of the budget, the plan of income and spending.
council-kind-display-help = A plan is on public display. Everybody may read it and comment.
council-of-day = Of { $date }.
council-next = Next: { $where } on { $date }.
council-state-adopted = decided on { $date }
council-state-adopted-changed = decided, with a change, on { $date }
council-state-rejected = rejected on { $date }
council-state-postponed = postponed on { $date }
council-state-noted = noted on { $date }
council-state-referred = passed on, { $date }
council-state-taken-off = taken off the agenda on { $date }
council-state-recommended = recommended on { $date }
council-state-other = { $text }, { $date }
council-state-held = discussed on { $date }, result not yet published
council-state-coming = to be discussed: { $where } on { $date }
council-state-none = no date yet
council-outcome-adopted = decided
council-outcome-adopted-changed = decided, with a change
council-outcome-rejected = rejected
council-outcome-postponed = postponed
council-outcome-noted = noted
council-outcome-referred = passed on
council-outcome-taken-off = taken off the agenda
council-outcome-recommended = recommended
council-outcome-verbatim = result in full
council-votes-yes = { $count } yes
council-votes-no = { $count } no
council-votes-abstained = { $count } abstentions
council-votes-abstained-one = { $count } abstention
council-votes-unanimous = unanimous
council-part-decides-ahead = decision expected
council-part-prepares-ahead = recommendation expected
council-part-heard-ahead = will be heard
council-part-told-ahead = will be told
council-part-consults-ahead = will be discussed
council-part-told = was told
council-part-heard = was heard
council-part-consults = discussed
council-result-missing = discussed, result not yet published
council-result-verbatim = Result in full:
council-committee-unknown = Committee not given
council-cancelled = called off
council-in-der = in the { $name }
council-in-die = in the { $name }
council-in-name = ({ $name })
council-now = As of today:
council-short = In short:
council-now-adopted = Decided on { $date } { $in }.
council-now-adopted-changed = Decided with a change on { $date } { $in }.
council-now-rejected = Rejected on { $date } { $in }.
council-now-postponed = Postponed on { $date } { $in }.
council-now-noted = Noted on { $date } { $in }.
council-now-referred = Passed on to another committee on { $date } { $in }.
council-now-taken-off = Taken off the agenda on { $date } { $in }.
council-now-recommended = Recommended on { $date } { $in }.
council-now-other = Result on { $date } { $in }: { $text }.
council-now-held = Discussed on { $date } { $in }.
council-now-next = Next: { $where }, { $when }.
council-now-none = There is no date yet.
council-gap-no-meeting = No date yet: as soon as a committee puts the paper on an agenda, the day stands here. The town hall is responsible.
council-gap-no-result = The result has not been published yet. The town hall is responsible.
council-gap-no-decision = No decision yet: no further date has been published. The town hall is responsible.
council-way = The way through the committees
council-way-official = order of consultation
council-paper-about = Status, way through the committees and files of a paper.
council-paper-summary = What it is about
council-facts = Facts
council-reference = Number
council-no-reference = no number yet
council-kind = Kind
council-dated = Date
council-brought-in = Brought in by
council-led-by = In charge
council-place = Place
council-old-page = In the old system
council-old-page-link = Page in the old system
council-superordinate = Belongs to
council-subordinate = Belonging to it
council-related = Related papers
council-all-papers = { $count ->
    [one] Show the one
   *[other] Show all { $count }
 }
council-thread = The thread
council-link-answers-to = Answer to
council-link-answers-from = Answered by
council-link-leads-to-to = Led to
council-link-leads-to-from = Came out of
council-link-discussed-in-to = Discussed in
council-link-discussed-in-from = Discussed here
council-link-considered-in-to = Weighed in
council-link-considered-in-from = Weighed here
council-link-decided-by-to = Decided by
council-link-decided-by-from = Decides on
council-link-changes-text-of-to = Changes the text of
council-link-changes-text-of-from = Text changed by
council-link-implements-to = Carries out
council-link-implements-from = Carried out by
council-link-measured-by-to = Effect measured by
council-link-measured-by-from = Measures the effect of
council-link-duplicates-to = Says the same as
council-link-duplicates-from = Says the same
council-link-related-to = Has to do with
council-link-related-from = Has to do with
council-side-paper = Files of the paper
council-meeting = Meeting
council-meetings = Meetings
council-meetings-lead = When the council and its committees meet, and what came out.
council-meetings-coming = Meetings to come
council-meetings-past = Meetings held
council-meetings-none-coming = No meeting is announced at present.
council-meetings-none-past = There is no meeting like that.
council-meetings-undated = Date not yet fixed
council-meetings-more = More meetings
council-meetings-earlier = Earlier meetings
council-meetings-later = Later meetings
council-meetings-count = Meetings: { $count }
council-papers-count = Papers: { $count }
council-agenda-later = Agenda to follow
council-calendar = Calendar
council-calendar-title = Meetings in { $month }
council-calendar-about = All meetings of a month.
council-calendar-empty = No meeting is announced in this month.
council-calendar-count = { $count ->
    [one] One meeting in this month.
   *[other] { $count } meetings in this month.
 }
council-month = Month
council-month-current = This month
council-month-caption = , one row a week
council-as-list = As a list
council-mo = Mon
council-tu = Tue
council-we = Wed
council-th = Thu
council-fr = Fri
council-sa = Sat
council-su = Sun
council-meeting-title = { $name } on { $date }
council-meeting-here = Meeting of { $date }
council-meeting-about = Agenda, results, documents and the way of each paper.
council-meeting-cancelled = This meeting is called off.
council-meeting-coming = The meeting is to come: { $when }.
council-meeting-agenda-later = The meeting is to come. The agenda has not been published yet.
council-meeting-no-agenda = The meeting is over. There is no public agenda.
council-meeting-no-results = The meeting is over. Results have not been published yet.
council-meeting-held = The meeting is over. The results stand with the items.
council-meeting-counts = The meeting is over. Results: { $counts }.
council-count-adopted = { $count ->
    [one] one item agreed
   *[other] { $count } items agreed
 }
council-count-rejected = { $count ->
    [one] one rejected
   *[other] { $count } rejected
 }
council-count-postponed = { $count ->
    [one] one postponed
   *[other] { $count } postponed
 }
council-when = When
council-where = Where
council-who = Present
council-place-unknown = not given
council-from-until = { $from } to { $until }
council-people-count = { $count ->
    [one] one person
   *[other] { $count } people
 }
council-guests = guests: { $count }
council-minutes = Minutes
council-minutes-of = published, of { $date }
council-minutes-there = published
council-minutes-missing = not yet published
council-minutes-later = follows after the meeting
council-agenda = Agenda
council-agenda-results = Agenda and results
council-agenda-start = To the start of the agenda
council-agenda-pages = More items
council-agenda-later-items = The next items
council-gap-agenda = No agenda was published for this meeting. The town hall is responsible.
council-gap-agenda-ahead = The agenda has not been published yet. It usually appears a week before the meeting.
council-item = Item
council-item-untitled = Item without a title
council-item-non-public = Non-public item
council-non-public = Not public. No reason is given.
council-non-public-because = Not public, because: { $reason }.
council-side-meeting = Documents and next meeting
council-documents = Documents
council-calendar-entry = Entry for your calendar
council-next-meeting = Next meeting
council-next-meeting-none = No further date has been published yet.
council-participants = Who took part
council-people-more = { $count ->
    [one] One more person
   *[other] { $count } more people
 }
council-file = File
council-files = Files
council-files-none = No file published yet.
council-files-more = { $count ->
    [one] One more file
   *[other] { $count } more files
 }
council-file-page = 1 page
council-file-pages = { $count } pages
council-file-kind = File of the council
council-file-about = The text of a file, readable by screen readers too.
council-file-lead = This text was taken from the file. The file counts.
council-file-lead-missing = You can open the original file. Its text is not available here.
council-file-text = Text of the file
council-file-sheet = Page { $number } of { $count }
council-file-sheet-empty = There is no text on this page, perhaps a picture.
council-file-first = To the first page
council-file-more = More pages
council-file-next = Next pages
council-side-file = About the file
council-file-original = The file
council-file-no-original = The file itself is not linked. Ask for it at the town hall.
council-file-dated = Date:
council-file-read = Text read on
council-file-license = Licence:
council-file-owners = Belongs to
council-text-missing = The text is missing here
council-text-waiting = The text is still being read. Come back later.
council-text-encrypted = The file is protected by a password. The town hall has to publish it again.
council-text-scan = The file holds only pictures, no text. The town hall helps you read it.
council-text-too-large = The file is too large to be read.
council-text-failed = The file could not be read. It may be damaged.
council-text-none = The text of this file has not been read.
council-organizations = Committees
council-organizations-lead = Who discusses and decides: the council, its committees and groups.
council-organizations-none = No committee has been published yet.
council-organizations-former = Former committees
council-organizations-all = { $count ->
    [one] Show the one
   *[other] Show all { $count }
 }
council-group-council = Council
council-group-committee = Committees and boards
council-group-faction = Political groups
council-group-other = Offices and others
council-members-count = Members: { $count }
council-until = until { $date }
council-organization-about = Members, meetings and papers of a committee.
council-organization-members = { $count ->
    [one] One member.
   *[other] { $count } members.
 }
council-organization-next = Next meeting: { $when }.
council-organization-no-next = No further date has been published yet.
council-organization-ended = This committee existed until { $date }.
council-organization-all-meetings = All meetings of this committee
council-organization-papers = What the committee deals with
council-organization-no-papers = No paper has been published yet.
council-organization-all-papers = All papers of this committee
council-members = Members
council-members-now = Members today
council-members-former = Former members
council-members-former-count = { $count ->
    [one] One former member
   *[other] { $count } former memberships
 }
council-gap-members = Who is a member today has not been published. The town hall is responsible.
council-member = Member
council-sideways = The table can be scrolled sideways.
council-col-name = Name
council-col-organization = Committee
council-col-role = Role
council-col-from = from
council-col-until = until
council-short-name = Short name
council-since = Exists since
council-till = Existed until
council-part-of = Part of
council-website = Website
council-term = Term
council-terms = Terms
council-terms-lead = For which years each council was elected.
council-terms-none = Terms have not been published yet. The town hall is responsible.
council-terms-caption = Terms, newest first
council-term-current = current
council-open-end = open
council-people = People in the council
council-people-lead = Who takes part and decides, from A to Z.
council-people-current = Today
council-people-former = Formerly
council-people-none = Nobody with a seat has been published yet.
council-people-none-former = Nobody is in the list of former members.
council-people-more-nav = More people
council-people-next = Further in the list
council-person-about = Seats and roles of a person in the council.
council-person-kind = Person in the council
council-person-and-one = { $name } and one more committee
council-person-and-more = { $name } and { $count } more committees
council-person-faction = Political group: { $name }.
council-person-mandates = { $count ->
    [one] One seat today.
   *[other] { $count } seats today.
 }
council-person-no-mandate = Has no seat today.
council-person-now = Seats today
council-person-now-caption = Committees and roles today
council-person-past = Former seats
council-person-past-caption = Committees and roles in the past
council-person-papers = Papers brought in
council-person-life = About the person
council-person-source = Source:
council-places = Places
council-places-lead = What is discussed about which place, and where the council meets.
council-places-none = No place has been published yet.
council-places-about = Places in papers
council-places-held = Where meetings are held
council-places-more = { $count ->
    [one] One more place
   *[other] { $count } more places
 }
council-place-about = Papers and meetings at a place.
council-place-unnamed = Place without a name
council-place-papers = Papers about this place
council-place-no-papers = There is no paper about this place yet.
council-place-all-papers = All papers about this place
council-place-meetings = Meetings at this place
council-place-more-meetings = { $count ->
    [one] One more meeting
   *[other] { $count } more meetings
 }
