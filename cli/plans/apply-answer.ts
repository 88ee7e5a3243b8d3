import type { ApplyOutcome } from "../../deploy/plans/apply-estate";
import { topicNameOf, type Addressee } from "../../deploy/estate/mail";
import type { Answer } from "../command";
import type { Context } from "../context";
import { complainOf } from "../estate/failures";
import { exitCodes } from "../errors";
import type { Style } from "../screen";
import { tableOf } from "../table";

/**
 * What applying came to, stack by stack; the reasons of those that failed go to standard error.
 * @param unheard addresses that alerts do not reach yet
 */
export function answerApply(
  context: Context,
  outcomes: readonly ApplyOutcome[],
  interrupted: boolean,
  unheard: readonly Addressee[] = [],
): Answer {
  const { out } = context;
  complainOf(context, outcomes);
  const rows = outcomes.map(({ stack, outcome, applied }) => [
    stack,
    {
      text: outcome === "before" ? "applied before" : outcome,
      paint: (text: string) => out.paint(styles[outcome] ?? "reset", text),
    },
    ...[applied?.added, applied?.changed, applied?.destroyed].map((count) =>
      count === undefined ? "" : String(count),
    ),
  ]);
  const table = tableOf([["STACK", "OUTCOME", "ADDED", "CHANGED", "DESTROYED"], ...rows]);
  return {
    text: [...table, "", verdict(outcomes, interrupted), ...unheard.map(describe)].join("\n"),
    json: { stacks: outcomes, unconfirmed: unheard },
    code: exitCode(outcomes, interrupted),
  };
}

const styles: Partial<Readonly<Record<ApplyOutcome["outcome"], Style>>> = {
  applied: "green",
  failed: "red",
  interrupted: "yellow",
  "not begun": "yellow",
};

const describe = ({ email, topicArn }: Addressee): string =>
  `${email} gets no alerts from ${topicNameOf(topicArn)} before the link in AWS's mail is followed, within 48 hours`;

const isDone = ({ outcome }: ApplyOutcome): boolean => ["applied", "before", "unchanged"].includes(outcome);

function exitCode(outcomes: readonly ApplyOutcome[], interrupted: boolean): number {
  if (outcomes.every(isDone)) return exitCodes.done;
  return interrupted ? exitCodes.interrupted : exitCodes.failed;
}

function verdict(outcomes: readonly ApplyOutcome[], interrupted: boolean): string {
  const left = outcomes.filter((outcome) => !isDone(outcome)).map(({ stack }) => stack);
  if (left.length === 0) return "Applied as planned";
  const why = interrupted ? "Interrupted" : "Failed";
  return `${why}; not applied as planned: ${left.join(", ")}. Plan these again, unless they were not begun`;
}
