import { createHash } from "node:crypto";
import type { StepDefinition } from "../definition/schema";
import type { Resolved, StepResult } from "../steps/step";

interface Entry {
  readonly executionArn: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly result: StepResult;
}

/** Keys of the arguments that decide whether a step has run before; other kinds of step go by all of them. */
const keyAttributes: Readonly<Record<string, readonly string[]>> = {
  Processing: ["AppSpecification", "Environment", "ProcessingInputs"],
  Tuning: ["HyperParameterTuningJobConfig", "TrainingJobDefinition", "TrainingJobDefinitions"],
  Training: [
    "AlgorithmSpecification",
    "CheckpointConfig",
    "DebugHookConfig",
    "DebugRuleConfigurations",
    "Environment",
    "HyperParameters",
    "InputDataConfig",
  ],
};

/** A step's keys beside its arguments that say how it is run, and not what it does. */
const ignoredKeys = new Set(["DependsOn", "DisplayName", "Description", "CacheConfig", "RetryPolicies"]);

/**
 * Results of earlier executions that succeeded, for steps with caching turned on. It lives as long as the worker.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-default-keys.html
 */
export class StepCache {
  private readonly entries = new Map<string, Entry>();

  /** What the same step gave within its time limit, if caching is on. */
  find(key: string, { CacheConfig }: StepDefinition): Entry | undefined {
    if (!CacheConfig?.Enabled) return undefined;
    const entry = this.entries.get(key);
    return entry && Date.now() - entry.at <= milliseconds(CacheConfig.ExpireAfter) ? entry : undefined;
  }

  keep(key: string, { CacheConfig }: StepDefinition, executionArn: string, result: StepResult): void {
    if (CacheConfig?.Enabled) this.entries.set(key, { executionArn, at: Date.now(), result });
  }
}

/** Same for the same work of the same step of the same pipeline. */
export function cacheKey(
  pipelineArn: string,
  { Name, Type }: StepDefinition,
  request: { readonly arguments: Resolved; readonly settings: Resolved },
): string {
  const attributes = keyAttributes[Type];
  const relevant = attributes
    ? attributes.map((name) => request.arguments[name])
    : [request.arguments, Object.entries(request.settings).filter(([name]) => !ignoredKeys.has(name))];
  return createHash("sha256")
    .update(JSON.stringify([pipelineArn, Name, Type, relevant]))
    .digest("hex");
}

/** Minutes. */
const units = { y: 365 * 24 * 60, mo: 30 * 24 * 60, w: 7 * 24 * 60, d: 24 * 60, h: 60, m: 1, s: 1 / 60 };

/** `P30D`, `PT2H`, and without the P as the documentation writes them: `30d`, `T16m`, `30dT5h`. */
export function milliseconds(duration: string | null | undefined): number {
  if (!duration) return Infinity;
  const [date = "", time = ""] = duration.toLowerCase().replace(/^p/, "").split("t");
  const minutes = (text: string, month: string) =>
    [...text.matchAll(/(\d+)([ymwdhs])/g)].reduce(
      (sum, [, count, unit = ""]) =>
        sum + Number(count) * units[(unit === "m" ? month : unit) as keyof typeof units],
      0,
    );
  return (minutes(date, "mo") + minutes(time, "m")) * 60_000;
}
