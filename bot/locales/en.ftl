# The article, as sentences name it.
article-named = 《{ $title }》
article-unnamed = this report

# /start, /help, /about
welcome =
    Hello! Ask me anything about { $article }, in a sentence of your own.
    I answer only with the report's own words (it is in Chinese) and say where they stand. What it does not say, I will not make up.
welcome-topics = Or start with a topic:
help =
    How to ask

    Here in private: just send a question, or tap a topic.
    In a group: mention { $bot } in your question, reply to one of my messages, or send /ask and the question.
    In any other chat: type { $bot } and a few words, then pick a quote to send.
    To follow up: reply to my answer, or ask something short right after it; /new makes me forget what you asked before.
    A typo? Edit your message and I will edit my answer.

    /topics shows all topics
    /verify checks whether a sentence is in the report
    /why, as a reply to an answer, says how it was found
    /timeline shows the dated events of the report
    /language changes my language
    /about tells you about the report
about = My answers quote { $article }.
about-publication = Source: { $value }
about-published = Date: { $value }
about-author = Author: { $value }
about-verbatim = Every quote is the report's own text, unchanged, with its place in it.
about-medical = It is a news report, not medical advice; for your health, ask a doctor.
unknown-command = I do not know this command. Try /topics or /help, or simply ask a question.

# The menu of commands.
command-start = Start
command-topics = All topics
command-help = How to ask
command-about = About the report
command-verify = Is this sentence in the report?
command-why = How an answer was found
command-timeline = Dated events
command-new = Forget what was asked
command-ask = Ask a question
command-language = Change my language
command-settings = Settings of this group (admins)

# Topics.
topics = Topics in { $article }. Tap one to read it:
topic-page = { $name } ({ $page }/{ $pages })
button-all-topics = All topics
input-placeholder = Ask, or tap a topic

# Why there is no quote.
reason-empty = I could not read a question there. Ask in one sentence, or tap a topic:
reason-too-long = That is a lot of text, and I cannot tell what you ask. Please put it in one sentence:
reason-greeting = Hello! What would you like to know about the report? Just ask, or tap a topic:
reason-thanks = You are welcome! Ask on whenever you like.
reason-about-bot = I am a bot that answers with quotes only: you ask, I find the report's own words and say where they stand. Some topics to try:
reason-about-article = The newspaper and the date of this article are under /about; its text does not say. Ask about what it tells, or tap a topic:
reason-not-in-article = The report does not speak of this. Try other words, or one of these topics:
reason-unsure = The report does not answer this directly. The closest it comes:
reason-missing-words = The report never mentions { $words }. Try other words, or one of these topics:
reason-distress = This reads like a cry for help.
reason-unresolved = Which one do you mean? Choose, and I will look it up:
reason-unresolved-open = I am not sure what you refer to. Please name the person or the thing and ask once more.

# Round the quotes: how the question was read, what they are and are not.
corrected = Searched for { $words }
quoted-word = “{ $word }”
word-separator = ,{ " " }
quoted-separator = ,{ " " }
selection = A selection from the report, not all it says:
answer-medical = This is a news report, not medical advice; for your health, ask a doctor.
gap = ［…］

# To somebody in distress: a human sentence, whom to call, and what the bot is.
care-self-harm = Thank you for saying it. I am worried. Please do not carry this alone: talk now with somebody who will listen, and if it is about somebody near you, stay with them:
care-emergency = This sounds urgent. Do not wait for me: please call an ambulance now.
care-grief = This must be very hard. You do not have to bear it alone; there are people you can talk to:
care-crisis = · { $place }: { $name } { $number }
care-ambulance = · { $place }: { $number }
care-danger = In immediate danger, or if somebody is hurt, call the emergency number: { $numbers }
care-numbers = { $place } { $numbers }
care-separator = ,{ " " }
care-elsewhere = Elsewhere: call your local emergency number, or find a line at { $directory }.
care-elsewhere-ambulance = Elsewhere: call your local emergency number. Stay with the patient and do as the dispatcher says.
care-elsewhere-talk = Elsewhere: you can find a line at { $directory }.
care-bot = I am only a bot that quotes a news report and can do no more, but the people on the phone can.
care-question = What the report says to your question:

# Who the bot is not; what the report does not state.
care-addressed = I am neither a doctor nor anybody from the report or the hospital, only a bot that quotes a news report: I cannot advise you or pass anything on.
care-workplace = The hospital and the department that the report names:
care-whose = { " " }for { $disease } patients
care-unstated-cure = The report does not say whether anybody was cured{ $whose }.
care-unstated-effect = The report does not say how well the treatment works{ $whose }.
care-unstated-survival = The report does not say how long people live{ $whose }.
care-unstated-safety = The report does not say whether the treatment is safe, or has side effects{ $whose }.
care-related = What it does say, as far as it is related:
care-other-outcome = { $disease }: how well did the treatment work?
care-others = It tells of results in other diseases; tap to read:
care-unsaid = The report has no words of { $name }.
care-about-person = What it does say of this person:
reason-unstated = The report does not state the outcome.
reason-unsaid = The report has no words of this person.
reason-addressed = The report does not say what you ask.

