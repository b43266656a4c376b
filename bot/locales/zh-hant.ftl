# The article, as sentences name it.
article-named = 《{ $title }》
article-unnamed = 這篇報導

# /start, /help, /about
welcome =
    你好！想了解{ $article }，直接用一句話問我就可以。
    我只用報導裡的原文回答，並註明出處；文中沒有的，我會如實告訴你沒有。
welcome-topics = 也可以先從一個話題讀起：
help =
    怎麼問我

    私訊：直接把問題傳給我，例如「漸凍症的臨床研究是什麼時候開始的」，或點一個話題。
    群組：在問題裡標記 { $bot }、回覆我的訊息，或傳送 /ask 加上問題。
    其他聊天室：輸入 { $bot } 和幾個字，挑一則引文傳出去。
    接著問：回覆我的答案，或緊接著問一句短的；/new 讓我忘掉前面的問題。
    打錯字了，編輯原來的訊息就好，我會跟著改答案。

    /topics 看全部話題
    /verify 查證一句話是不是報導原文
    /why 回覆一則答案，看它是怎麼找到的
    /timeline 看文中的時間軸
    /language 換一種語言
    /about 認識這篇報導
about = 我回答時引用的，是{ $article }。
about-publication = 來源：{ $value }
about-published = 日期：{ $value }
about-author = 作者：{ $value }
about-verbatim = 我傳出的引文都是報導原文，一字不改，並註明在文中的位置。
about-medical = 這是一篇新聞報導，不是醫療建議；就醫用藥請諮詢醫師。
unknown-command = 我不認得這個指令。可以用 /topics 看話題，用 /help 看用法，或直接提問。

# The menu of commands.
command-start = 開始
command-topics = 全部話題
command-help = 怎麼提問
command-about = 關於這篇報導
command-verify = 查證一句話是不是原文
command-why = 這則答案是怎麼找到的
command-timeline = 文中的時間軸
command-new = 忘掉前面的問題
command-ask = 提問
command-language = 換一種語言
command-settings = 本群組的設定（管理員）

# Topics.
topics = { $article }裡的話題，點一個看原文：
topic-page = { $name }（{ $page }/{ $pages }）
button-all-topics = 全部話題
input-placeholder = 問一句，或點一個話題

# Why there is no quote.
reason-empty = 我沒讀到問題。用一句話問我，或點一個話題：
reason-too-long = 這段話有點長，我看不出要問什麼。請縮成一句話再問我：
reason-greeting = 你好！想知道報導裡的什麼？直接問，或點一個話題：
reason-thanks = 不客氣！還想知道什麼，接著問就好。
reason-about-bot = 我是只引用原文的問答機器人：你提問，我從報導裡找出原話並註明出處。試試這些話題：
reason-about-article = 這篇報導刊在哪份報紙、哪一天，請看 /about；內文沒有寫。問問報導的內容，或者點一個話題：
reason-not-in-article = 這篇報導沒有提到這件事。換個問法，或看看這些話題：
reason-unsure = 文中沒有直接回答，最相關的原文是：
reason-missing-words = 文中沒有出現{ $words }。換個問法，或看看這些話題：
reason-distress = 這則訊息像是在求救。
reason-unresolved = 你指的是哪一個？選一個，我接著找：
reason-unresolved-open = 我不確定你指的是什麼。請把人物或事情說完整，再問我一次。

# Round the quotes: how the question was read, what they are and are not.
corrected = 以{ $words }查詢
quoted-word = 「{ $word }」
word-separator = 、
quoted-separator = { "" }
selection = 以下是從文中選出的幾處，並非全部：
answer-medical = 這是新聞報導，不是醫療建議；就醫用藥請諮詢醫師。
gap = ［…］

