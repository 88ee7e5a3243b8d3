import type { PipelineExecutionStep } from "@aws-sdk/client-sagemaker";
import type { Estate, WorkloadEnvironment } from "../../config/schema";
import { modelNames, type ModelNames } from "../../core/naming";
import { modelContext } from "../../stacks/model-context";
import type { ModelContext } from "../../pipelines/model";
import { clientsOf, type AccountClients } from "./accounts";
import type { Cast } from "./cast";
import { executionReport, type Told } from "./execution-report";
import { follow, type EndedExecution } from "./executions";
import type { Findings } from "./findings";
import type { Say, Stages } from "./stage";

export interface DrillOptions {
  readonly estate: Estate;
  readonly cast: Cast;
  readonly python: string;
  readonly stages: Stages;
  readonly findings: Findings;
  readonly say: Say;
  readonly signal: AbortSignal;
}

/** One of the workload accounts in the drill. */
export interface Workload {
  readonly environment: WorkloadEnvironment;
  readonly clients: AccountClients;
  /** What the model's pipelines there know of their account. */
  readonly context: ModelContext;
  readonly pipelines: { readonly train: string; readonly inference: string };
}

/** Everything the acts of the drill work with. */
export interface Scene extends DrillOptions {
  readonly development: Workload;
  readonly production: Workload;
  readonly registry: AccountClients;
  readonly names: ModelNames;
}

export const executionSeconds = 120;

export async function setScene(options: DrillOptions): Promise<Scene> {
  const { estate, cast } = options;
  const [development, production, registry] = await Promise.all([
    workloadOf(options, cast.development),
    workloadOf(options, cast.production),
    clientsOf(estate, cast.registry),
  ]);
  return { ...options, development, production, registry, names: modelNames(cast.model.name) };
}

async function workloadOf(
  { estate, cast: { model } }: DrillOptions,
  environment: WorkloadEnvironment,
): Promise<Workload> {
  const context = modelContext(estate, environment, model);
  const { train, inference } = model.pipelines(context);
  const clients = await clientsOf(estate, environment);
  return { environment, clients, context, pipelines: { train: train.name, inference: inference.name } };
}

/** Follows an execution to its end, tells of its steps, and keeps its report. */
export async function watch(
  { findings, say, signal }: Scene,
  { clients, environment }: Workload,
  told: Pick<Told, "title" | "pipeline" | "startedBy">,
  arn: string,
): Promise<EndedExecution> {
  const ended = await follow(clients.sagemaker, arn, {
    seconds: executionSeconds,
    signal,
    onStep: (step) => {
      const line = describeStep(step);
      if (line) say(line);
    },
  });
  const place = { environment: environment.name, account: environment.account };
  findings.executions.push(executionReport({ ...told, ...place }, ended));
  return ended;
}

function describeStep({ StepName, StepStatus, StartTime, EndTime, FailureReason }: PipelineExecutionStep) {
  if (!StartTime || !EndTime) return undefined;
  const seconds = ((EndTime.getTime() - StartTime.getTime()) / 1000).toFixed(1);
  const mark = StepStatus === "Succeeded" ? "✓" : "✗";
  return `    ${mark} ${StepName ?? ""} ${seconds} s${FailureReason ? `: ${FailureReason}` : ""}`;
}
