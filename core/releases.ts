import { createHash } from "node:crypto";
import { resourceName } from "./name-limits";

/** A version of a model that an endpoint serves, or served before, as the parameter and Terraform's variable have it. */
export interface Release {
  readonly version: number;
  /** ARN. */
  readonly modelPackageArn: string;
  readonly image: string;
  /** `s3://…/model.tar.gz` */
  readonly modelData: string;
  /** Tells configurations apart: of the version, and of the settings it is served with. */
  readonly key: string;
}

/** Terraform's variable for a release that is to be tried, as JSON; empty: what was recorded serves. */
export const candidateVariable = "candidate";

/** What a parameter holds before anything was released. */
export const nothingReleased = "[]";

/** What was released: what serves, and what served before it. */
export type Recorded = readonly [] | readonly [Release] | readonly [Release, Release];

/** @throws Error for anything else than this program writes */
export function parseRecorded(text: string, parameter: string): Recorded {
  const value: unknown = JSON.parse(text);
  if (!Array.isArray(value) || value.length > 2 || !value.every(isRelease))
    throw new Error(`parameter ${parameter} must hold up to two releases, got: ${text}`);
  return value as unknown as Recorded;
}

const isRelease = (value: unknown): value is Release =>
  typeof value === "object" &&
  value !== null &&
  typeof (value as Release).version === "number" &&
  (["modelPackageArn", "image", "modelData", "key"] as const).every(
    (name) => typeof (value as Release)[name] === "string",
  );

/** What is recorded once a release has been found good: it, and what served before. */
export function afterRelease(release: Release, recorded: Recorded): Recorded {
  const [before] = recorded.filter(({ key }) => key !== release.key);
  return before ? [release, before] : [release];
}

/** How an endpoint serves. AWS changes no endpoint from one to another (ADR 56). */
export type EndpointKind = "real-time" | "serverless" | "asynchronous";

/** As keys tell them apart; real-time ones are as they were when there was no other. */
export const kindTags: Readonly<Record<EndpointKind, string>> = {
  "real-time": "",
  serverless: "serverless-",
  asynchronous: "async-",
};

/** Stands for everything that a configuration says beside its version: it is made anew when any of that changes. */
export const settingsHash = (configuration: object, kind: EndpointKind): string =>
  `${kindTags[kind]}${createHash("sha256").update(JSON.stringify(configuration)).digest("hex").slice(0, 8)}`;

/** The key of a version that is served with settings of this hash. */
export const releaseKey = (version: number, settings: string): string => `${version}-${settings}`;

/** Name of the model and of the endpoint configuration of a release: neither is ever changed. */
export const configurationName = (model: string, key: string): string =>
  resourceName("endpointConfiguration", model, key);

/** Where an execution of a training pipeline leaves its evaluation, below a folder of its own, and beside it the rows that it evaluated. */
export const evaluationFile = "/evaluation/evaluation.json";
export const heldOutFile = "/test/test.csv";
