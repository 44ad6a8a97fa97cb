# Ideas, and comments on them and in discussions.
idea-view = Ideas
idea-new = Propose an idea
idea-none = Nobody has proposed an idea yet.
idea-none-filtered = There are no ideas for this choice.
idea-number = Idea { $number }
idea-sort = Order
idea-sort-chance = different each day
idea-sort-newest = newest first
idea-sort-supported = most supported first
idea-sort-why = At first the order is another one each day, so that late ideas stand at the top too.
idea-category = Topic
idea-category-none = no topic
idea-category-unknown = Choose one of the topics of the list.
idea-filter-answer = Answer of the town hall
idea-filter-near = Near
idea-filter-radius = Radius
idea-near-unknown = This address is not known here. Write street and number, or choose another one.
idea-radius-metres = { $count } metres
idea-radius-kilometres = { $count ->
    [one] 1 kilometre
   *[other] { $count } kilometres
  }
idea-pages = More ideas
idea-page-next = More ideas
idea-as-map = These ideas on a map
idea-as-list = These ideas as a list
idea-map-label = Map of the ideas on this page
idea-map-closer = Closer
idea-map-farther = Farther away
idea-map-hint = Each number on the map belongs to an idea of the list below.
idea-take-csv = All ideas as a table (CSV)
idea-take-geojson = All ideas with a place (GeoJSON)
idea-supports = supporters
idea-support-one = supporter
idea-comments = comments
idea-comment-one = comment
idea-supports-count = { $count ->
    [0] no supporters yet
    [one] 1 person supports this
   *[other] { $count } people support this
  }
idea-with-council = goes to the council
idea-with-council-long = This idea is among the most supported ones. It goes to the council.
idea-council-lead = { $count ->
    [one] The idea with the most support goes to the council in the end.
   *[other] The { $count } ideas with the most support go to the council in the end.
  }
idea-answer-heading = Answer of the town hall
idea-answer-open = no answer yet
idea-answer-planned = will be done
idea-answer-done = is done
idea-answer-examined = is being examined
idea-answer-declined = will not be done
idea-answer-handed-on = handed on to others
idea-fact-author = Proposed by
idea-fact-day = Received
idea-fact-category = Topic
idea-fact-place = Place
idea-fact-receipt = Receipt number
idea-title = What is it about?
idea-title-hint = One sentence that names the idea, for example: More benches on the market square
idea-title-length = Write a title of 8 to 160 characters.
idea-text = The idea
idea-text-hint = What should change, and why? Do not name other people or their addresses.
idea-text-length = Describe the idea in 20 to 5,000 characters.
idea-place = Place
idea-place-hint = Street and number, or latitude and longitude such as 54.38, 7.05
idea-send = Continue
idea-send-anyway = Send my idea anyway
idea-to-list = Back to the list
idea-limit = You have proposed as many ideas as one person can here. Take one back if another one matters more to you.
idea-limit-note = { $count ->
    [one] Each person can propose one idea here.
   *[other] Each person can propose { $count } ideas here.
  }
idea-similar = Is your idea there already?
idea-similar-lead = These ideas sound similar. Support one of them and it counts for more. Your idea has not been sent yet.
idea-similar-own = My idea is a different one
idea-receipt-public = Your idea is public. Others can support it and comment on it.
idea-support-heading = Support
idea-support-add = I support this
idea-support-remove = Take my support back
idea-support-thanks = Your support counts.
idea-support-sign-in = Sign in and support
idea-support-own = You cannot support your own idea. It counts anyway.
idea-support-limit = You support as many ideas as one person can. Take one support back, and one becomes free.
idea-edited = changed; this is how it read before
idea-edit-late = One hour after sending the words cannot be changed any more. You can still take the idea back.
idea-own-change = Change my idea
idea-own-change-lead = Until one hour after sending. What it said before stays readable for all.
idea-own-save = Save the change
idea-own-back = Back to the idea
idea-own-withdraw = Take the idea back
idea-own-withdraw-help = The idea is no longer public then. This cannot be undone.
idea-before = How it read before
idea-before-none = This idea was not changed.
idea-before-until = until
idea-hidden = This idea is hidden
idea-hidden-why = The town hall has hidden this idea. Reason: { $reason }
idea-merged-notice = This idea went into another one. It goes on there:
idea-merged-into = Went into:
idea-merged-here = Went into this one:
idea-split-into = Split off from it:
idea-split-from = Split off from:
idea-kin-heading = Where it comes from and where it leads
idea-state-unconfirmed = not confirmed yet
idea-state-waiting = waits to be read
idea-state-public = public
idea-state-hidden = hidden
idea-state-withdrawn = taken back
idea-state-merged = went into another one

comment-view = Discussion
comment-heading = Comments
comment-one = Comment
idea-one = Idea

