import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { scriptKey } from "../core/scripts";
import type { JobVpc, RenderedPipeline } from "./definition";
import type { DataSets, Demo } from "./demo";
import type { GroundTruth } from "./ground-truth";
import { modelError } from "./model-error";
import type { Trigger } from "./trigger";
import type { StateMachine } from "./workflow";

export type { DataSets, Demo } from "./demo";
export type { GroundTruth } from "./ground-truth";
export { enabledTriggers, pipelinesNeededBy, type Trigger } from "./trigger";

/** Everything a model's pipelines need to know about the account they run in. */
export interface ModelContext {
  readonly region: string;
  readonly account: string;
  readonly dataBucket: string;
  /** The accounts of that bucket and of the artifacts. A model that reads a bucket of a further account adds that one. */
  readonly bucketAccounts: readonly string[];
  /** Buckets in which a model may ask for nothing: those of states, and that of versions. @default none */
  readonly closedBuckets?: readonly string[];
  /** `s3://…` in the registry account: what executions of the model write there lies below it. */
  readonly artifactsUri: string;
  /** Alias ARN of the account's key. */
  readonly kmsKeyArn: string;
  /** Stands for the ARN of the key itself, which is known once the key is: the stack puts it there (ADR 30). */
  readonly volumeKeyArn: string;
  /** In the registry account. */
  readonly modelPackageGroupArn: string;
  readonly executionRoleArn: string;
  /** Where jobs run. @default SageMaker's own networks */
  readonly network?: JobVpc | undefined;
  readonly latestApprovedModelFunctionArn: string;
  /** Keeps the files of a version, before it is registered, where nobody overwrites them. */
  readonly sealVersionFunctionArn: string;
}

/** Everything that a model's workflow needs to know about the account it runs in. */
export interface WorkflowContext extends Pick<
  ModelContext,
  "region" | "account" | "dataBucket" | "bucketAccounts" | "kmsKeyArn" | "volumeKeyArn" | "network"
> {
  /** Of the state machine. */
  readonly name: string;
  /** Repository of the model's own image, to which a digest or a tag belongs: `…amazonaws.com/<name>`. */
  readonly imageRepository: string;
  /** Of jobs and of what serves. */
  readonly jobRoleArn: string;
  readonly runPrefix: string;
  readonly endpoint: {
    readonly name: string;
    readonly instanceType: string;
    readonly instanceCount: number;
  };
  /** Compares predictions with labels: see `lambdas/evaluation`. */
  readonly evaluationFunctionArn: string;
  /** Asks a person: see `lambdas/question`. */
  readonly questionFunctionArn: string;
  /** Of those who hear what has become of runs. */
  readonly alertTopicArn: string;
  /** Seconds that a person may take to answer, at most. */
  readonly answerSeconds: number;
}

/** Keys of the input of each run. `digest`: of the image, `sha256:…`. `answerSeconds`: how long a person may take to answer. */
export const workflowInput = ["digest", "answerSeconds"] as const;

export type WorkflowInput = (typeof workflowInput)[number];

/** A file that a pipeline's container runs. */
export interface Script {
  readonly name: string;
  /** Path on this machine. */
  readonly path: string;
  /** Object key in the data bucket; holds a hash of the content, so that a running execution keeps its script. */
  readonly key: string;
}

/** Builds one of a model's pipelines for an account. */
export type PipelineBuilder = (context: ModelContext) => RenderedPipeline;

/** Builds a model's workflow for an account. */
export type WorkflowBuilder = (context: WorkflowContext) => StateMachine<WorkflowInput>;

