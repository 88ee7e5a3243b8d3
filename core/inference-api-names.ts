import { resourceName } from "./name-limits";
import { modelRoleName } from "./naming";

/** Names of the API by which applications ask a model in an account. */
export interface InferenceApiNames {
  readonly api: string;
  readonly function: string;
  readonly logGroup: string;
  /** Holds the API's address. */
  readonly parameter: string;
}

export const inferenceApiNames = (project: string, model: string): InferenceApiNames => ({
  api: resourceName("api", model, "inference"),
  function: resourceName("function", model, "inference"),
  logGroup: resourceName("logGroup", `/${project}/apis/${model}`),
  parameter: resourceName("parameter", `/${project}/apis/${model}`),
});

/** The role of its function, called after those of the account's functions. */
export const inferenceRoleName = (lambdaRole: string, model: string): string =>
  modelRoleName(lambdaRole, `${model}-inference`);

/** The one route of such an API. */
export const inferenceRoute = { method: "POST", path: "/invocations" } as const;
