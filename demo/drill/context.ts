import type { PipelineExecutionStep } from "@aws-sdk/client-sagemaker";
import type { Estate, WorkloadEnvironment } from "../../config/schema";
import { ruleName } from "../../core/naming";
import type { ModelContext } from "../../pipelines/model";
import { modelContext } from "../../stacks/model-context";
import { pipelinesIn } from "../../stacks/model-pipelines";
import { inOrderOfPromotion, servesIn } from "../../stacks/topology";
import type { CiServer } from "../ci-server";
import { clientsOf, type AccountClients } from "./accounts";
import type { Participants } from "./participants";
import { executionReport, type Caption } from "./execution-report";
import { follow, type EndedExecution } from "./executions";
import type { DrillResults } from "./results";
import type { Logger, Stages } from "./stage";

export interface DrillOptions {
  readonly estate: Estate;
  readonly participants: Participants;
  readonly python: string;
  /** Who is asked to release what is approved. @default nobody: nothing is released */
  readonly ci?: CiServer | undefined;
  readonly stages: Stages;
  readonly results: DrillResults;
  readonly say: Logger;
  readonly signal: AbortSignal;
}

/** One of the workload accounts in the drill. */
export interface Workload {
  readonly environment: WorkloadEnvironment;
  readonly clients: AccountClients;
  /** What the model's pipelines there know of their account. */
  readonly context: ModelContext;
  /** Full names of the pipelines that the model's demo names; empty for one that does not run there. */
  readonly pipelines: { readonly train: string; readonly inference: string };
}

/** What the stages of the drill work with. */
export interface DrillContext extends DrillOptions {
  readonly development: Workload;
  readonly production: Workload;
  readonly registry: AccountClients;
  /** The accounts that the CI server releases to, in order. */
  readonly serving: readonly WorkloadEnvironment[];
  /** Names of the rules that start inference, and training after data drift. */
  readonly rules: { readonly scheduled: string; readonly retraining: string };
}

export const executionSeconds = 120;

export async function prepareDrill(options: DrillOptions): Promise<DrillContext> {
  const { estate, participants } = options;
  const [development, production, registry] = await Promise.all([
    workloadOf(options, participants.development),
    workloadOf(options, participants.production),
    clientsOf(estate, participants.registry),
  ]);
  const { name, demo } = participants.model;
  const rules = { scheduled: ruleName(name, demo.scheduled), retraining: ruleName(name, demo.retraining) };
  const serving = options.ci ? servingIn(options) : [];
  return { ...options, development, production, registry, serving, rules };
}

const servingIn = ({ estate, participants: { model, registry } }: DrillOptions): WorkloadEnvironment[] =>
  inOrderOfPromotion(estate).filter(
    (workload) =>
      workload.registry === registry.name && workload.ci !== undefined && servesIn(workload, model),
  );

async function workloadOf(
  { estate, participants: { model } }: DrillOptions,
  environment: WorkloadEnvironment,
): Promise<Workload> {
  const context = modelContext(estate, environment, model);
  const running = pipelinesIn(estate, environment, model);
  const fullName = (short: string) => running[short]?.name ?? "";
  const pipelines = { train: fullName(model.demo.train), inference: fullName(model.demo.inference) };
  return { environment, clients: await clientsOf(estate, environment), context, pipelines };
}

export interface Watch extends Pick<DrillOptions, "say" | "signal"> {
  readonly results: Pick<DrillResults, "executions">;
  /** At most, of an execution. @default {@link executionSeconds} */
  readonly seconds?: number;
}

/** Follows an execution to its end, tells of its steps, and keeps its report. */
export async function watch(
  { results, say, signal, seconds = executionSeconds }: Watch,
  { clients, environment }: Pick<Workload, "clients" | "environment">,
  caption: Pick<Caption, "title" | "pipeline" | "startedBy">,
  arn: string,
): Promise<EndedExecution> {
  const ended = await follow(clients.sagemaker, arn, {
    seconds,
    signal,
    onStep: (step) => {
      const line = describeStep(step);
      if (line) say(line);
    },
  });
  const place = { environment: environment.name, account: environment.account };
  results.executions.push(executionReport({ ...caption, ...place }, ended));
  return ended;
}

function describeStep({ StepName, StepStatus, StartTime, EndTime, FailureReason }: PipelineExecutionStep) {
  if (!StartTime || !EndTime) return undefined;
  const seconds = ((EndTime.getTime() - StartTime.getTime()) / 1000).toFixed(1);
  const mark = StepStatus === "Succeeded" ? "✓" : "✗";
  return `    ${mark} ${StepName ?? ""} ${seconds} s${FailureReason ? `: ${FailureReason}` : ""}`;
}