# To somebody in distress: a human sentence, whom to call, and what the bot is.
care-self-harm = 謝謝您說出來，我很擔心。請別一個人扛著，現在就和願意聽的人說說話；如果說的是身邊的人，請陪著他：
care-emergency = 這聽起來很危急，別等我，請馬上叫救護車：
care-grief = 這一定很難受。難過的時候不必一個人撐著，可以找人說說話：
care-crisis = · { $place }：{ $name } { $number }
care-ambulance = · { $place }：{ $number }
care-danger = 如果馬上有危險，或者已經受傷，請打急救或報警電話：{ $numbers }
care-numbers = { $place } { $numbers }
care-separator = ，
care-elsewhere = 在其他地方：請打當地的急救電話，或在 { $directory } 找一條熱線。
care-elsewhere-ambulance = 在其他地方：請打當地的急救電話。守在病人身邊，照接線員說的做。
care-elsewhere-talk = 在其他地方：可以在 { $directory } 找一條熱線。
care-bot = 我只是一個引用新聞報導的機器人，幫不上更多，但電話那頭的人可以。
care-question = 您問的事，報導裡是這樣寫的：

# Who the bot is not; what the report does not state.
care-addressed = 我不是醫師，也不是文中的人或醫院的人，只是一個引用新聞報導的機器人，不能看病，也不能轉告。
care-workplace = 報導裡寫到的醫院和科室是：
care-whose = { $disease }患者的
care-unstated-cure = 文中沒有說{ $whose }病有沒有治好。
care-unstated-effect = 文中沒有說{ $whose }治療效果。
care-unstated-survival = 文中沒有說{ $whose }存活情況。
care-unstated-safety = 文中沒有說{ $whose }治療是否安全，有沒有副作用。
care-related = 與此有關，文中說到的是：
care-other-outcome = { $disease }的治療效果怎麼樣？
care-others = 文中寫到了別的病的結果，想看可以點：
care-unsaid = 文中沒有{ $name }說的話。
care-about-person = 關於這個人，文中寫到的是：
reason-unstated = 文中沒有說結果如何。
reason-unsaid = 文中沒有這個人說的話。
reason-addressed = 您問的，報導裡沒有寫。

# Where a quote stands: ——《title》· section · paragraph（lines）
place-dash = ——
place-title = 《{ $title }》·{ " " }
place-speaker = { $name }說，見
place-separator = { " · " }
place-paragraph = 第{ $number }段
place-line = （原文第{ $line }行）
place-lines = （原文第{ $first }–{ $last }行）
kind-title = 標題
kind-byline = 署名
kind-signature = 文末署名
kind-caption = 圖片說明
kind-credit = 圖片來源
open-in-article = 在文中檢視

# What a quote's time words mean; stands outside the quote.
note-year = 文中「{ $word }」指{ $year }年
note-day = 文中「{ $word }」指見報時
note-published = 見報日期{ $date }
note-separator = ，

# Buttons under an answer. Short: three stand in a row.
button-context = 上下文
button-more = 更多
button-narrow = 收起
button-copy = 複製
button-share = 轉傳
button-card = 圖片
button-literal = 照原字查
fault-off-point = 答非所問
fault-incomplete = 不完整
fault-in-article = 文中明明有

# Shown in passing after a vote.
vote-good = 謝謝，記下了。
vote-bad = 記下了。哪裡不對？請在下面選一個。
vote-fault = 謝謝，記下了，會用來改進。

# Deep links, inline mode, guest mode, /new.
link-stale = 這個連結指向的內容已經變了，或連結不完整，我不能確定它原本指哪裡。可以直接問我，或從話題看起：
link-unreadable = 我讀不懂這個連結，可能是複製時漏了幾個字元。可以直接問我，或從話題看起：
inline-open = 在私聊里打开 · Open the chat
guest-bare = 寫上問題再叫我，我會用{ $article }裡的原文回答。
new = 好，前面的問題我都忘了。

# /why
why-usage = 回覆我的一則答案並傳送 /why，我會說明它是怎麼找到的。
why-forgotten = 我不記得這則訊息對應的問題了（只記最近半小時），或它不是一則答案。再問一次，我就能說明。
why-unknown-id = 我不記得這個編號的答案了（只記最近半小時）。再問一次就好。
why-title = 這則答案是怎麼找到的
why-previous = 承接前面的問題：{ $question }
why-corrected = 「{ $written }」讀作「{ $read }」
why-matched = 文中對上的詞：{ $words }
why-missing = 文中沒有的詞：{ $words }
why-none = 無
why-scores = 候選引文的分數（由高到低）：{ $scores }
why-confidence = 把握：{ $percent }%
why-index = 索引版本：
why-answer = 答案編號：
why-again = 傳送 /why 加上答案編號，可以再看一遍同一則答案。

