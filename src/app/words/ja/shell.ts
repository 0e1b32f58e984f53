/** The frame of the page: top bar, tabs, what is shown when something goes wrong. */
export const SHELL = {
  "Colours: as the system. Press for light.": "配色：システムに合わせる。押すとライト。",
  "Colours: light. Press for dark.": "配色：ライト。押すとダーク。",
  "Colours: dark. Press for those of the system.": "配色：ダーク。押すとシステムに合わせる。",
  "This needs a server": "サーバーが必要です",
  "You are looking at Sentei without one: searches run in this browser, and what you see here stays in it. Models are trained, and searches evaluated by the thousand, by a server of your own. On a copy of the project, {command} is all it takes.":
    "いまの Sentei はサーバーなしで動いています。探索はこのブラウザーの中で行われ、内容が外に出ることはありません。モデルの訓練や何千件もの探索の評価には、ご自分のサーバーが必要です。プロジェクトのコピーで {command} を実行するだけで始められます。",
  "{count} ms": "{count} ミリ秒",
  "{count} s": "{count} 秒",
  "{minutes} min {seconds} s": "{minutes} 分 {seconds} 秒",
  "{hours} h {minutes} min": "{hours} 時間 {minutes} 分",
  Models: "モデル",
  Evaluate: "評価",
  Recipe: "レシピ",
  Pages: "ページの切り替え",
  "Parts of the page": "ページの各部",
  "This page has broken.": "ページが壊れました。",
  "The run goes on at the server, and its log is safe. Reload the page to see it again.":
    "実行はサーバーで続いており、ログは無事です。再読み込みすると表示できます。",
  "This part could not be fetched: the server does not answer.":
    "サーバーが応答しないため、この部分を読み込めませんでした。",
  "Back to the first page": "最初のページに戻る",
  "Paused before the first step: press Step event or Resume search.":
    "最初のステップの前で一時停止中です。「1 イベント」か「探索を再開」を押してください。",
  "Waiting for the first step …": "最初のステップを待っています…",
  "Opening the run …": "実行を開いています…",
  "The connection is lost. It is tried again by itself.": "接続が切れました。自動で再接続します。",
  "This run was interrupted before its first event.":
    "この実行は最初のイベントの前に中断しました。",
  "Keys and help": "キーとヘルプ",
  "Keys and help (?)": "キーとヘルプ（?）",
  "Copy a link that grows this tree anywhere": "どこでもこの木を再現できるリンクをコピー",
  "Copy a link to this run, here": "ここにあるこの実行へのリンクをコピー",
  "Go on from here": "ここから続ける",
  "Start a run that goes on where this one stopped; what was answered is not asked again":
    "止まった所から続ける実行を始めます。得られた応答は再び求めません",
  "At the source": "探索そのもの",
  "Resume search": "探索を再開",
  "Step event": "1 イベント",
  "Let the search go on by one event": "探索を 1 イベント進めます",
  "Step round": "1 ラウンド",
  "Let the search go on to the end of the round": "探索をラウンドの終わりまで進めます",
  "Pause search": "探索を一時停止",
  "Pause the search itself, not only the view": "表示だけでなく、探索そのものを一時停止します",
  "not readable": "読み取れません",
  "connection lost": "接続切れ",
  "retrying in {seconds} s": "{seconds} 秒後に再接続",
  "retrying in {seconds} s; this is everything up to event {event}":
    "{seconds} 秒後に再接続。イベント {event} までを表示中",
  "The server went away; it had not begun.":
    "サーバーが止まりました。実行は始まっていませんでした。",
  "The server went away; this is everything up to event {event}.":
    "サーバーが止まりました。イベント {event} までを表示しています。",
  waiting: "待機中",
  "Other runs are at work; this one is next.": "ほかの実行が進行中です。次に始まります。",
  opening: "読み込み中",
  "paused at the source": "探索を一時停止中",
  "It stopped early: the answer was decided.": "答えが決まったため、早めに終了しました。",
  "Its budget is spent.": "予算を使い切りました。",
  "All rounds that are allowed are over.": "許されたラウンドがすべて終わりました。",
  "No solution reached an answer.": "答えに達した解答はありませんでした。",
  "by {who}": "{who} による",
  "The bookmarks could not be read by this browser: {why}":
    "このブラウザーでしおりを読み込めませんでした：{why}",
  "The bookmarks could not be kept by this browser: {why}":
    "このブラウザーにしおりを保存できませんでした：{why}",
  "This link was made with other weights of {names}. Here the tree may be another one.":
    "このリンクは、重みの異なる {names} で作られました。ここでは別の木になることがあります。",
} as const;