/** A model: its name everywhere, the scripts it needs, its pipelines and what starts them, and its workflow. */
export interface ModelDefinition<Name extends string = string> {
  /** Name of its folder in `pipelines/`, and its key in `models` of the environment files. */
  readonly name: string;
  readonly modelPackageGroup: string;
  readonly alertTopic: string;
  readonly scripts: readonly Script[];
  /** By short name, as commands and environment files name them. */
  readonly pipelines: Readonly<Record<Name, PipelineBuilder>>;
  /** EventBridge rules that start pipelines, by short name: the rule is `<model>-<short name>`. */
  readonly triggers: Readonly<Record<string, Trigger<Name>>>;
  /** A state machine that trains, asks a person and deploys. A model may have one without any pipeline. @default none */
  readonly workflow?: WorkflowBuilder;
  /** Makes its pipelines ready for several accounts at once, where that is quicker. @default each is built by itself */
  readonly prepare?: (contexts: readonly ModelContext[]) => void;
  /** What `npm start` and `mlops data` try the model with. @default it takes no part in the drill */
  readonly demo?: Demo<Name>;
  /** What `mlops data prepare` makes of a model that takes no part in the drill. @default those of its demo */
  readonly dataSets?: DataSets;
  /** Where `mlops data ground-truth` uploads what became of predictions. @default nothing reads it */
  readonly groundTruth?: GroundTruth;
}

/** Whether a model runs where its settings ask for nothing. */
export const hasPipelines = ({ pipelines }: ModelDefinition): boolean => Object.keys(pipelines).length > 0;

/** A model that can be tried out. */
export type DemoModel = ModelDefinition & { readonly demo: Demo };

export const hasDemo = (model: ModelDefinition): model is DemoModel => model.demo !== undefined;

/** The data sets that a model is tried with; undefined where it has none. */
export const dataSetsOf = ({
  dataSets,
  demo,
}: Pick<ModelDefinition, "dataSets" | "demo">): DataSets | undefined => dataSets ?? demo?.dataSets;

const defined = new WeakSet<object>();

/** Whether something is a model that `defineModel` made. */
export const isModel = (value: unknown): value is ModelDefinition =>
  typeof value === "object" && value !== null && defined.has(value);

/** A model whose triggers and demo name pipelines that it has. @throws Error where two triggers have one setting */
export function defineModel<const Name extends string>(model: ModelDefinition<Name>): ModelDefinition<Name> {
  const settings = Object.values<Trigger>(model.triggers).map(({ setting }) => setting);
  const taken = settings.find((setting, at) => setting === "pipelines" || settings.indexOf(setting) < at);
  if (taken !== undefined)
    throw new Error(`${model.name}: each trigger must have a setting of its own, got "${taken}"`);
  defined.add(model);
  return model;
}

/**
 * A model's pipelines for an account, by short name.
 * @param names which of them @default all
 * @throws ModelError naming file and line where the model's own code fails
 */
export const buildPipelines = (
  { name: model, pipelines }: ModelDefinition,
  context: ModelContext,
  names: readonly string[] = Object.keys(pipelines),
): Readonly<Record<string, RenderedPipeline>> =>
  Object.fromEntries(
    Object.entries(pipelines)
      .filter(([name]) => names.includes(name))
      .map(([name, build]) => {
        try {
          return [name, build(context)];
        } catch (error) {
          throw modelError(error, join(__dirname, model));
        }
      }),
  );

/**
 * A model's workflow for an account.
 * @throws ModelError naming file and line where the model's own code fails
 */
export function buildWorkflow(
  { name, workflow }: ModelDefinition,
  context: WorkflowContext,
): StateMachine<WorkflowInput> {
  if (!workflow) throw new Error(`the model ${name} has no workflow`);
  try {
    return workflow(context);
  } catch (error) {
    throw modelError(error, join(__dirname, name));
  }
}

/** Describes a script file of a model. @throws Error where there is none */
export function scriptFile(model: string, path: string): Script {
  if (!existsSync(path)) throw new Error(`there is no script ${relative(join(__dirname, ".."), path)}`);
  const name = basename(path);
  const hash = createHash("sha256").update(readFileSync(path)).digest("hex").slice(0, 12);
  return { name, path, key: scriptKey(model, hash, name) };
}
