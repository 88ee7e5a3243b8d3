import { driftOfStack } from "../../deploy/drift/drift-stack";
import type { DriftedResource } from "../../deploy/drift/drifted-resources";
import { appliers, type Applier } from "../../stacks/kind";
import { failuresOf, valuesOf, type StackResult } from "../../deploy/estate/stack-runner";
import { describeAttribute } from "../../deploy/plans/render/details";
import { printable } from "../../deploy/plans/render/printable";
import { documented, type AddCommand, type Answer } from "../command";
import type { Context } from "../context";
import { complainOf } from "../estate/failures";
import { withSynthesisedStacks } from "../estate/stack-session";
import { exitCodes } from "../errors";
import { applierOption } from "../options";
import type { Screen } from "../screen";

interface DriftOptions {
  readonly appliedBy?: Applier;
  readonly account?: string;
}

export const addDrift: AddCommand = (parent, act) => {
  documented(parent, "drift", {
    summary: "Find configuration drift: differences between AWS and the states, resource by resource",
    details:
      "Changes nothing, neither AWS nor a state. Exits with 3 if there are any, with 1 if a stack cannot be compared. Each " +
      "finding has its remedy: an apply puts back what the code sets, and nothing else.",
    examples: ["drift", "drift prod-mammo-severity --json", "drift --applied-by ci"],
  })
    .argument("[stacks...]", "ids of stacks (default: all)")
    .option(
      "--applied-by <who>",
      `only the stacks that this one applies: ${appliers.join(" or ")}`,
      applierOption,
    )
    .option("--account <id>", "refuse unless every stack asked for is in this account")
    .action(act(drift));
};

interface StackDrift {
  readonly stack: string;
  readonly resources: readonly DriftedResource[];
}

function drift(
  context: Context,
  ids: readonly string[],
  { appliedBy, account }: DriftOptions,
): Promise<Answer> {
  return withSynthesisedStacks(
    context,
    { ids, appliedBy, account, role: context.readingRole },
    async (session) => {
      const { stacks, runner, runs, accounts, signal } = session;
      const results = await runner.each(
        stacks,
        async (stack, report): Promise<StackDrift> => ({
          stack: stack.id,
          resources: await driftOfStack({ runs, accounts }, stack, report),
        }),
        ({ resources }) => (resources.length === 0 ? "as its state says" : `${resources.length} drifted`),
      );
      return answerDrift(context, results, signal.aborted);
    },
  );
}

function answerDrift(
  context: Context,
  results: readonly StackResult<StackDrift>[],
  interrupted: boolean,
): Answer {
  const stacks = valuesOf(results);
  const failures = failuresOf(results);
  complainOf(context, failures);
  const drifted = stacks.filter(({ resources }) => resources.length > 0);
  const verdict =
    drifted.length > 0
      ? `Configuration drift in ${drifted.map(({ stack }) => stack).join(", ")}`
      : `No configuration drift in ${stacks.length} ${stacks.length === 1 ? "stack" : "stacks"}`;
  const code = drifted.length > 0 ? exitCodes.pending : exitCodes.done;
  return {
    json: { drift: drifted.length > 0, stacks, failures },
    text: [...drifted.flatMap((stack) => describeStack(stack, context.out)), verdict].join("\n"),
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
