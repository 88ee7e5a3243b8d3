import { rmSync } from "node:fs";
import { setMaxListeners } from "node:events";
import { join } from "node:path";
import type { Environment, Estate } from "../../config/schema";
import { didYouMean } from "../../config/suggest";
import { Accounts } from "../../deploy/access/accounts";
import { requireAccounts, selectStacks, type Selection } from "../../deploy/estate/select-stacks";
import type { TerraformContext } from "../../deploy/estate/terraform-context";
import { isStackOf } from "../../core/stack-ids";
import { findRemoved } from "../../deploy/removal/find-removed";
import { synthesiseRemoved } from "../../deploy/removal/synthesise-removed";
import { StackRunner } from "../../deploy/estate/stack-runner";
import { synthesise } from "../../deploy/synthesis/synthesise";
import { ensureTerraform } from "../../tools/toolchain";
import { models } from "../../pipelines";
import { listenForInterrupt } from "../../tools/interrupt";
import { listStacks, type StackDescription } from "../../stacks/list";
import type { Context } from "../context";
import { InterruptedError } from "../errors";
import { folderOfThisRun } from "./session-folder";

/** Stacks that were synthesised and can be reached, in a folder that is gone when the command ends. */
export interface StackSession {
  readonly estate: Estate;
  /** The stacks selected. */
  readonly stacks: readonly StackDescription[];
  /** What `cdktf synth` gives. */
  readonly synthesised: string;
  /** For a plan that nobody keeps. */
  readonly plans: string;
  readonly runs: TerraformContext;
  readonly accounts: Accounts;
  readonly runner: StackRunner;
  readonly signal: AbortSignal;
}

export interface StackSelection extends Selection {
  /** Accounts, one of which every stack must be in. @default any */
  readonly account?: readonly string[] | undefined;
  /** Role to assume instead of the stacks' own. @default the one that the user names, if any */
  readonly role?: string | undefined;
  /** Leave it to the work to reach the accounts, because it will need fewer of them. @default false */
  readonly openLater?: boolean;
  /**
   * Which stacks may be asked for that the code has no more: those named, or all of an environment, by the way.
   * @default none
   */
  readonly removed?: "by id" | Environment;
}

/**
 * Synthesises the stacks into a folder of this run alone and works on those selected.
 * @throws ConfigurationError, SelectionError; Refusal saying what the caller lacks; InterruptedError where an interrupt left nothing to say
 */
export async function withSynthesisedStacks<T>(
  context: Context,
  selection: StackSelection,
  work: (session: StackSession) => Promise<T>,
): Promise<T> {
  const inCode = listStacks(context.estate, models);
  const removed = await removedStacks(context, inCode, selection);
  const stacks = selectStacks([...inCode, ...removed], {
    ...selection,
    ids: [...new Set([...(selection.ids ?? []), ...removed.map(({ id }) => id)])],
  });
  requireAccounts(stacks, selection.account);
  const { signal, release } = listenForInterrupt(() => {
    context.err.print("Interrupted: waiting for Terraform to save what it has begun");
  });
  setMaxListeners(0, signal); // every Terraform run listens
  const folder = folderOfThisRun();
  try {
    return await work(await openSession(context, { ...selection, folder, stacks, signal }));
  } catch (error) {
    if (signal.aborted) throw new InterruptedError("Interrupted", { cause: error });
    throw error;
  } finally {
    release();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The stacks asked for that the code has no more. An id that looks like a known one is left to the complaint about it.
 * @throws AccessError where their account cannot be asked
 */
export async function removedStacks(
  context: Context,
  inCode: readonly StackDescription[],
  { ids = [], removed, role = context.role }: StackSelection,
): Promise<StackDescription[]> {
  if (removed === undefined) return [];
  const accounts = new Accounts(context.estate, role);
  if (removed !== "by id") {
    await context.connect();
    await accounts.openAll(inCode.filter(({ environment }) => environment === removed));
    return findRemoved(context.estate, accounts, [removed], inCode);
  }
  const unknown = ids.filter((id) => !inCode.some((stack) => stack.id === id));
  const { environments } = context.estate;
  const places = unknown.map((id) => environments.filter((environment) => isStackOf(environment, id)));
  if (places.length === 0 || places.some((candidates) => candidates.length === 0)) return [];
  const known = inCode.map(({ id }) => id);
  const isTypo = unknown.some((id) => didYouMean(id, known) !== "");
  await context.connect();
  const found = await findRemoved(context.estate, accounts, [...new Set(places.flat())], inCode).catch(
    (error: unknown) => {
      if (isTypo) return [];
      throw error;
    },
  );
  return found.filter(({ id }) => unknown.includes(id));
}

interface Opening extends Pick<StackSelection, "role" | "openLater"> {
  readonly folder: string;
  readonly stacks: readonly StackDescription[];
  readonly signal: AbortSignal;
}

async function openSession(
  context: Context,
  { folder, stacks, signal, openLater, role = context.role }: Opening,
): Promise<StackSession> {
  const { estate, environments } = context;
  await context.connect();
  const accounts = new Accounts(estate, role);
  if (!openLater) await accounts.openAll(stacks);
  const synthesised = join(folder, "cdktf.out");
  const [tool, directoryOf] = await Promise.all([
    ensureTerraform((line) => {
      context.err.print(line);
    }),
    synthesise({ output: synthesised, environments, role, signal }),
  ]);
  await synthesiseRemoved({ estate, accounts, directoryOf, inCode: listStacks(estate, models) }, stacks);
  return {
    estate,
    stacks,
    synthesised,
    plans: join(folder, "plans"),
    runs: { tool, directoryOf, signal },
    accounts,
    runner: new StackRunner(signal),
    signal,
  };
}