contribution-report = Report
contribution-moderate = Moderate
contribution-waits-links = Contains a link. We have not let through a contribution of this person before.
contribution-question = Is there something personal in it?
contribution-question-lead = This is what we found in your text. Nothing is public yet. Once you send it, everybody can read it.
contribution-question-how = Change your text, or send it as it is.
contribution-question-send = Send it as it is
contribution-found-email = E-mail address
contribution-found-telephone = Telephone number
contribution-found-bank-account = Account number (IBAN)
contribution-found-licence-plate = Licence plate
contribution-found-postal-address = Address
contribution-found-birth-date = Date of birth
contribution-found-tax-number = Tax number
contribution-found-insurance-number = Insurance number
contribution-found-name = Name
comment-none = Nobody has written anything on this yet.
comment-sort = Order of the comments
comment-sort-balanced = balanced
comment-sort-newest = newest first
comment-sort-oldest = oldest first
comment-sort-why = “Balanced” alternates between for and against. What counts is how many people answered, not how often. Writing a lot does not bring anybody to the top more often.
comment-stance = Where do you stand?
comment-stance-for = for it
comment-stance-against = against it
comment-stance-none = neither
comment-answers = Answer to
comment-answer = answer
comment-answer-to = Answer to
comment-answer-none = Not an answer, but a comment of its own
comment-write = Write something on this
comment-text = Your comment
comment-text-hint = With @ and the name you address somebody who has written here. The person is told by mail.
comment-text-length = Write 3 to 4,000 characters.
comment-send = Send comment
comment-pages = More comments
comment-page-next = More comments
comment-edited = changed
comment-parent-gone = The comment that you answer is gone. Write one of your own.
comment-hidden = The town hall has hidden this comment. Reason: { $reason }
comment-withdrawn = This comment was taken back.
comment-in-talk = See it in the conversation
comment-own-change = change or take back
comment-own-change-hint = Until one day after sending. What it said before stays readable for all.
comment-own-save = Save the change
comment-own-withdraw = Take the comment back
comment-own-withdraw-help = Its text is no longer public then. Answers to it stay.
comment-edit-late = One day after sending the words cannot be changed any more. You can still take the comment back.
comment-before = How it read before
comment-shares = Who writes how much?
comment-shares-each = Comments per person
comment-shares-people = People
comment-shares-comments = Comments
comment-shares-part = Share of all
comment-share-one = { $count } comment
comment-share-some = { $from } to { $to } comments
comment-share-many = { $from } comments and more
comment-mail-mention-subject = You were addressed: { $title }
comment-mail-mention-text =
    Hello,

    { $count ->
        [one] somebody addressed you in a comment.
       *[other] somebody addressed you in { $count } comments.
    }
    Read it here:
    { $links }

    You get at most one such mail an hour.

    { $site }

format-mail-answer-by = { " " }The town hall answers by { $day }.
format-mail-number = { " " }The receipt number is { $receipt }.
format-mail-confirm-subject = Please confirm your contribution: { $title }
format-mail-confirm-text =
    Hello,

    a contribution to “{ $title }” came in under your mail address.{ $facts } It counts as soon as you confirm it. Open this page within the next seven days:

    { $link }

    Keep this mail. The same page shows you later how your contribution stands, and you can take it back there.

    You did not write anything? Then do nothing. The contribution stays hidden.

    { $site }
format-mail-receipt-subject = Your contribution is here: { $receipt }
format-mail-receipt-text =
    Hello,

    your contribution to “{ $title }” has arrived.{ $facts }

    You read here what becomes of it:
    { $link }

    { $site }

event-idea-made = Idea proposed
event-idea-shown = Idea public again
event-idea-hidden = Idea hidden
event-idea-held = Idea held back for review
event-idea-withdrawn = Idea taken back
event-idea-merged = Idea went into another one
event-idea-joined = Another idea went into this one
event-idea-split = Part of the idea split off
event-idea-answered = Idea answered
event-idea-answer-changed = Answer changed
event-idea-promised = Answer promised
event-idea-to-council = Idea goes to the council
event-ideas-to-council = List for the council made
event-comment-hidden = Comment hidden
event-comment-held = Comment held back for review
event-comment-shown = Comment public again
notice-contribution-confirmed = Confirmed. Your contribution counts now.
notice-idea-changed = Saved. Everybody reads the new words now.
notice-idea-taken-back = Your idea is taken back.
notice-comment-sent = Your comment is public.
notice-comment-sent-unconfirmed = Nearly done. Confirm your comment by the link in the mail.
notice-comment-sent-waiting = Received. Your comment is public as soon as somebody in the town hall has read it.
notice-comment-changed = Saved. Everybody reads the new words now.
notice-comment-taken-back = Your comment is taken back.

admin-ideas = Work on ideas
admin-ideas-lead = Answer, promise answers, merge similar ideas. All of it is public.
admin-ideas-work = Work on this idea
admin-ideas-views = Choice
admin-ideas-open = without an answer
admin-ideas-waiting = not public yet
admin-ideas-all = all
admin-ideas-list = List
admin-ideas-none = There is nothing here now.
admin-ideas-council = List for the council
admin-ideas-council-row = { $title } ({ $count ->
    [one] 1 supporter
   *[other] { $count } supporters
  })