# /verify: the verdict, then what differs.
verify-usage = 傳送 /verify 加上一句話，或回覆一則訊息並傳送 /verify，我來查證它是不是報導原文。
verdict-found = 是原文，一字不差。
verdict-normalised = 是原文，字詞相同，只有寫法不同：{ $ways }。
verdict-altered = 不是原文，和原文有出入。
verdict-stitched = 不是一段完整的原文：它由 { $number } 處拼成，這幾處在文中並不相連。
verdict-absent = 文中沒有這段話。
difference-script = 繁簡字
difference-width = 全形半形
difference-case = 大小寫
difference-spaces = 空格換行
difference-quotation-marks = 引號
difference-punctuation = 標點
difference-extras = 夾帶的表情符號或連結
piece-found = 第 { $number } 部分：是原文。
piece-normalised = 第 { $number } 部分：是原文，寫法不同（{ $ways }）。
piece-altered = 第 { $number } 部分：和原文有出入。
piece-absent = 第 { $number } 部分：文中沒有。「{ $words }」
verify-compared = 對照（［−］是原文有、這裡少了的，［+］是這裡多出來的）：
mark-removed = ［−{ $words }］
mark-added = ［+{ $words }］
change-added = · 多了「{ $asked }」
change-removed = · 少了「{ $there }」
change-changed = · 原文的「{ $there }」變成了「{ $asked }」
change-apart = · 前後兩處在原文裡並不相連
change-more = · 還有 { $number } 處不同
verify-original = 原文是：
verify-heading = 其中「{ $heading }」是文中印出的小標題。
verify-elsewhere = 這句話在文中出現 { $number } 次，還見於：
verify-nearest = 文中最接近的一句：
verify-left-out = 表情符號、連結和出處那一行沒有列入查證。
verify-cut = 內容太長，後面的沒有列出。

# Pictures.
timeline-caption =
    { $article }裡的時間軸，每一則都是原文。
    看不到圖片的話，可以點下面的按鈕，或傳送 /timeline text 看文字版。
timeline-none = 這篇報導沒有整理好的時間軸。
button-as-text = 文字版
card-light = 淺色
card-dark = 深色

# Alerts on buttons.
alert-forgotten = 這個問題我不記得了（只記最近半小時）。請再問一次。
alert-moved = 文中的這段文字已經變了，這則訊息的上下文打不開了。請再問一次。
alert-stale = 這個按鈕已經失效了。傳送 /topics 可以重新選話題。
alert-too-old = 這則訊息太久了，我改不動它。傳送 /topics 可以重新選話題。
alert-not-yours = 這是別人問出來的，只有提問的人能按。你也可以直接問我。

# Asking: /ask, several questions at once, limits, what is no text.
ask-usage = 把問題寫在 /ask 後面，例如「/ask 張毅從事什麼研究」；也可以用 /ask 回覆別人的問題。
several-more = 一次最多回答三個問題，其餘的請再問我一次。
limit-user = 你問得有點快，我先歇一下，過一會兒再回答你。
limit-group = 群組裡問得有點多，我先歇一下，過一會兒再回答大家。
wordless = 這個我看不懂，我只讀得懂文字。把問題寫成一句話傳給我就好。

