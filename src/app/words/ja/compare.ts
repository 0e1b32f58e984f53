/** Searches side by side. */
export const COMPARE = {
  "Compare searches": "探索の比較",
  "searches side by side": "探索を並べる",
  "Start searches side by side": "探索を並べて開始",
  "Of the problem in the form, {problem}:": "フォームの問題 {problem}：",
  "Or compare runs that are there": "または既存の実行を比較",
  "Two to four, of one problem or of several.": "同じ問題でも別々の問題でも、2〜4 件。",
  "There are none yet.": "まだありません。",
  "Compare {count} runs": "{count} 件を比較",
  Comparison: "比較",
  "One playhead for": "再生位置の単位",
  "All trees are looked at from the same place": "すべての木を同じ位置から見ます",
  "Linked camera": "カメラを連動",
  "Compare others": "ほかを比較",
  Events: "イベント",
  "Events of each log, from its first one": "各ログの最初からのイベント",
  "Time since each run began, pauses included": "各実行の開始からの時間（一時停止を含む）",
  "Tokens that each run has sampled from its policy": "各実行が方策モデルから生成したトークン",
  "How often each run has asked its verifier": "各実行が検証器に尋ねた回数",
  Rounds: "ラウンド",
  "Rounds that each run has begun": "各実行が始めたラウンド",
  "Step back": "戻る",
  "Step on": "進む",
  "Play all (Space)": "すべて再生（Space）",
  "Pause playback; the searches go on (Space)": "再生を一時停止。探索は続きます（Space）",
  "Moment of all runs": "全実行の時点",
  "Select a step to see what became of it in each run.":
    "ステップを選ぶと、各実行でどうなったかを見られます。",
  "This run has not tried this step after these.":
    "この実行では、この後にこのステップを試していません。",
  "Open {run} alone": "{run} だけを開く",
  "Open this run alone, with all its panels": "この実行だけを、すべてのパネルとともに開く",
  "Take {run} out": "{run} を外す",
  "Take this run out of the comparison": "この実行を比較から外す",
  "Search tree of {run}": "{run} の探索木",
  ahead: "優勢",
  "Its answer is right at this point, and not all others' are":
    "この時点で答えが正しく、ほかには正しくないものがあります",
  "{votes} of {count} votes": "{votes}／{count} 票",
  "None has ended yet, or nobody can check them": "まだ終わったものがないか、確かめられません",
  "{share} of the ended candidates are right; 95 % interval {low} to {high}":
    "終わった候補の {share} が正解。95 % 区間 {low}〜{high}",
  "none ended": "終了なし",
  "{hits} of {count} right ({low}–{high})": "正解 {hits}／{count}（{low}〜{high}）",
  "Solutions or their equivalent in steps": "解答、またはステップで見た相当数",
  "Calls of the verifier, which has read {count} tokens":
    "検証器の呼び出し。読んだのは {count} トークン",
  "no answer yet": "まだ答えなし",
  "{spent} of {count} policy tokens": "方策トークン {spent}／{count}",
  "{spent} of {count} PRM calls": "PRM 呼び出し {spent}／{count}",
  "round {round} of {count}": "ラウンド {round}／{count}",
  "Each may spend {count} policy tokens.": "それぞれ方策トークンを {count} まで使えます。",
  "{run} may spend {count} policy tokens.": "{run} は方策トークンを {count} まで使えます。",
  "{run} may spend the {count} policy tokens that {other} has spent.":
    "{run} は {other} が使った方策トークン {count} まで使えます。",
  "{run} has spent all of them.": "{run} は使い切りました。",
  "{run} ended with {count} left.": "{run} は {count} を残して終わりました。",
  "{run} has spent {count} more: what is being sampled is finished.":
    "{run} は {count} 多く使いました。生成中のものは最後まで作られます。",
  "{first} against {second}": "{first} と {second}",
  "{first} against {second}, equal policy tokens": "{first} と {second}（方策トークン数は同じ）",
  "Beam {n} with M = 2, 4, 8": "ビーム {n}（M = 2、4、8）",
  "{strategy}, two seeds": "{strategy}（2 つのシード）",
  "{strategy}, before and after reinforcement": "{strategy}（強化学習の前と後）",
  "Both may spend {count} policy tokens, the limit of the form.":
    "どちらもフォームの上限の方策トークン {count} まで使えます。",
  "The first runs to its end; the second may spend the policy tokens that the first has spent.":
    "1 つ目は最後まで実行し、2 つ目は 1 つ目が使った方策トークン数まで使えます。",
  "The same samples: once the most frequent answer wins, once the verifier decides.":
    "同じサンプルで、一方は最も多い答えが勝ち、他方は検証器が決めます。",
  "Few prefixes with many next steps of each, or many prefixes with few.":
    "少ない途中解に多くの次のステップか、多い途中解に少しずつか。",
  "How much of a search is chance.": "探索がどれだけ偶然によるか。",
  "The policy and the one that reinforcement has made of it, with the same seed.":
    "元の方策モデルと、強化学習したものを同じシードで。",
  "There is no reinforced policy here to compare with.":
    "比較できる強化学習済みの方策モデルがありません。",
  "The next run starts when this one has ended, with its policy tokens.":
    "次の実行は、これが終わってから、その方策トークン数で始まります。",
  "The first run spent no policy tokens: there is nothing to equal.":
    "最初の実行は方策トークンを使わなかったため、揃えるものがありません。",
  Trees: "木",
  "One tree: what the runs have in common once, and where they part":
    "1 本の木：共通の部分は一度だけ描き、分かれ目を示します",
  "A tree for each run": "実行ごとに 1 本の木",
  "The steps and the choice of {run}; the others are dimmed":
    "{run} のステップと選択。ほかは薄く表示",
  "Every step of every run": "すべての実行のすべてのステップ",
  Lit: "強調",
  "One of these runs goes step by step, another token by token: they have no nodes in common.":
    "ステップ単位の実行とトークン単位の実行には、共通のノードがありません。",
  "These runs are of different problems: they have no steps in common.":
    "問題の異なる実行には、共通のステップがありません。",
  "Merged tree of {runs}": "{runs} をまとめた木",
  "{count} policy tokens": "方策トークン {count}",
  "after step {step}": "ステップ {step} の後",
  "at the problem": "問題の直後",
  "The largest {count} of {all}.": "{all} 件中、大きい順に {count} 件。",
  "So far they have done the same.": "ここまでは同じです。",
  "Where they part": "分かれ目",
  Partings: "分かれ目の一覧",
  "runs part: {count} policy tokens": "分かれ目：方策トークン {count}",
  "One HTML file with these runs inside, which opens anywhere and asks nobody":
    "これらの実行を含む 1 つの HTML ファイル。どこでも開け、通信しません",
  "Save as a page": "ページとして保存",
} as const;
