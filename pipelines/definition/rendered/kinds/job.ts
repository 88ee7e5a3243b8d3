import type { Condition } from "../../../../core/policy";
import { jobCondition } from "../../network";
import { imageStatements, type IamStatement, type PermissionScope } from "../../permissions";
import type { Json } from "../../values";
import { isObject, textOf, told } from "../json";
import { knownImage } from "../uses";

/**
 * The key of a job's outputs, by the ARN of its alias or its own.
 * @throws Error where none is known: a role that may use whichever key is none of ours
 */
export function keyOf(place: string, value: Json | undefined): string {
  const key = textOf(value);
  if (key !== undefined && /^arn:[^:]+:kms:[^:]+:\d+:(alias|key)\//.test(key)) return key;
  throw new Error(`${place} must be the ARN of a key or of its alias, got: ${told(value)}`);
}

/**
 * What the request of a processing or training job must say.
 * @param network what says whether it reaches one
 * @param machines what says which key their volumes have
 */
export const conditionOfJob = (
  keyArn: string,
  network: Json | undefined,
  machines: Json | undefined,
): Condition => jobCondition(keyArn, { needsNetwork: !isIsolated(network) }, hasVolumeKey(machines));

export const hasVolumeKey = (machines: Json | undefined): boolean =>
  isObject(machines) && machines.VolumeKmsKeyId !== undefined;

export const isIsolated = (network: Json | undefined): boolean =>
  isObject(network) && network.EnableNetworkIsolation === true;

/** Of an image that is known only when the pipeline runs, the role needs what it has beside these statements. */
export const knownImageStatements = (
  { parameters }: Pick<PermissionScope, "parameters">,
  image: Json | undefined,
): IamStatement[] => {
  const known = knownImage(image, parameters);
  return known === undefined ? [] : imageStatements(known);
};