admin-ideas-council-now = The topic is over. These ideas have the most support:
admin-ideas-council-later = The list is made when nobody can propose or support any more.
admin-ideas-council-done = The list is made and publicly recorded.
admin-ideas-hand-on = Make the list and record it publicly
admin-ideas-public = See the public page
admin-ideas-answer = Answer
admin-ideas-answer-help = The answer is public as soon as you send it.
admin-ideas-answer-what = What becomes of it?
admin-ideas-answer-text = Reason for all
admin-ideas-answer-do = Answer publicly
admin-ideas-answer-missing = Choose what becomes of the idea.
admin-ideas-answer-length = Give reasons in 20 to 10,000 characters.
admin-ideas-department = Department in charge
admin-ideas-no-department = no department
admin-ideas-promise = Promise an answer
admin-ideas-promise-day = Answer by
admin-ideas-promise-do = Save the promise
admin-ideas-day = Choose a day that is not over.
admin-ideas-reason = Reason that all read
admin-ideas-merge = Merge into another idea
admin-ideas-merge-help = This idea goes into the other one. Support counts there, each person once. The old address leads on.
admin-ideas-merge-into = Number of the other idea
admin-ideas-merge-into-hint = The number stands at the end of its address.
admin-ideas-merge-do = Merge
admin-ideas-merge-unknown = Name the number of a public idea of the same collection.
admin-ideas-split = Split off a part
admin-ideas-split-help = A part becomes an idea of its own, by the same person. Both pages name each other.
admin-ideas-split-do = Split off
admin-ideas-not-public = This is only possible with a public idea.
admin-ideas-settings = Rules of the collection
admin-ideas-settings-lead = Topics to choose from and limits per person. Empty fields set no limit.
admin-ideas-categories = Topics
admin-ideas-categories-hint = One topic per line, at most 20
admin-ideas-categories-limit = At most 20 topics of 60 characters each.
admin-ideas-per-person = Ideas per person
admin-ideas-supports-per-person = Supports per person
admin-ideas-to-council = Ideas for the council
admin-ideas-to-council-hint = So many of the most supported ideas go to the council in the end.
admin-ideas-number = Write a number within the bounds, or nothing.
admin-ideas-save = Save the rules
notice-admin-ideas-saved = Saved.
notice-admin-ideas-handed-on = The list is made and publicly recorded.
notice-admin-ideas-answered = The answer is public.
notice-admin-ideas-promised = The promise is public.
notice-admin-ideas-merged = Merged. The old address leads on.
notice-admin-ideas-was-split = Split off. The new idea is public.
contribution-name-hint = It stands beside your contribution. It need not be your real name.
contribution-email-hint = You get a link. Your contribution counts once you open it. The address is never shown.
contribution-email-open-hint = With an address you can confirm the contribution. The address is never shown.
contribution-public-note = Your contribution is public. It stays if you delete your account, without your name then.
contribution-confirm = Confirm the contribution
contribution-confirm-lead = Is this your contribution? Then confirm it here.
contribution-confirm-do = Yes, it is mine
contribution-confirm-not = If not, you need not do anything. It will never be public then.
contribution-confirm-other = This link belongs to another contribution.
contribution-to-place = To the contribution
contribution-own = Your contribution
contribution-confirm-used = You have confirmed this contribution.
contribution-withdraw = Take the contribution back
notice-contribution-taken-back = Your contribution is taken back.
idea-receipt-thanks = Your idea has arrived
idea-receipt-unconfirmed = Now open the link in the mail that we sent you. Only then the idea counts.
idea-receipt-waiting = Somebody in the town hall reads the idea, then it becomes public.
idea-receipt-keep = Keep the receipt number. With it we find your idea, by telephone too.
idea-receipt-back = To the idea
idea-picture = Picture
idea-picture-hint = JPEG, PNG or WebP, 15 megabytes at most. We delete the place, time and device that are noted in the file. Please show nobody who can be recognised.
idea-picture-text = What can be seen in the picture?
idea-picture-text-hint = One sentence for everybody who does not see the picture. Only needed if you choose a picture.
idea-picture-text-length = Describe the picture in 5 to 250 characters
idea-picture-missing = The picture for this description is missing. Choose it again, or delete the description
idea-picture-again = The picture is not here any more. Choose it again, or delete its description
idea-picture-too-many = Very many pictures came from here within the last hour. Send the idea without a picture, or try again in an hour
idea-picture-kept = Your picture is here already. You need not choose it again.
idea-picture-kept-help = It becomes public with the idea and not before. If you do not send the idea, we delete the picture again.
idea-picture-remove = Leave the picture out
idea-picture-other = Another picture
idea-picture-now = Your picture
idea-picture-delete = Delete the picture
idea-picture-large = See the picture large
idea-picture-own-gone = The pictures of your ideas are deleted.