# Where a quote stands: — 《title》· section · paragraph (lines)
place-dash = —{ " " }
place-title = 《{ $title }》·{ " " }
place-speaker = said by { $name },{ " " }
place-separator = { " · " }
place-paragraph = paragraph { $number }
place-line = { " " }(source line { $line })
place-lines = { " " }(source lines { $first }–{ $last })
kind-title = title
kind-byline = byline
kind-signature = signature
kind-caption = caption
kind-credit = photo credit
open-in-article = see it in the text

# What a quote's time words mean; stands outside the quote.
note-year = “{ $word }” in the text means { $year }
note-day = “{ $word }” in the text means the time of printing
note-published = printed on { $date }
note-separator = ,{ " " }

# Buttons under an answer. Short: three stand in a row.
button-context = Context
button-more = More
button-narrow = Less
button-copy = Copy
button-share = Share
button-card = Picture
button-literal = As typed
fault-off-point = Off topic
fault-incomplete = Incomplete
fault-in-article = It is there

# Shown in passing after a vote.
vote-good = Thank you, noted.
vote-bad = Noted. What was wrong? Please choose below.
vote-fault = Thank you, noted; it helps to improve.

# Deep links, inline mode, guest mode, /new.
link-stale = What this link led to has changed, or the link is incomplete, so I cannot be sure which place it meant. Just ask me, or start with a topic:
link-unreadable = I cannot read this link; some characters may have been lost in copying. Just ask me, or start with a topic:
inline-open = 在私聊里打开 · Open the chat
guest-bare = Call me with a question, and I will answer it with the words of { $article }.
new = Done: I have forgotten what was asked before.

# /why
why-usage = Reply to one of my answers with /why, and I will say how it was found.
why-forgotten = I no longer remember the question behind this message (I keep half an hour), or it is not an answer. Ask again and I can explain.
why-unknown-id = I no longer remember an answer with this id (I keep half an hour). Just ask again.
why-title = How this answer was found
why-previous = Read together with: { $question }
why-corrected = “{ $written }” was read as “{ $read }”
why-matched = Words matched in the report: { $words }
why-missing = Words the report never uses: { $words }
why-none = none
why-scores = Scores of the candidate quotes (best first): { $scores }
why-confidence = Confidence: { $percent }%
why-index = Index version:{ " " }
why-answer = Answer id:{ " " }
why-again = Send /why with the answer id to see the same answer again.

# /verify: the verdict, then what differs.
verify-usage = Send /verify with a sentence, or reply to a message with /verify, and I will check whether the report says it in these words.
verdict-found = This is in the report, word for word.
verdict-normalised = This is in the report; the words are the same, only written differently: { $ways }.
verdict-altered = This is not what the report says; it differs from the text.
verdict-stitched = This is not one passage of the report: it is stitched together from { $number } places that do not stand together there.
verdict-absent = The report does not say this.
difference-script = traditional or simplified characters
difference-width = full or half width
difference-case = capitals
difference-spaces = spaces or line breaks
difference-quotation-marks = quotation marks
difference-punctuation = punctuation
difference-extras = emoji or links in between
piece-found = Part { $number }: in the report, word for word.
piece-normalised = Part { $number }: in the report, written differently ({ $ways }).
piece-altered = Part { $number }: differs from the report.
piece-absent = Part { $number }: not in the report. “{ $words }”
verify-compared = Compared (［−］ is in the report and missing here, ［+］ is added here):
mark-removed = ［−{ $words }］
mark-added = ［+{ $words }］
change-added = · added: “{ $asked }”
change-removed = · missing: “{ $there }”
change-changed = · the report has “{ $there }”, here it is “{ $asked }”
change-apart = · what stands side by side here is apart in the report
change-more = · and { $number } more differences
verify-original = The report says:
verify-heading = “{ $heading }” in it is a printed heading.
verify-elsewhere = The report says this { $number } times; also here:
verify-nearest = The closest sentence in the report:
verify-left-out = Emoji, links and the source line were not checked.
verify-cut = Too long: the rest is not listed.

# Pictures.
timeline-caption =
    The dated events of { $article }, each in its own words.
    If you cannot see pictures, tap the button below or send /timeline text.
timeline-none = There is no timeline for this report.
button-as-text = As text
card-light = Light
card-dark = Dark

