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
    In a group: mention { $bot } in your question, or reply to one of my messages.
    A typo? Edit your message and I will edit my answer.

    /topics shows all topics
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
reason-not-in-article = The report does not speak of this. Try other words, or one of these topics:
reason-unsure = The report does not answer this directly. The closest it comes:

# Where a quote stands: — 《title》· section · paragraph (lines)
place-dash = —{ " " }
place-title = 《{ $title }》·{ " " }
place-separator = { " · " }
place-paragraph = paragraph { $number }
place-line = { " " }(source line { $line })
place-lines = { " " }(source lines { $first }–{ $last })
kind-title = title
kind-byline = byline
kind-signature = signature
kind-caption = caption
kind-credit = photo credit

# What a quote's time words mean; stands outside the quote.
note-year = “{ $word }” in the text means { $year }
note-day = “{ $word }” in the text means the time of printing
note-published = printed on { $date }
note-separator = ,{ " " }

# Alerts on buttons.
alert-stale = This button no longer works. Send /topics to choose again.
alert-too-old = This message is too old for me to change. Send /topics to choose again.
alert-not-yours = Only the person who asked can turn these pages. You can ask me yourself.

# Something broke.
failure = Sorry, something went wrong on my side and I could not answer. Please try again in a while; if you report it, mention { $id }.
