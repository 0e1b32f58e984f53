/** What the exact checkers say is wrong with a step, or with a problem that somebody types. */
export const VERDICTS = {
  "{calculation} is {value}, not {found}": "{calculation} は {value} で、{found} ではありません",
  "{calculation} is not a whole number": "{calculation} は整数になりません",
  "{calculation} is not positive": "{calculation} は正になりません",
  "{calculation} is too large": "{calculation} は大きすぎます",
  "a line has the form 14-9=5 (left 4 5)": "行は 14-9=5 (left 4 5) の形で書きます",
  "left are {numbers}, not {found}": "残りは {numbers} で、{found} ではありません",
  "only {number} is left: there is nothing to combine it with":
    "残りは {number} だけで、組み合わせる相手がありません",
  "there is only one {number}: left are {numbers}":
    "{number} は 1 つしかありません：残りは {numbers}",
  "there is no {number}: left are {numbers}": "{number} はありません：残りは {numbers}",
  "{answer} is the answer: nothing is left to do": "{answer} が答えで、もうすることがありません",
  "{answer} is the answer: no operation is left": "{answer} が答えで、演算が残っていません",
  "{answer} is the answer: nothing is left to calculate":
    "{answer} が答えで、もう計算するものがありません",
  "x={x} solves {before}, not {line}": "x={x} は {before} の解ですが、{line} の解ではありません",
  "every x solves {line}": "{line} はどの x でも成り立ちます",
  "{line} is not simpler than {before}": "{line} は {before} より簡単になっていません",
  "no operation was done in this line": "この行では演算が行われていません",
  "{count} operations are left after one of {before} was done":
    "{before} 個の演算のうち 1 つを行った後に、{count} 個が残っています",
  "{calculation} is not its turn in {before}": "{before} では {calculation} はまだ計算できません",
  '{expected} was to be expected: "{found}" stands for "{copied}" in it':
    "{expected} となるはずですが、「{copied}」が「{found}」になっています",
  "the end": "末尾",
  'a line has the form "buys 3*6=18 pens"': "行は「buys 3*6=18 pens」の形で書きます",
  "{calculation} counts {unit}: a unit is missing":
    "{calculation} は {unit} の数ですが、単位がありません",
  "{calculation} counts {unit}, not {found}":
    "{calculation} は {unit} の数で、{found} ではありません",
  '{calculation} is "{words}", not "{found}"':
    "{calculation} は「{words}」で、「{found}」ではありません",
  "there is no {number}: it is neither given nor calculated before":
    "{number} は与えられても、計算されてもいません",
  "the {amount} have no part in the question": "{amount} は問いに関係ありません",
  "{calculation} is not needed here: it is done already or leads nowhere":
    "{calculation} は不要です：計算済みか、答えにつながりません",
  "line {line} is already wrong: {why}": "{line} 行目がすでに誤りです：{why}",
  "too long: {length} characters, and at most {most} can be read":
    "長すぎます：{length} 文字ありますが、読めるのは {most} 文字までです",
  "nothing is written here: try (7+5)*9-14*3":
    "何も書かれていません。(7+5)*9-14*3 などを試してください",
  "a number of {digits} digits: at most {most} can be read":
    "{digits} 桁の数があります。読めるのは {most} 桁までです",
  "this number is too long: at most {most} digits can be read":
    "数が長すぎます。読めるのは {most} 桁までです",
  "numbers have at most {most} digits, not {digits}":
    "数は {most} 桁までで、{digits} 桁は使えません",
  "{number} begins with a 0": "{number} は 0 で始まっています",
  "division does not exist here: only + - * and parentheses do":
    "割り算は使えません。使えるのは + - * と括弧です",
  '"{character}" is not part of an expression: use whole numbers, + - * and parentheses':
    "「{character}」は式に使えません。整数、+ - *、括弧を使ってください",
  "a number is missing at the end": "末尾に数がありません",
  'this ")" closes nothing': "この「)」に対応する括弧がありません",
  'this "(" is never closed': "この「(」が閉じられていません",
  'an operation is missing between "{before}" and "{token}"':
    "「{before}」と「{token}」の間に演算子がありません",
  "nothing stands between these parentheses": "括弧の中に何もありません",
  'write ({number}) for a negative number after "{before}"':
    "「{before}」の後の負の数は ({number}) と書いてください",
  'a number is missing before "{token}"': "「{token}」の前に数がありません",
  'a number is missing after "{before}" and before "{token}"':
    "「{before}」と「{token}」の間に数がありません",
  "there is no operation to do in it": "計算する演算がありません",
  "its values can become too large: at most 15 digits are calculated":
    "値が大きくなりすぎます。計算できるのは 15 桁までです",
  '"{character}" was to be expected here, and the text ends':
    "ここに「{character}」が必要ですが、文が終わっています",
  '"{character}" was to be expected here, not "{found}"':
    "ここには「{found}」ではなく「{character}」が必要です",
  '"{found}" makes no sense here': "ここの「{found}」は意味をなしません",
  "this parenthesis is never closed": "この括弧が閉じられていません",
  "parentheses may hold one x and one number": "括弧の中に書けるのは x と数を 1 つずつです",
  "parentheses within parentheses cannot be read": "括弧の中の括弧は読めません",
  "a number or x is missing here: try 3(x-4)+5=2x+7":
    "ここに数か x がありません。3(x-4)+5=2x+7 などを試してください",
  'a number, x or "(" was to be expected here, not "{found}"':
    "ここには「{found}」ではなく、数、x、「(」のどれかが必要です",
  "no x solves it: both sides have the same x": "解がありません：両辺の x が同じです",
  "every x solves it": "どの x でも成り立ちます",
  "its solution is x={solution}, and only whole ones can be asked for":
    "解は x={solution} です。整数の解だけを問えます",
  "it says what x is already": "x の値がすでに書かれています",
  "an arrow is missing before the target: 4 14 9 -> 50": "目標の前に矢印がありません：4 14 9 -> 50",
  "{least} to {most} numbers can be combined, not {count}":
    "組み合わせられるのは {least}〜{most} 個の数で、{count} 個ではありません",
  "the target is missing": "目標がありません",
  "there can only be one target, not {count}": "目標は 1 つだけで、{count} 個は置けません",
  "no combination of {numbers} with + - * / reaches {target}; the nearest is {nearest}":
    "{numbers} を + - * / で組み合わせても {target} になりません。最も近いのは {nearest} です",
  '"{word}" is not a whole number': "「{word}」は整数ではありません",
  "{number} is out of range: it must be from 1 to {most}":
    "{number} は範囲外です。1 から {most} までにしてください",
  '"{text}" is not understood. Sentences like it are {first}, {second} and {third}':
    "「{text}」は読み取れません。似た文の例：{first}、{second}、{third}",
  "at most {most} sentences can be read": "読めるのは {most} 文までです",
  'the last sentence, and only that, is a question: "How many pens has Ann now?"':
    '最後の文だけを問いにしてください："How many pens has Ann now?"',
  "there is nothing to calculate in it": "計算するものがありません",
  '"{sentence}" makes no sense here: {why}': "「{sentence}」はここでは意味をなしません：{why}",
  'a name is needed instead of "{word}"': "「{word}」の代わりに名前が必要です",
  "it is not said of two that they have {things}": "{things} を持つ人が 2 人書かれていません",
  'it is not said who "{word}" is': "「{word}」が誰か書かれていません",
  '"{word}" cannot be {who}': "「{word}」は {who} を指せません",
  "it is not said how many {things} there are at first": "初めの {things} の数が書かれていません",
  "nothing is said of the {things} that the question needs":
    "問いに必要な {things} について何も書かれていません",
  "the {things} of {who} are told twice": "{who} の {things} が 2 度書かれています",
  "two sentences tell of {what}": "{what} について 2 つの文があります",
  "nothing is said of {what}": "{what} について何も書かれていません",
  "these amounts cannot be put together": "これらの量は合わせられません",
  "{left} cannot be divided by {right} exactly": "{left} は {right} で割り切れません",
  "{left} cannot be taken from {right}": "{right} から {left} は引けません",
} as const;
