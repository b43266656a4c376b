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
    群里：在问题里写上 { $bot }，回复我的消息，或者发送 /ask 加问题。
    其他聊天里：输入 { $bot } 加几个字，选一条引文发出去。
    接着问：回复我的答案，或者紧接着问一句短的；/new 让我忘掉前面的问题。
    问错了字，编辑原来的消息就行，我会跟着改答案。

    /topics 看全部话题
    /verify 核对一句话是不是报道原文
    /why 回复一条答案，看它是怎么找到的
    /timeline 看文中的时间线
    /language 换一种语言
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
command-verify = 核对一句话是不是原文
command-why = 这条答案是怎么找到的
command-timeline = 文中的时间线
command-new = 忘掉前面的问题
command-ask = 提问
command-language = 换一种语言
command-settings = 本群的设置（管理员）

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
reason-about-article = 这篇报道登在哪份报纸、哪一天，见 /about；正文里没有写。问问报道的内容，或者点一个话题：
reason-not-in-article = 这篇报道没有说到这个。换个问法，或者看看这些话题：
reason-unsure = 文中没有直接回答，最相关的原文是：
reason-missing-words = 文中没有出现{ $words }。换个问法，或者看看这些话题：
reason-distress = 这条消息像是在求救。
reason-unresolved = 你指的是哪一个？选一个，我接着找：
reason-unresolved-open = 我不确定你指的是什么。请把人物或事情说全，再问我一次。

# Round the quotes: how the question was read, what they are and are not.
corrected = 按{ $words }查找
quoted-word = “{ $word }”
word-separator = 、
quoted-separator = { "" }
selection = 下面是从文中选出的几处，不是全部：
answer-medical = 这是新闻报道，不是医疗建议；看病用药请咨询医生。
gap = ［…］

# To somebody in distress: a human sentence, whom to call, and what the bot is.
care-self-harm = 谢谢你说出来，我很担心。请别一个人扛着，现在就和愿意听的人说说话；如果说的是身边的人，请陪着他：
care-emergency = 这听起来很危急，别等我，请马上叫救护车：
care-grief = 这一定很难受。难过的时候不必一个人撑着，可以找人说说话：
care-crisis = · { $place }：{ $name } { $number }
care-ambulance = · { $place }：{ $number }
care-danger = 如果马上有危险，或者已经受伤，请打急救或报警电话：{ $numbers }
care-numbers = { $place } { $numbers }
care-separator = ，
care-elsewhere = 在其他地方：请打当地的急救电话，或在 { $directory } 找一条热线。
care-elsewhere-ambulance = 在其他地方：请打当地的急救电话。守在病人身边，照接线员说的做。
care-elsewhere-talk = 在其他地方：可以在 { $directory } 找一条热线。
care-bot = 我只是一个引用新闻报道的机器人，帮不上更多，但电话那头的人可以。
care-question = 你问的事，报道里是这样写的：

# Who the bot is not; what the report does not state.
care-addressed = 我不是医生，也不是文中的人或医院的人，只是一个引用新闻报道的机器人，不能看病，也不能转告。
care-workplace = 报道里写到的医院和科室是：
care-whose = { $disease }患者的
care-unstated-cure = 文中没有说{ $whose }病有没有治好。
care-unstated-effect = 文中没有说{ $whose }治疗效果。
care-unstated-survival = 文中没有说{ $whose }存活情况。
care-unstated-safety = 文中没有说{ $whose }治疗是否安全，有没有副作用。
care-related = 与此有关，文中说到的是：
care-other-outcome = { $disease }的治疗效果怎么样？
care-others = 文中写到了别的病的结果，想看可以点：
care-unsaid = 文中没有{ $name }说的话。
care-about-person = 关于这个人，文中写到的是：
reason-unstated = 文中没有说结果如何。
reason-unsaid = 文中没有这个人说的话。
reason-addressed = 你问的，报道里没有写。

# Where a quote stands: ——《title》· section · paragraph（lines）
place-dash = ——
place-title = 《{ $title }》·{ " " }
place-speaker = { $name }说，见
place-separator = { " · " }
place-paragraph = 第{ $number }段
place-line = （原文第{ $line }行）
place-lines = （原文第{ $first }—{ $last }行）
kind-title = 标题
kind-byline = 署名
kind-signature = 落款
kind-caption = 图片说明
kind-credit = 图片来源
open-in-article = 在文中查看

# What a quote's time words mean; stands outside the quote.
note-year = 文中“{ $word }”指{ $year }年
note-day = 文中“{ $word }”指见报时
note-published = 见报日期{ $date }
note-separator = ，

