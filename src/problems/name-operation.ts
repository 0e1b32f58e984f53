/** One operation in words: `nameOperation(9, "*", 14)` is "multiply 9 by 14". */
export function nameOperation(
  left: number,
  operator: "+" | "-" | "*" | "/",
  right: number,
): string {
  switch (operator) {
    case "+":
      return `add ${left} and ${right}`;
    case "-":
      return `take ${right} from ${left}`;
    case "*":
      return `multiply ${left} by ${right}`;
    case "/":
      return `divide ${left} by ${right}`;
  }
}
