import type { DriftedResource } from "../../deploy/drift/drifted-resources";
import type { Addressee } from "../../deploy/estate/mail";
import { failuresOf, valuesOf, type StackResult } from "../../deploy/estate/stack-runner";
import { describeAttribute } from "../../deploy/plans/render/details";
import { printable } from "../../deploy/plans/render/printable";
import type { Answer } from "../command";
import type { Context } from "../context";
import { exitCodes } from "../errors";
import { complainOf } from "../estate/failures";
import type { Screen } from "../screen";

/** What has drifted in one stack. */
export interface StackDrift {
  readonly stack: string;
  readonly resources: readonly DriftedResource[];
}

/** What else there is to say beside what became of each stack. */
interface Surroundings {
  /** Those who get no alerts: an alert that nobody hears is as good as none. */
  readonly unheard: readonly Addressee[];
  readonly interrupted: boolean;
}

/** What `mlops drift` says and exits with. */
export function answerDrift(
  context: Pick<Context, "err" | "json" | "out">,
  results: readonly StackResult<StackDrift>[],
  { unheard, interrupted }: Surroundings,
): Answer {
  const stacks = valuesOf(results);
  const failures = failuresOf(results);
  complainOf(context, failures);
  const drifted = stacks.filter(({ resources }) => resources.length > 0);
  const verdict =
    drifted.length > 0
      ? `Configuration drift in ${drifted.map(({ stack }) => stack).join(", ")}`
      : `No configuration drift in ${stacks.length} ${stacks.length === 1 ? "stack" : "stacks"}`;
  const code = drifted.length + unheard.length > 0 ? exitCodes.pending : exitCodes.done;
  return {
    json: { drift: drifted.length > 0, stacks, failures, unheard },
    text: [
      ...drifted.flatMap((stack) => describeStack(stack, context.out)),
      ...unheard.map(describeUnheard),
      verdict,
    ].join("\n"),
    code: interrupted ? exitCodes.interrupted : failures.length > 0 ? exitCodes.failed : code,
  };
}

const describeStack = ({ stack, resources }: StackDrift, screen: Screen): string[] => [
  screen.paint("bold", stack),
  ...resources.flatMap(({ address, drift, attributes, remedies }) => [
    `  ${screen.paint(drift === "gone" ? "red" : "yellow", `${printable(address)}: ${drift}`)}`,
    ...attributes.flatMap(describeAttribute).map((line) => `    ${line}`),
    ...remedies.map((remedy) => `    ${screen.paint("bold", "→")} ${printable(remedy)}`),
  ]),
  "",
];

const describeUnheard = ({ topicArn, email, subscription }: Addressee): string =>
  `${printable(email)} gets no alerts of ${printable(topicArn)}: ` +
  (subscription === "pending" ? "not confirmed yet" : "not subscribed");
