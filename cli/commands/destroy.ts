import type { Environment, Estate } from "../../config/schema";
import { isStackOf } from "../../core/stack-ids";
import { deployedDependants, projectsUsing } from "../../deploy/destruction/dependants";
import { destroyEstate, type DestroyedStacks } from "../../deploy/destruction/destroy-estate";
import { contentsOfStacks, type StackHoldings } from "../../deploy/destruction/state-contents";
import { Refusal } from "../../deploy/estate/refusal";
import { models } from "../../pipelines";
import { listStacks } from "../../stacks/list";
import { documented, type AddCommand, type Answer } from "../command";
import { confirmName } from "../confirm";
import type { Context } from "../context";
import { afterDestruction, lossesOf } from "../destroy/next-steps";
import { destroyStack } from "../destroy/stack";
import { complainOf } from "../estate/failures";
import { findEnvironment } from "../estate/find";
import { withSynthesisedStacks } from "../estate/stack-session";
import { exitCodes } from "../errors";
import { gather } from "../options";
import { tableOf } from "../table";

interface DestroyOptions {
  readonly allowDestroy?: readonly string[];
  readonly yes?: string;
}

export const addDestroy: AddCommand = (parent, act) => {
  documented(parent, "destroy", {
    summary: "Destroy everything in an environment's account, or a stack that the code has no more",
    details:
      "An environment's state bucket goes last. Refused while stacks of other environments need it. A stack goes once it is " +
      "out of the environment files: mlops plan STACK shows what that destroys. Both are refused unless each resource that " +
      "holds data is allowed by its address; buckets so allowed are emptied. Asks for the name on a terminal. Works as " +
      "adminRole of shared.json in every stack, or as --role.",
    examples: [
      "destroy dev",
      "destroy dev --yes dev --allow-destroy dev-foundation/aws_s3_bucket.data_1A2B3C4D",
      "destroy prod-old-model",
    ],
  })
    .argument("<name>", "environment, or id of a stack that the code has no more")
    .option("--allow-destroy <address>", "let this resource and what it holds go; may be repeated", gather)
    .option("--yes <name>", "the name, to confirm without being asked")
    .action(act(destroy));
};

function destroy(context: Context, name: string, options: DestroyOptions): Promise<Answer> {
  const { estate, role = estate.shared.adminRole } = context;
  if (isStackId(estate, name)) {
    const { allowDestroy: allowed = [], yes } = options;
    return destroyStack(context, name, { allowed, yes });
  }
  const environment = findEnvironment(estate, name);
  const all = listStacks(estate, models);
  const ids = all.filter((stack) => stack.environment === environment).map(({ id }) => id);
  return withSynthesisedStacks(context, { ids, role, removed: environment }, async (session) => {
    const { accounts, stacks, runs, runner, signal } = session;
    const holdings = await contentsOfStacks(accounts, stacks);
    if (holdings.length === 0)
      return { json: { environment: name, destroyed: [] }, text: "There is nothing to destroy" };
    if (!context.json) context.err.print(describeHoldings(holdings));
    const reasons = [
      ...(await deployedDependants(estate, accounts, all, environment)),
      ...(await projectsUsing(accounts, stacks)),
      ...lossesOf(name, holdings, options.allowDestroy ?? []),
    ];
    if (reasons.length > 0) throw new Refusal("Nothing was destroyed", reasons);
    await confirmName(context, { name, given: options.yes, signal });
    const ended = await destroyEstate({ estate, runs, accounts, runner, holdings });
    return answerDestruction(context, { ...ended, environment, holdings, interrupted: signal.aborted });
  });
}

const isStackId = ({ environments }: Estate, name: string): boolean =>
  environments.some((environment) => isStackOf(environment, name)) &&
  !environments.some((environment) => environment.name === name);

function describeHoldings(holdings: readonly StackHoldings[]): string {
  const rows = holdings.map(({ id, resources, losses }) => [
    id,
    String(resources),
    losses.map(({ address, losing }) => `${address} (${losing})`).join(", "),
  ]);
  return tableOf([["STACK", "RESOURCES", "HOLDING DATA"], ...rows]).join("\n");
}

interface Destruction extends DestroyedStacks {
  readonly environment: Environment;
  readonly holdings: readonly StackHoldings[];
  readonly interrupted: boolean;
}

function answerDestruction(
  context: Context,
  { environment, holdings, destroyed, failures, interrupted }: Destruction,
): Answer {
  complainOf(context, failures);
  const { name } = environment;
  const left = holdings.map(({ id }) => id).filter((id) => !destroyed.includes(id));
  const failed = interrupted ? exitCodes.interrupted : exitCodes.failed;
  return {
    json: { environment: name, destroyed, left, failures },
    text:
      left.length === 0
        ? [
            `Nothing of ${name} is left. Next:`,
            ...afterDestruction(context.estate, environment, context.environments),
          ].join("\n")
        : `${interrupted ? "Interrupted" : "Failed"}; still there: ${left.join(", ")}. The same command goes on from there`,
    code: left.length === 0 ? exitCodes.done : failed,
  };
}
