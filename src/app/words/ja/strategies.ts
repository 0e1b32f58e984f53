/** What is known of the strategies: their names, what they do, and their parameters. */
export const STRATEGIES = {
  Sample: "サンプリング",
  "Search over steps": "ステップの探索",
  "Tree search": "木探索",
  Particles: "粒子",
  Revise: "修正",
  "Over tokens": "トークン単位",

  Greedy: "貪欲法",
  "One solution, always the likeliest next step.":
    "つねに最も確率の高い次のステップを選び、解答を 1 つ作ります。",
  Majority: "多数決",
  "Majority of {n}": "多数決 {n}",
  "{n} solutions on their own; the most frequent answer wins.":
    "{n} 個の解答を独立に作り、最も多い答えを選びます。",
  "Best of N": "Best-of-N",
  "Best of {n}": "Best of {n}",
  "{n} solutions, each scored; equal answers add up their scores.":
    "{n} 個の解答をそれぞれ採点し、同じ答えのスコアを合計します。",
  "{n} solutions, each scored; the best one wins.":
    "{n} 個の解答をそれぞれ採点し、最もよいものを選びます。",
  "By difficulty": "難易度別",
  "By difficulty {n}": "難易度別 {n}",
  "{first} solutions tell how hard the problem looks; what is left of {n} is spent as suits that.":
    "最初の {first} 個の解答で問題の難しさを見積もり、{n} 個の残りをそれに応じて使います。",
  Beam: "ビーム",
  "Beam {n} × {m}": "ビーム {n} × {m}",
  "Each round keeps the best {kept} of {n} prefixes and tries {m} next steps of each.":
    "ラウンドごとに {n} 個の途中解から上位 {kept} 個を残し、それぞれに次のステップを {m} 個試します。",
  Lookahead: "先読み",
  "Lookahead {k}, {n} × {m}": "先読み {k}、{n} × {m}",
  "A beam that keeps the best {kept} of {n} prefixes by where each leads after {k} more likeliest steps.":
    "最も確率の高いステップを {k} 個先まで進めた結果を見て、{n} 個の途中解から上位 {kept} 個を残すビーム探索です。",
  "Diverse trees (DVTS)": "多様な木（DVTS）",
  "DVTS {n} × {m}": "DVTS {n} × {m}",
  "{kept} subtrees on their own; each tries {m} next steps and goes on from the best.":
    "{kept} 本の部分木を独立に伸ばします。それぞれ次のステップを {m} 個試し、最もよいものから先へ進みます。",
  "Reward balanced (REBASE)": "報酬に応じた配分（REBASE）",
  "REBASE {n}": "REBASE {n}",
  "Each round shares out {n} next steps by score: the better a prefix, the more of them it gets.":
    "ラウンドごとに {n} 個の次のステップをスコアに応じて分けます。よい途中解ほど多く受け取ります。",
  "Next steps": "次のステップ数",
  "Share of them": "その割合",
  "Monte Carlo (MCTS)": "モンテカルロ木探索（MCTS）",
  "MCTS {simulations} × {width}, {rule}": "MCTS {simulations} × {width}、{rule}",
  "{simulations} times walks down the tree, tries {width} next steps and remembers on the way back how the best of them scores.":
    "木を {simulations} 回下り、次のステップを {width} 個試して、最もよいもののスコアを帰り道に記録します。",
  "{simulations} times walks down the tree, tries {width} next steps and remembers on the way back how well a solution from there ends.":
    "木を {simulations} 回下り、次のステップを {width} 個試して、そこからの解答の出来を帰り道に記録します。",
  "Tree of Thoughts, breadth first": "Tree of Thoughts（幅優先）",
  "ToT, breadth first {keep} × {width}": "ToT 幅優先 {keep} × {width}",
  "Each round proposes {width} next steps for each state and keeps the best {keep} of them all.":
    "ラウンドごとに各状態へ次のステップを {width} 個ずつ提案し、全体の上位 {keep} 個を残します。",
  "Tree of Thoughts, depth first": "Tree of Thoughts（深さ優先）",
  "ToT, depth first {expansions} × {width}": "ToT 深さ優先 {expansions} × {width}",
  "Goes on from the best of {width} next steps, gives up below {threshold}, and then goes back to the best that was not tried.":
    "{width} 個の次のステップのうち最もよいものから進みます。{threshold} を下回ると諦め、まだ試していない中で最もよいものに戻ります。",
  "Particle filter": "粒子フィルター",
  "Particles {n}": "粒子 {n}",
  "{n} particles write a step each; then as many are drawn from among them by their scores, some several times.":
    "{n} 個の粒子がそれぞれステップを 1 つ書き、スコアに応じて同じ数を引き直します。何度も選ばれるものもあります。",
  "Times drawn": "選ばれた回数",
  "Share of the draw": "抽選での割合",
  "Sequential revisions": "逐次修正",
  "Revisions {chains} × {attempts}": "修正 {chains} × {attempts}",
  "{chains} chains of {attempts} attempts; each sees the answers of the {seen} before it. The best of each chain votes.":
    "{attempts} 回の試行からなる列を {chains} 本作ります。各試行は直前の {seen} 回の答えを見ます。列ごとに最もよいものが投票します。",
  "Greedy, token by token": "貪欲法（トークン単位）",
  "Greedy tokens": "貪欲法（トークン）",
  "One solution, always the likeliest next token.":
    "つねに最も確率の高い次のトークンを選び、解答を 1 つ作ります。",
  "Sampling, token by token": "サンプリング（トークン単位）",
  "Sample tokens × {n}": "トークンのサンプリング × {n}",
  "{n} solutions, each token drawn by its probability; the most frequent answer wins.":
    "各トークンを確率に従って引き、{n} 個の解答を作ります。最も多い答えを選びます。",
  "Beam, token by token": "ビーム（トークン単位）",
  "Beam of {width} over tokens": "トークンのビーム {width}",
  "After each token the likeliest {width} prefixes go on.":
    "トークンごとに、確率の高い {width} 個の途中解を先へ進めます。",

  "“{strategy}” goes on from single steps, and {policy} cannot: {why}.":
    "「{strategy}」は 1 ステップずつ先へ進みますが、{policy} にはできません：{why}。",
  "“{strategy}” shows a policy its own earlier attempts, and {policy}, on a server, is not asked so yet.":
    "「{strategy}」は方策モデルに自身の以前の試行を見せますが、サーバー上の {policy} にはまだ対応していません。",
  "“{strategy}” needs a policy that tells what may follow token by token, and {policy} does not.":
    "「{strategy}」には次のトークンの候補を示せる方策モデルが必要ですが、{policy} は示せません。",

  "Calculate an expression, one operation a line.": "式を計算します。1 行に 1 つの演算。",
  "Combine all the numbers, each once, with + - * / to reach the target.":
    "すべての数を 1 回ずつ使い、+ - * / で組み合わせて目標の数を作ります。",
  "Find x, one change of the equation a line.": "x を求めます。1 行に 1 つの式変形。",
  "Read a short story and calculate what is asked, one operation a line.":
    "短い文章題を読み、問われた数を計算します。1 行に 1 つの演算。",
} as const;
