import type { StepKind } from "./definition";

interface CommonTrigger<Name extends string> {
  /** The pipeline that it starts, with its default parameters. */
  readonly start: Name;
  /** What it is for; the rule's description on AWS. */
  readonly description: string;
  /** Key of the model's settings in an environment file that switches it on. */
  readonly setting: string;
  /** What the key does, as editors show it. */
  readonly settingDescription: string;
}

/** Starts a pipeline when a clock says so; the setting's value is the `cron(…)` or `rate(…)` expression, in UTC. */
export interface ScheduleTrigger<Name extends string = string> extends CommonTrigger<Name> {
  readonly on: "schedule";
}

/** Starts a pipeline when a step of another fails; the setting is true or false. */
export interface StepFailureTrigger<Name extends string = string> extends CommonTrigger<Name> {
  readonly on: "step failure";
  /** The pipeline that is watched. */
  readonly of: Name;
  /** Only its steps of this kind: a `QualityCheck` that fails is data drift. */
  readonly steps: StepKind;
}

/** What starts a pipeline by itself. */
export type Trigger<Name extends string = string> = ScheduleTrigger<Name> | StepFailureTrigger<Name>;

/** Short names of the pipelines that a trigger starts or watches. */
export const pipelinesNeededBy = (trigger: Trigger): string[] =>
  trigger.on === "schedule" ? [trigger.start] : [trigger.start, trigger.of];

/** The triggers of a model that its settings in an environment switch on, by short name. */
export const enabledTriggers = (
  triggers: Readonly<Record<string, Trigger>>,
  settings: Readonly<Record<string, unknown>>,
): [string, Trigger][] =>
  Object.entries(triggers).filter(([, { setting }]) => (settings[setting] ?? false) !== false);
