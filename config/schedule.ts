import { cronProblem } from "./cron";

/**
 * Checks the schedule of an EventBridge rule.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 * @returns the rule it breaks, worded to follow the name of the value; undefined when it is valid
 */
export function scheduleProblem(expression: string): string | undefined {
  const [, kind, body = ""] = /^(cron|rate)\((.*)\)$/.exec(expression) ?? [];
  if (kind === "cron") return cronProblem(body);
  return kind === "rate" ? rateProblem(body) : "must be a cron() or rate() expression";
}

function rateProblem(body: string): string | undefined {
  const [, digits, unit, plural] = /^(\d+) +(minute|hour|day)(s?)$/.exec(body) ?? [];
  if (digits === undefined) return "must have a whole number and minutes, hours or days in rate()";
  const value = Number(digits);
  if (value < 1) return "must have at least 1 in rate()";
  const right = value === 1 ? "" : "s";
  return plural === right ? undefined : `must be written rate(${value} ${unit ?? ""}${right})`;
}