# Groups: the introduction, /settings.
introduction = 大家好！我只用{ $article }的原文回答問題，並註明出處。
introduction-private = 在群組裡我只看得到對我說的話：在問題裡標記 { $bot }、回覆我的訊息，或傳送 /ask 加上問題。
introduction-open = 要問我，就在問題裡標記 { $bot }、回覆我的訊息，或傳送 /ask 加上問題；其他的話我不插嘴。
introduction-settings = 管理員可以用 /settings 調整我在群組裡怎麼做。
settings-panel = 我在本群組的設定，管理員可以更改。
settings-on-mention = 什麼時候回答：標記我，或用 /ask 的時候
settings-on-reply = 什麼時候回答：標記我、回覆我，或用 /ask 的時候
settings-keep = 我的回答：一直保留
settings-delete = 我的回答：傳出 { $minutes } 分鐘後刪除
settings-own-language = 語言：跟著提問的人
settings-language = 語言：{ $language }
settings-admins-only = 只有管理員能更改本群組的設定。你自己用什麼語言，可以用 /language 選。
settings-in-groups = /settings 是群組裡用的，由管理員更改。在這裡可以用 /language 換一種語言。
settings-lost = 設定沒有存下來，請稍後再試。
button-on-mention = 只回標記
button-on-reply = 也回回覆
button-keep = 不刪
button-minutes = { $minutes }分鐘
button-own-language = 跟隨提問者
button-chosen = ✓ { $label }
alert-admins-only = 只有管理員能更改本群組的設定。

# Languages: /language, and a quote's reading copy in traditional characters.
language-panel = 我自己的話用哪種語言說？引文一律維持印出來的樣子。
language-chosen = 你選的是：{ $language }
language-of-app = 現在跟隨你的 Telegram。
language-of-group = 本群組的語言由管理員定為{ $language }，你的選擇在其他地方有效。
language-name = 繁體中文
button-app-language = 跟隨 App
reading-button = 繁體對照
reading-mark = 繁體對照，由原文轉換而來，以原文為準：

# What Telegram shows before a chat begins.
profile-description = 我只用{ $article }的原文回答問題：每個回答都是一字不改的引文，並註明出處；文中沒有的，我會如實告訴你沒有。這是一篇新聞報導，不是醫療建議。
profile-short = 用{ $article }的原文回答問題，並註明出處。

# Something broke.
failure = 抱歉，我這裡出了點問題，沒能回答。請稍後再試；回報時請附上編號 { $id }。

# Pictures.
picture-verbatim = 以上引文與報導原文一字不差
picture-timeline = 文中的時間軸
picture-printed = 文中作「{ $words }」

# What is kept: /privacy, /forget, /stats.
command-privacy = 我記下了什麼
privacy =
    我會記下什麼

    · 半小時內：您的提問和我的回答，讓您可以追問、用 /why 查看依據，或在您修改提問後跟著修改回答。
    · 正在回覆您的訊息時：那則訊息本身。
    · 您對回答的評價，以及每個提問的結果（有沒有答出、涉及哪些話題），以代號記錄；沒有我的金鑰，代號認不出是您。保留一年。
privacy-texts = · 提問的文字，與代號一起保存：保留 { $days } 天。
privacy-no-texts = · 提問的文字不保存：只在記憶體裡留半小時。
privacy-rest =
    · 兩天內：我的哪則訊息回答了您的哪則訊息，只有編號，供您修改提問時使用。
    · 您選的語言，直到您改選為止。
    · 像是在求救的訊息，不留文字，也不記是誰，只數有幾則。

    我不會轉交給任何人，不記姓名，也不記其他訊息。
    傳送 /forget，私訊和群組裡關於您的紀錄都會刪除。聊天裡的訊息由您和 Telegram 刪除。
forget-done = 已刪除：提問紀錄 { $questions } 筆，最近的問答 { $recent } 筆，評價 { $votes } 筆，語言設定 { $language } 筆。
forget-nothing = 沒有可刪除的：關於您我什麼也沒有記。
forget-failed = 我現在連不上紀錄，沒能全部刪除。請稍後再傳送一次 /forget。
forget-anonymous = 您正以群組的名義發言，我不知道您是誰。請在私訊裡傳送 /forget 給我。
stats-title = 最近 { $days } 天（UTC）
stats-none = 還沒有人提問。
stats-unavailable = 儲存庫沒有回應，請稍後再試。
stats-day = 日期
stats-asked = 提問
stats-answered = 答出
stats-share = 比例
stats-readers = 人數
stats-all = 合計
stats-topics = 回答涉及的話題
stats-missed = 沒有答出的提問
stats-good = 好評
stats-bad = 負評
stats-distress = 求救的訊息
