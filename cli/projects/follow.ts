import { findProject, isInProgress, type DescribedProject } from "../../operate/projects";
import { resourcesOf, type StackResource } from "../../operate/stacks-of-projects";
import { listenForInterrupt } from "../../tools/interrupt";
import { poll } from "../../tools/poll";
import type { Context } from "../context";
import { InterruptedError } from "../errors";
import type { ProjectsAccount } from "./target";

const everyMilliseconds = { local: 250, aws: 5_000 };

/**
 * Follows a project until AWS has done with it, and says what its stack does meanwhile.
 * @param before what its stack has already, which nobody is told
 * @returns undefined once there is none
 * @throws InterruptedError at Ctrl-C: AWS goes on
 */
export async function followProject(
  context: Context,
  account: ProjectsAccount,
  name: string,
  before: readonly StackResource[] = [],
): Promise<DescribedProject | undefined> {
  const { signal, release } = listenForInterrupt();
  try {
    return await follow(context, account, { name, before, signal });
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new InterruptedError(
      `Interrupted; AWS goes on with it: mlops projects show ${account.workload.name} ${name}`,
    );
  } finally {
    release();
  }
}

interface Following {
  readonly name: string;
  readonly before: readonly StackResource[];
  readonly signal: AbortSignal;
}

async function follow(
  context: Context,
  { sagemaker, cloudformation }: ProjectsAccount,
  { name, before, signal }: Following,
): Promise<DescribedProject | undefined> {
  const told = new Map(before.map(({ logicalId, status }) => [logicalId, status]));
  const tell = async ({ stack }: DescribedProject): Promise<void> => {
    if (stack === undefined) return;
    for (const { logicalId, status } of await resourcesOf(cloudformation, stack)) {
      if (told.get(logicalId) !== status) context.err.print(`${logicalId}: ${status}`);
      told.set(logicalId, status);
    }
  };
  const done = await poll(
    async () => {
      const project = await findProject(sagemaker, name);
      if (!project) return { project };
      await tell(project);
      return isInProgress(project) ? undefined : { project };
    },
    {
      everyMilliseconds: (await context.isLocal()) ? everyMilliseconds.local : everyMilliseconds.aws,
      signal,
    },
  );
  return done.project;
}
