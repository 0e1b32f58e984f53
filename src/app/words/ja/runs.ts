/** The first page and the list of runs. */
export const RUNS = {
  "Watch a language model think": "言語モデルの思考を見る",
  "A policy proposes the next steps of a solution, a verifier scores every one of them, and a search keeps the best and prunes the rest. Here you see that tree grow, and why each branch ended.":
    "方策モデルが解答の次のステップを提案し、検証器がその一つひとつを採点し、探索がよいものを残してほかを枝刈りします。ここでは、その木が伸びていく様子と、枝がそれぞれ終わった理由を見られます。",
  "Run an example": "例を実行",
  "or choose a problem of your own under Runs": "または「実行」で自分の問題を選ぶ",
  "or choose a problem of your own and press {keys}": "または自分の問題を選んで {keys}",
  "A sample tree: of four first steps two are kept, coloured by their scores, and two are pruned and faded. The path to the right answer is highlighted.":
    "木の例：最初の 4 つのステップのうち 2 つが残り、スコアに応じた色が付いています。ほかの 2 つは枝刈りされ、薄くなっています。正解への経路が強調されています。",
  "keep 2 of 4": "4 つ中 2 つを残す",
  "Filter by problem text": "問題文で絞り込み",
  "Filter by problem": "問題で絞り込み",
  "Filter by strategy": "戦略で絞り込み",
  "Any strategy": "すべての戦略",
  "Filter by family": "問題の種類で絞り込み",
  "Any family": "すべての種類",
  "Loading runs …": "実行を読み込み中…",
  "Every run stays here. There are none yet.": "実行はすべてここに残ります。まだありません。",
  "No run matches.": "該当する実行はありません。",
  replayed: "記録の再生",
  now: "たった今",
  "waiting for its turn": "順番待ち",
  Legend: "凡例",
  "Key to marks": "しるしの意味",
  "P(on the way to a correct answer), as the verifier sees it":
    "検証器から見た、正解に至る途中である確率",
  "P(on the way to a correct answer), as the second verifier sees it; it decides nothing":
    "第 2 の検証器から見た、正解に至る途中である確率。探索には影響しません",
  "How likely the policy finds the text up to here: its probability, made comparable between lengths":
    "方策モデルから見たここまでの文の起こりやすさ。長さの違いをならした確率です",
  "Drag the ends to spread the colours over fewer scores; double-click to reset":
    "両端をドラッグすると色をスコアの一部に割り当てます。ダブルクリックで元に戻ります",
  "Lowest score of the colours": "色の最低スコア",
  "Highest score of the colours": "色の最高スコア",
  "Cut line of this round: {score}": "このラウンドの足切り：{score}",
  "Lowest score that is lit": "明るく表示する最低スコア",
  "Highest score that is lit": "明るく表示する最高スコア",
  "a step; filled with its score": "ステップ。色はスコア",
  "pruned: faded, dashed": "枝刈り：薄い色と破線",
  "right answer": "正解",
  "wrong answer": "不正解",
  "answer nobody can check": "確かめられない答え",
  "selected path": "選ばれた経路",
  "folded: fading while one is open, with a diamond for a right answer":
    "折りたたみ：未決のものがあると薄れ、正解があるとひし形が付く",
  "identical steps, merged": "まとめた同じステップ",
  bookmark: "しおり",
  "found by the search": "検索の一致",
  "line that the pointer is on in a list": "一覧で指している経路",
} as const;
