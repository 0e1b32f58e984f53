/** The page of evaluations. */
export const EVALUATIONS = {
  hardest: "最も難しい",
  easiest: "最も易しい",
  "PRM's guess": "PRM の推定",
  "Difficulty by the mean score of some samples: nobody needs to know the answer":
    "いくつかのサンプルの平均スコアで難易度を測ります。正解を知る必要はありません",
  "Samples right": "サンプルの正答率",
  "Difficulty by the share of samples that is right, which only those know who know the answer":
    "サンプルの正答率で難易度を測ります。正解を知っている場合だけ使えます",
  "Which problems": "対象の問題",
  Problems: "問題",
  "All families together": "すべての系統をまとめる",
  "Families side by side": "系統ごとに並べる",
  Difficulty: "難易度",
  "All together": "まとめる",
  "Side by side": "並べる",
  "told by": "測り方",
  "Difficulty is told by": "難易度の測り方",

  "Does revising help?": "改訂は役に立つか",
  "Each attempt of a chain sees the answers of those before it. A chain is spoiled if it began with a right answer and ended without one, and mended if it is the other way round. Brackets are 95 % intervals.":
    "連鎖の各試行は、それより前の試行の答えを見ます。正解で始まり正解でなく終わった連鎖は「損なわれた」、その逆は「直った」と数えます。括弧内は 95 % 区間です。",
  "What revising does": "改訂の結果",
  "Right at first, then spoiled": "はじめ正解で、損なわれた",
  "Wrong at first, then mended": "はじめ不正解で、直った",
  "Wrong just after a right one": "正解の直後に不正解",
  "none to tell by": "判断できる連鎖がありません",

  Evaluations: "評価",
  "All evaluations": "すべての評価",
  "{count} held-out problems": "評価用の問題 {count} 題",
  "{count} strategies": "戦略 {count} 種",
  "{count} budgets": "予算 {count} 通り",
  "{count} runs each": "各 {count} 回実行",
  "{what}; {policy}": "{what}。{policy}",
  "{what}; {policy} with {verifier}": "{what}。{policy} と {verifier}",
  "Charts grow here as soon as the first problem is done.":
    "最初の問題が終わると、ここにグラフが現れます。",
  "Nothing was done before it ended.": "何も終わらないうちに終了しました。",

  "Choose a level of some family.": "いずれかの系統のレベルを選んでください。",
  "Choose a strategy.": "戦略を選んでください。",
  "Type at least one number of solutions.": "解答数を 1 つ以上入力してください。",
  "{count} budgets: {most} are the most.": "予算が {count} 通りあります。上限は {most} です。",
  "“{text}” is no number of solutions: whole numbers from 1 to {most}.":
    "「{text}」は解答数ではありません。1 から {most} までの整数を入力してください。",
  "Best of N against beam": "Best-of-N とビーム探索",
  "Is it better to judge whole solutions at their end, or each step on the way?":
    "解答を最後にまとめて判断するのと、途中の各ステップで判断するのと、どちらがよいでしょうか。",
  "Every strategy, small": "全戦略を小規模に",
  "All of them on a few problems of every family: a first look at who is worth more.":
    "各系統の少数の問題ですべての戦略を試します。どれが有望か、まず見渡せます。",
  "As budgets grow": "予算を増やすと",
  "From 1 solution to 64: where each strategy stops paying, and where the PRM is fooled.":
    "解答 1 個から 64 個まで。各戦略がどこで頭打ちになり、PRM がどこで欺かれるかがわかります。",

  "Policy tokens": "方策トークン",
  "policy tokens of a run, on average": "1 回の実行あたりの平均方策トークン数",
  "{amount} policy tokens": "方策トークン {amount}",
  "policy tokens": "方策トークン",
  "Tokens that the policy samples": "方策モデルが生成したトークン",
  "PRM tokens": "PRM トークン",
  "PRM tokens of a run, on average": "1 回の実行あたりの平均 PRM トークン数",
  "{amount} PRM tokens": "PRM トークン {amount}",
  "Tokens that the verifier reads": "検証器が読んだトークン",
  "PRM calls": "PRM 呼び出し",
  "PRM calls of a run, on average": "1 回の実行あたりの平均 PRM 呼び出し数",
  "{amount} PRM calls": "PRM 呼び出し {amount}",
  "How often the verifier is asked": "検証器を呼び出した回数",
  Solutions: "解答",
  "solutions of a run, or as many steps, on average":
    "1 回の実行あたりの平均解答数（ステップ換算を含む）",
  "{amount} solutions": "解答 {amount}",
  solutions: "解答",
  "Complete solutions, or as many steps; looking ahead is counted too":
    "完成した解答の数、または同等のステップ数。先読みも数えます",
  FLOPs: "FLOPs",
  "floating-point operations of a run, both models, on average":
    "1 回の実行あたりの平均浮動小数点演算数（両モデル）",
  "{amount} FLOPs": "{amount} FLOPs",
  "Floating-point operations of both models, 2 a parameter and token":
    "両モデルの浮動小数点演算数。パラメーターとトークンごとに 2",
  "time of a run by itself on one core, on average": "1 コアで単独実行したときの平均時間",
  time: "時間",
  "What the run's batches take on one free core of the machine that it was measured on":
    "計測した計算機の空いた 1 コアで、実行のバッチにかかる時間",

  "Accuracy against cost": "コストと正答率",
  "Cost in": "コストの単位",
  "Bands are 95 % intervals. Press a point to list its problems.":
    "帯は 95 % 信頼区間です。点を押すと問題の一覧が出ます。",
  "Bands are 95 % intervals (Wilson). Press a point to list its problems.":
    "帯は 95 % 信頼区間（Wilson）です。点を押すと問題の一覧が出ます。",
  "Without a cost on this axis, and so not on it: {strategies}.":
    "この軸のコストがないため表示されないもの：{strategies}。",
  "None of these runs has a cost in this unit.": "この単位のコストがある実行はありません。",
  "How hard a problem is is told by samples of it: that needs best of N among the strategies, or majority where the right answers tell.":
    "問題の難しさはサンプルから測ります。戦略に Best-of-N（正答率で測るなら多数決でも可）が必要です。",
  "No problem can be graded yet.": "採点できる問題がまだありません。",
  "All problems": "すべての問題",
  "Accuracy against cost: {problems}": "コストと正答率：{problems}",
  "all problems": "すべての問題",
  All: "すべて",
  "Right, wrong and what nobody can grade": "正解、不正解、採点できないもの",
  Right: "正解",
  "Those with the right answer": "正解したもの",
  Wrong: "不正解",
  "Those with a wrong answer, or none": "不正解、または答えのないもの",
  "Problems of the point": "この点の問題",
  "{title}: {part}": "{title}：{part}",
  "{right} of {count} right": "{count} 件中 {right} 件が正解",
  "Close the list": "一覧を閉じる",
  "{share} right ({low} to {high}), n = {count}": "正答率 {share}（{low}–{high}）、n = {count}",
  "{count} failed": "失敗 {count}",

  "Where answers flip": "答えが入れ替わる問題",
  From: "比較元",
  to: "比較先",
  Won: "新たに正解",
  Lost: "新たに不正解",
  "{name} against {other}: {points} points (95 % interval {low} to {high}), on the same {count} problems.":
    "{other} に対する {name}：{points} ポイント（95 % 信頼区間 {low}–{high}）。同じ {count} 題での比較です。",
  "Nothing to compare yet.": "比べるものがまだありません。",
  "None.": "ありません。",
  "before: {answer}": "以前：{answer}",

  "What is best for which problem": "どの問題に何が最適か",
  "This table needs two strategies, best of N among them, and a dozen problems that are done.":
    "この表には Best-of-N を含む 2 つの戦略と、完了した 12 題の問題が必要です。",
  "Problems are put into bins by how hard {pilot} found them. In each bin, at each budget, this strategy was right most often; the bar says in how many of 100 redraws of the problems it would be chosen again.":
    "{pilot} にとっての難しさで問題を区分しています。各区分・各予算で最も正答率の高かった戦略です。棒は、問題を 100 回引き直したとき同じ戦略が選ばれる回数を示します。",
  "Problems of {family} are put into bins by how hard {pilot} found them. In each bin, at each budget, this strategy was right most often; the bar says in how many of 100 redraws of the problems it would be chosen again.":
    "{pilot} にとっての難しさで {family} の問題を区分しています。各区分・各予算で最も正答率の高かった戦略です。棒は、問題を 100 回引き直したとき同じ戦略が選ばれる回数を示します。",
  "List its problems": "問題の一覧を表示",
  "{share} % right": "正答率 {share} %",
  "{share} % sure": "確度 {share} %",
  "Compute-optimal": "計算最適",
  "Learnt on one half of the problems and tried on the other, the table never gets as many right as {than}.":
    "半分の問題で学び、残りの半分で試したところ、この表の正答率は {than} に届きませんでした。",
  "Learnt on one half of the problems and tried on the other, the table gets as many right as {than} for {times} times fewer {cost} (95 % interval {low} to {high}, where 0 means never).":
    "半分の問題で学び、残りの半分で試したところ、この表は {than} と同じ正答率に、{times} 分の 1 の{cost}で達しました（95 % 信頼区間 {low}–{high}。0 は達しないことを表します）。",
  "Learnt on one half of the problems and tried on the other, the table gets as many right as {than} for {times} times fewer {cost} (95 % interval {low} to {high}).":
    "半分の問題で学び、残りの半分で試したところ、この表は {than} と同じ正答率に、{times} 分の 1 の{cost}で達しました（95 % 信頼区間 {low}–{high}）。",

  "Is the PRM over-optimised?": "PRM を過剰最適化していないか",
  "No strategy of this evaluation chooses by scores.":
    "この評価には、スコアで選ぶ戦略がありません。",
  "Where the score of what is chosen goes on rising with the budget and the share that is right does not, the search finds mistakes of the PRM. Bands are 95 % intervals.":
    "予算とともに、選ばれたもののスコアは上がり続けるのに正答率が上がらないなら、探索は PRM の誤りを見つけています。帯は 95 % 信頼区間です。",
  "Loved by the PRM, and wrong": "PRM が高く評価した不正解",
  "mean score {score} ({low} to {high})": "平均スコア {score}（{low}–{high}）",
  "{share} right ({low} to {high})": "正答率 {share}（{low}–{high}）",
  "budget, solutions": "予算（解答数）",
  "PRM's score": "PRM のスコア",
  "budget {number}": "予算 {number}",
  "Show more: {shown} of {count}": "さらに表示：{count} 件中 {shown} 件",
  "failed: {why}": "失敗：{why}",
} as const;