# Alerts on buttons.
alert-forgotten = I no longer remember this question (I keep half an hour). Please ask again.
alert-moved = This passage of the report has changed, so I cannot show its context here. Please ask again.
alert-stale = This button no longer works. Send /topics to choose again.
alert-too-old = This message is too old for me to change. Send /topics to choose again.
alert-not-yours = Only the person who asked can use these buttons. You can ask me yourself.

# Asking: /ask, several questions at once, limits, what is no text.
ask-usage = Write the question after /ask, as in “/ask What does Zhang Yi study?”, or reply to somebody’s question with /ask.
several-more = I answer three questions at a time; please ask the others again.
limit-user = You are asking a little fast. I will take a short rest and answer again in a while.
limit-group = This group is asking a lot. I will take a short rest and answer again in a while.
wordless = I can read only text. Put your question in a sentence and send it to me.

# Groups: the introduction, /settings.
introduction = Hello, everybody! I answer questions with the words of { $article } only, and say where they stand.
introduction-private = In groups I see only what is said to me: mention { $bot } in your question, reply to one of my messages, or send /ask and the question.
introduction-open = To ask me, mention { $bot } in your question, reply to one of my messages, or send /ask and the question; I stay out of everything else.
introduction-settings = Admins can change what I do here with /settings.
settings-panel = My settings in this group; admins can change them.
settings-on-mention = When I answer: when I am mentioned, or asked with /ask
settings-on-reply = When I answer: when I am mentioned, replied to, or asked with /ask
settings-keep = My answers: they stay
settings-delete = My answers: deleted after { $minutes } min
settings-own-language = Language: that of whoever asks
settings-language = Language: { $language }
settings-admins-only = Only admins can change the settings of this group. Your own language you can choose with /language.
settings-in-groups = /settings is for groups, where admins use it. Here you can change my language with /language.
settings-lost = The settings were not saved. Please try again in a while.
button-on-mention = On mention
button-on-reply = On replies
button-keep = Keep
button-minutes = { $minutes } min
button-own-language = Asker's
button-chosen = ✓ { $label }
alert-admins-only = Only admins can change the settings of this group.

# Languages: /language, and a quote's reading copy in traditional characters.
language-panel = Which language shall I speak? Quotes always stay as printed.
language-chosen = You chose { $language }.
language-of-app = Now it is that of your Telegram.
language-of-group = In this group the admins chose { $language }; your choice holds elsewhere.
language-name = English
button-app-language = As my app
reading-button = Traditional
reading-mark = In traditional characters, converted; the printed text above is what counts:

# What Telegram shows before a chat begins.
profile-description = I answer questions with the words of { $article } only: every answer is a quote, unchanged, with its place. What the report does not say, I will not make up. It is in Chinese, a news report, and not medical advice.
profile-short = Answers with the very words of { $article }, and says where they stand.

# Something broke.
failure = Sorry, something went wrong on my side and I could not answer. Please try again in a while; if you report it, mention { $id }.

# Pictures.
picture-verbatim = Quoted word for word from the report
picture-timeline = Dates in the report
picture-printed = printed as “{ $words }”

# What is kept: /privacy, /forget, /stats.
command-privacy = What I keep of you
privacy =
    What I keep

    · For half an hour: your questions and my answers, so that you can follow up, ask /why, or edit a question.
    · While a message of yours is being answered: the message itself.
    · Your votes on answers, and what became of each question (answered or not, which topics), under a code that cannot be traced back to you without my key; for a year.
privacy-texts = · The words of questions, beside that code: for { $days } days.
privacy-no-texts = · The words of questions are not kept: they stay in memory for half an hour and are gone with it.
privacy-rest =
    · For two days: which of my messages answers which of yours, as numbers, for edits.
    · A language you chose, until you choose another.
    · Of a cry for help neither the words nor who it was: I only count them.

    I pass nothing on, and keep no names and no other messages.
    /forget erases what I keep of you, here and in groups. Messages in this chat are yours and Telegram's to delete.
forget-done = Erased: { $questions } logged questions, { $recent } recent exchanges, { $votes } votes, { $language } language settings.
forget-nothing = There was nothing to erase: I keep nothing of you.
forget-failed = I cannot reach my records just now, so not everything was erased. Please send /forget again in a while.
forget-anonymous = You write in the group's name, so I cannot tell who you are. Send me /forget in a private chat.
stats-title = Last { $days } days (UTC)
stats-none = No questions yet.
stats-unavailable = The store does not answer; try again later.
stats-day = day
stats-asked = asked
stats-answered = found
stats-share = share
stats-readers = people
stats-all = all
stats-topics = Topics of the answers
stats-missed = Asked and not answered
stats-good = Good answers
stats-bad = Bad answers
stats-distress = Cries for help
