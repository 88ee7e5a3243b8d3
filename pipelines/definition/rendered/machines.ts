import type { Json } from "../values";
import { parameterIn, type RenderedStep } from "./json";

/** The machines that a step's job runs on. SageMaker has a quota for each use of each instance type. */
export interface JobMachines {
  readonly use: MachineUse;
  readonly instanceType: Json | undefined;
  readonly instanceCount: Json | undefined;
  /** How many such jobs run side by side. @default 1 */
  readonly jobs?: Json | undefined;
}

/** As in the names of SageMaker's quotas. */
export type MachineUse = "processing job" | "training job" | "transform job" | "endpoint";

/** Machines of one type that run side by side. */
export interface Machines {
  readonly use: MachineUse;
  /** Such as `ml.m5.xlarge`. */
  readonly instanceType: string;
  readonly count: number;
}

interface KnownJob extends Machines {
  readonly step: string;
}

/**
 * The most machines of each type that one execution has at a time. Both branches of a condition count.
 * @param machinesOf the machines that a step's job runs on; undefined where it starts none
 * @param before names of the steps that have ended before a step starts
 * @param parameters default values by name: a type or number that is known only when the pipeline runs is left out
 */
export function mostMachines(
  steps: readonly RenderedStep[],
  machinesOf: (step: RenderedStep) => JobMachines | undefined,
  before: ReadonlyMap<string, ReadonlySet<string>>,
  parameters: ReadonlyMap<string, unknown>,
): Machines[] {
  const jobs = steps.flatMap((step) => knownJob(step.Name, machinesOf(step), parameters));
  const kinds = new Map(jobs.map((job) => [`${job.use} ${job.instanceType}`, job]));
  const beside = (a: KnownJob, b: KnownJob) =>
    !before.get(a.step)?.has(b.step) && !before.get(b.step)?.has(a.step);
  return [...kinds.values()].map(({ use, instanceType }) => {
    const alike = jobs.filter((job) => job.use === use && job.instanceType === instanceType);
    return { use, instanceType, count: mostAtOnce(alike, beside) };
  });
}

function knownJob(
  step: string,
  machines: JobMachines | undefined,
  parameters: ReadonlyMap<string, unknown>,
): KnownJob[] {
  if (!machines) return [];
  const instanceType = knownValue(machines.instanceType, parameters);
  const count = knownValue(machines.instanceCount, parameters);
  const jobs = knownValue(machines.jobs ?? 1, parameters);
  if (typeof instanceType !== "string" || typeof count !== "number" || typeof jobs !== "number") return [];
  return [{ step, use: machines.use, instanceType, count: count * jobs }];
}

function knownValue(value: Json | undefined, parameters: ReadonlyMap<string, unknown>): unknown {
  const parameter = parameterIn(value);
  return parameter === undefined ? value : parameters.get(parameter);
}

/** The heaviest set of jobs none of which waits for another. */
function mostAtOnce(
  [first, ...others]: readonly KnownJob[],
  beside: (a: KnownJob, b: KnownJob) => boolean,
): number {
  if (!first) return 0;
  const possible = others.filter((other) => beside(first, other));
  const withFirst = first.count + mostAtOnce(possible, beside);
  return possible.length === others.length ? withFirst : Math.max(withFirst, mostAtOnce(others, beside));
}
