import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Estate } from "../../config/schema";
import type { StackDescription } from "../../stacks/list";
import { liftDestroyGuards, restoreDestroyGuards } from "../terraform/destroy-guards";
import { destroy, migrateToLocalState } from "../terraform/terraform";
import type { AccountAccess } from "../access/account-access";
import { optionsFor, type Logger, type TerraformContext } from "./terraform-context";
import { emptyStateBucket } from "./state-bucket";

/**
 * Destroys one stack, protected resources included. A state stack's own state is first moved out of the bucket that
 * is about to go.
 * @param access to the account. @default the administrator's
 */
export async function tearDownStack(
  runs: TerraformContext,
  estate: Estate,
  stack: StackDescription,
  report: Logger,
  access?: AccountAccess,
): Promise<void> {
  const directory = runs.directoryOf(stack.id);
  try {
    if (stack.kind === "state") await takeStateOut(runs, estate, stack, access);
    else liftDestroyGuards(directory);
    report("destroying");
    await destroy(optionsFor(runs, stack, report));
  } finally {
    restoreDestroyGuards(directory);
  }
}

async function takeStateOut(
  runs: TerraformContext,
  estate: Estate,
  stack: StackDescription,
  access: AccountAccess | undefined,
): Promise<void> {
  const directory = runs.directoryOf(stack.id);
  const localState = join(directory, "teardown.tfstate");
  rmSync(localState, { force: true });
  liftDestroyGuards(directory, { localState });
  await migrateToLocalState({ ...runs.tool, directory, signal: runs.signal });
  await emptyStateBucket(estate, stack.environment, access);
}