# Buttons under an answer. Short: three stand in a row.
button-context = 上下文
button-more = 更多
button-narrow = 收起
button-copy = 复制
button-share = 转发
button-card = 图片
button-literal = 按原字查
fault-off-point = 答非所问
fault-incomplete = 不完整
fault-in-article = 文中明明有

# Shown in passing after a vote.
vote-good = 谢谢，记下了。
vote-bad = 记下了。哪里不对？请在下面选一个。
vote-fault = 谢谢，记下了，会用来改进。

# Deep links, inline mode, guest mode, /new.
link-stale = 这个链接指向的内容已经变了，或者链接不完整，我不能确定它原来指哪里。可以直接问我，或者从话题看起：
link-unreadable = 我读不懂这个链接，可能是复制时少了几个字符。可以直接问我，或者从话题看起：
inline-open = 在私聊里打开 · Open the chat
guest-bare = 写上问题再叫我，我会用{ $article }里的原文回答。
new = 好，前面的问题我都忘了。

# /why
why-usage = 回复我的一条答案并发送 /why，我会说明它是怎么找到的。
why-forgotten = 我不记得这条消息对应的问题了（只记最近半小时），或者它不是一条答案。再问一次，我就能说明。
why-unknown-id = 我不记得这个编号的答案了（只记最近半小时）。再问一次就好。
why-title = 这条答案是怎么找到的
why-previous = 承接前面的问题：{ $question }
why-corrected = “{ $written }”读作“{ $read }”
why-matched = 文中对上的词：{ $words }
why-missing = 文中没有的词：{ $words }
why-none = 无
why-scores = 候选引文得分（高的在前）：{ $scores }
why-confidence = 把握：{ $percent }%
why-index = 索引版本：
why-answer = 答案编号：
why-again = 发送 /why 加答案编号，可以再看一遍同一条答案。

# /verify: the verdict, then what differs.
verify-usage = 发送 /verify 加一句话，或者回复一条消息发送 /verify，我来核对它是不是报道原文。
verdict-found = 是原文，一字不差。
verdict-normalised = 是原文，字词相同，只有写法不同：{ $ways }。
verdict-altered = 不是原文，和原文有出入。
verdict-stitched = 不是一段完整的原文：它由 { $number } 处拼成，这几处在文中并不相连。
verdict-absent = 文中没有这段话。
difference-script = 繁简字
difference-width = 全角半角
difference-case = 大小写
difference-spaces = 空格换行
difference-quotation-marks = 引号
difference-punctuation = 标点
difference-extras = 夹带的表情或链接
piece-found = 第 { $number } 部分：是原文。
piece-normalised = 第 { $number } 部分：是原文，写法不同（{ $ways }）。
piece-altered = 第 { $number } 部分：和原文有出入。
piece-absent = 第 { $number } 部分：文中没有。“{ $words }”
verify-compared = 对照（［−］是原文有、这里少了的，［+］是这里多出来的）：
mark-removed = ［−{ $words }］
mark-added = ［+{ $words }］
change-added = · 多了“{ $asked }”
change-removed = · 少了“{ $there }”
change-changed = · 原文的“{ $there }”变成了“{ $asked }”
change-apart = · 前后两处在原文里并不相连
change-more = · 还有 { $number } 处不同
verify-original = 原文是：
verify-heading = 其中“{ $heading }”是文中印出的小标题。
verify-elsewhere = 这句话在文中出现 { $number } 次，还见于：
verify-nearest = 文中最接近的一句：
verify-left-out = 表情、链接和出处行没有参加核对。
verify-cut = 内容太长，后面的没有列出。

# Pictures.
timeline-caption =
    { $article }里的时间线，每一条都是原文。
    看不到图片，可以点下面的按钮或发送 /timeline text 看文字版。
timeline-none = 这篇报道没有整理好的时间线。
button-as-text = 文字版
card-light = 浅色
card-dark = 深色

# Alerts on buttons.
alert-forgotten = 这个问题我不记得了（只记最近半小时）。请再问一次。
alert-moved = 文中的这段文字已经变了，这条消息的上下文打不开了。请再问一次。
alert-stale = 这个按钮已经失效了。发送 /topics 可以重新选话题。
alert-too-old = 这条消息太久了，我改不动它。发送 /topics 可以重新选话题。
alert-not-yours = 这是别人问出来的，只有提问的人能按。你也可以直接问我。

# Asking: /ask, several questions at once, limits, what is no text.
ask-usage = 把问题写在 /ask 后面，比如“/ask 张毅从事什么研究”；也可以用 /ask 回复别人的问题。
several-more = 一次最多答三个问题，其余的请再问我一次。
limit-user = 你问得有点快，我先歇一会儿，过一阵再答你。
limit-group = 群里问得有点多，我先歇一会儿，过一阵再答大家。
wordless = 这个我看不懂，我只读得懂文字。把问题写成一句话发给我就好。

