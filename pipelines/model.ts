import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Pipeline } from "./definition";

/** Everything a model's pipelines need to know about the account they run in. */
export interface ModelContext {
  readonly region: string;
  readonly account: string;
  readonly dataBucket: string;
  /** In the registry account. */
  readonly artifactsBucket: string;
  /** Alias ARN of the account's key. */
  readonly kmsKeyArn: string;
  /** In the registry account. */
  readonly modelPackageGroupArn: string;
  readonly executionRoleArn: string;
  readonly latestApprovedModelFunctionArn: string;
}

/** A file that a pipeline's container runs. */
export interface Script {
  readonly name: string;
  /** Path on this machine. */
  readonly path: string;
  /** Object key in the data bucket; holds a hash of the content, so that a running execution keeps its script. */
  readonly key: string;
  /** Prefix of all versions of all scripts of the model. */
  readonly folder: string;
}

/** The data sets a model is tried with. */
export interface DataSets {
  /** Path of the Python script that makes them all in a folder: `SCRIPT [--data FILE] --out DIR`. */
  readonly script: string;
  /** Where training files lie in the data bucket: a prefix that ends in a slash. */
  readonly trainingPrefix: string;
  /** The first version's training file, and the one that joins it for the next. */
  readonly training: { readonly first: string; readonly later: string };
  readonly batchPrefix: string;
  /** A batch that inference takes, and one that its monitor must refuse. */
  readonly batch: { readonly clean: string; readonly drifted: string };
  /** Parameter of the inference pipeline that holds the batch's URI. */
  readonly batchParameter: string;
}

/** A model: its name everywhere, the scripts it needs, and its two pipelines. */
export interface ModelDefinition {
  /** Name of its folder in `pipelines/`, and its key in `models` of the environment files. */
  readonly name: string;
  readonly modelPackageGroup: string;
  readonly alertTopic: string;
  readonly scripts: readonly Script[];
  readonly dataSets: DataSets;
  pipelines(context: ModelContext): { readonly train: Pipeline; readonly inference: Pipeline };
}

/** Describes a script file of a model. */
export function scriptFile(model: string, path: string): Script {
  const name = basename(path);
  const hash = createHash("sha256").update(readFileSync(path)).digest("hex").slice(0, 12);
  const folder = `${model}/scripts/`;
  return { name, path, key: `${folder}${hash}/${name}`, folder };
}
