import { type Said, say } from "../lib/said.ts";

/** One operation in words: `nameOperation(9, "*", 14)` is "multiply 9 by 14". */
export function nameOperation(left: number, operator: "+" | "-" | "*" | "/", right: number): Said {
  const operands = { left: String(left), right: String(right) };
  switch (operator) {
    case "+":
      return say("add {left} and {right}", operands);
    case "-":
      return say("take {right} from {left}", operands);
    case "*":
      return say("multiply {left} by {right}", operands);
    case "/":
      return say("divide {left} by {right}", operands);
  }
}