# Groups: the introduction, /settings.
introduction = 大家好！我只用{ $article }的原文回答问题，并标明出处。
introduction-private = 在群里我只看得到对我说的话：在问题里写上 { $bot }，回复我的消息，或者发送 /ask 加问题。
introduction-open = 要问我，就在问题里写上 { $bot }，回复我的消息，或者发送 /ask 加问题；别的话我不插嘴。
introduction-settings = 管理员可以用 /settings 调整我在群里怎么做。
settings-panel = 我在本群的设置，管理员可以改。
settings-on-mention = 什么时候回答：提到我，或用 /ask 的时候
settings-on-reply = 什么时候回答：提到我、回复我，或用 /ask 的时候
settings-keep = 我的回答：一直保留
settings-delete = 我的回答：发出 { $minutes } 分钟后删除
settings-own-language = 语言：跟着提问的人
settings-language = 语言：{ $language }
settings-admins-only = 只有管理员能改本群的设置。你自己用什么语言，可以用 /language 选。
settings-in-groups = /settings 是群里用的，由管理员来改。在这里可以用 /language 换一种语言。
settings-lost = 设置没有存下来，请过一会儿再试。
button-on-mention = 只答提及
button-on-reply = 也答回复
button-keep = 不删
button-minutes = { $minutes }分钟
button-own-language = 跟随提问者
button-chosen = ✓ { $label }
alert-admins-only = 只有管理员能改本群的设置。

# Languages: /language, and a quote's reading copy in traditional characters.
language-panel = 我自己的话用哪种语言说？引文总是保持印出来的样子。
language-chosen = 你选的是：{ $language }
language-of-app = 现在跟随你的 Telegram。
language-of-group = 本群的语言由管理员定为{ $language }，你的选择在别处有效。
language-name = 简体中文
button-app-language = 跟随应用
reading-button = 繁体对照
reading-mark = 繁体对照，由原文转换而来，以原文为准：

# What Telegram shows before a chat begins.
profile-description = 我只用{ $article }的原文回答问题：每个回答都是一字不改的引文，并标明出处；文中没有的，我会照实说没有。这是一篇新闻报道，不是医疗建议。
profile-short = 用{ $article }的原文回答问题，并标明出处。

# Something broke.
failure = 抱歉，我这里出了点问题，没能回答。请过一会儿再试；反馈时请附上编号 { $id }。

# Pictures.
picture-verbatim = 以上引文与报道原文一字不差
picture-timeline = 文中的时间线
picture-printed = 文中作“{ $words }”

# What is kept: /privacy, /forget, /stats.
command-privacy = 我记下了什么
privacy =
    我会记下什么

    · 半小时内：你的问题和我的回答，好让你追问、用 /why 看依据，或改了问题我跟着改答案。
    · 正在回答你的消息时：这条消息本身。
    · 你对回答的评价，以及每个问题的结果（有没有答出、涉及哪些话题），用一个代号记着；没有我的密钥，代号认不出是你。保留一年。
privacy-texts = · 问题的文字，和代号放在一起：保留 { $days } 天。
privacy-no-texts = · 问题的文字不保存：只在内存里留半小时。
privacy-rest =
    · 两天内：我的哪条消息答的是你的哪条消息，只是编号，改问题时要用。
    · 你选的语言，直到你换一个。
    · 像是在求救的消息，不留文字，也不记是谁，只数有几条。

    我不转给任何人，不记名字，也不记别的消息。
    发送 /forget，私聊和群里关于你的记录都会删掉。聊天里的消息由你和 Telegram 删除。
forget-done = 已删除：问题记录 { $questions } 条，最近的问答 { $recent } 条，评价 { $votes } 条，语言设置 { $language } 条。
forget-nothing = 没有要删的：关于你我什么也没有记。
forget-failed = 我现在连不上记录，没能全部删掉。请过一会儿再发一次 /forget。
forget-anonymous = 你在以群的名义发言，我不知道你是谁。请在私聊里给我发 /forget。
stats-title = 最近 { $days } 天（UTC）
stats-none = 还没有人提问。
stats-unavailable = 存储没有响应，请稍后再试。
stats-day = 日期
stats-asked = 提问
stats-answered = 答出
stats-share = 比例
stats-readers = 人数
stats-all = 合计
stats-topics = 答案涉及的话题
stats-missed = 没有答出的问题
stats-good = 好评
stats-bad = 差评
stats-distress = 求救的消息
