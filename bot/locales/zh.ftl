# The article, as sentences name it.
article-named = 《{ $title }》
article-unnamed = 这篇报道

# /start, /help, /about
welcome =
    你好！关于{ $article }，直接用一句话问我就好。
    我只用报道里的原文回答，并标明出处；文中没有的，我会照实说没有。
welcome-topics = 也可以先从一个话题读起：
help =
    怎么问我

    私聊：直接发问题，比如“渐冻症的临床研究是什么时候开始的”，或者点一个话题。
    群里：在问题里写上 { $bot }，或者直接回复我的消息。
    问错了字，编辑原来的消息就行，我会跟着改答案。

    /topics 看全部话题
    /about 了解这篇报道
about = 我回答时引用的，是{ $article }。
about-publication = 来源：{ $value }
about-published = 日期：{ $value }
about-author = 作者：{ $value }
about-verbatim = 我发出的引文都是报道原文，一字不改，并注明在文中的位置。
about-medical = 这是一篇新闻报道，不是医疗建议；看病用药请咨询医生。
unknown-command = 我不认识这个命令。可以用 /topics 看话题，用 /help 看用法，或者直接提问。

# The menu of commands.
command-start = 开始
command-topics = 全部话题
command-help = 怎么提问
command-about = 关于这篇报道

# Topics.
topics = { $article }里的话题，点一个看原文：
topic-page = { $name }（{ $page }/{ $pages }）
button-all-topics = 全部话题
input-placeholder = 问一句，或点一个话题

# Why there is no quote.
reason-empty = 我没有读到问题。用一句话问我，或者点一个话题：
reason-too-long = 这段话有点长，我读不出要问什么。请缩成一句话再问我：
reason-greeting = 你好！想知道报道里的什么？直接问，或者点一个话题：
reason-thanks = 不客气！还想知道什么，接着问就好。
reason-about-bot = 我是一个只引用原文的问答机器人：你提问，我从报道里找出原话并注明出处。试试这些话题：
reason-not-in-article = 这篇报道没有说到这个。换个问法，或者看看这些话题：
reason-unsure = 文中没有直接回答，最相关的原文是：

# Where a quote stands: ——《title》· section · paragraph（lines）
place-dash = ——
place-title = 《{ $title }》·{ " " }
place-separator = { " · " }
place-paragraph = 第{ $number }段
place-line = （原文第{ $line }行）
place-lines = （原文第{ $first }—{ $last }行）
kind-title = 标题
kind-byline = 署名
kind-signature = 落款
kind-caption = 图片说明
kind-credit = 图片来源

# What a quote's time words mean; stands outside the quote.
note-year = 文中“{ $word }”指{ $year }年
note-day = 文中“{ $word }”指见报时
note-published = 见报日期{ $date }
note-separator = ，

# Alerts on buttons.
alert-stale = 这个按钮已经失效了。发送 /topics 可以重新选话题。
alert-too-old = 这条消息太久了，我改不动它。发送 /topics 可以重新选话题。
alert-not-yours = 这是别人问出来的，只有提问的人能翻页。你也可以直接问我。

# Something broke.
failure = 抱歉，我这里出了点问题，没能回答。请过一会儿再试；反馈时请附上编号 { $id }。
