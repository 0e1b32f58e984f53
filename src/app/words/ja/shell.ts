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
} as const;
