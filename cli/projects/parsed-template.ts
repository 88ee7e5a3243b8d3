import { isDeepStrictEqual } from "node:util";
import type { TemplateParameters } from "./parameters";

/** A CloudFormation template. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html */
export interface ParsedTemplate {
  readonly Parameters?: TemplateParameters;
  readonly Resources?: Readonly<Record<string, ParsedResource>>;
}

interface ParsedResource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** @returns undefined for what is no JSON, such as a template in YAML */
export function parseTemplate(text: string): ParsedTemplate | undefined {
  try {
    return JSON.parse(text) as ParsedTemplate;
  } catch {
    return undefined;
  }
}

/** Which version of which template something is made of. */
export interface MadeOf {
  readonly template: string;
  readonly version: string;
}

/** What a template of ours tells the repositories that it seeds. @returns undefined for somebody else's template */
export function madeOf({ Resources = {} }: ParsedTemplate): MadeOf | undefined {
  for (const { Properties } of Object.values(Resources)) {
    const { template, templateVersion: version } = (Properties?.Project ?? {}) as Record<string, unknown>;
    if (typeof template === "string" && typeof version === "string") return { template, version };
  }
  return undefined;
}

/** What an update does with one thing that a template has; what is forgotten stays on AWS, without its stack. */
export interface ResourceChange {
  readonly action: "create" | "change" | "replace" | "destroy" | "forget";
  readonly logicalId: string;
  readonly type: string;
  /** The properties and attributes that differ. */
  readonly differing: readonly string[];
  /** Of the template's conditions, that under which there is any. */
  readonly condition: string | undefined;
}

/** What a template has that another has not, or has otherwise, in the order of both. */
export function resourceChanges(before: ParsedTemplate, after: ParsedTemplate): ResourceChange[] {
  const [old, wanted] = [before.Resources ?? {}, after.Resources ?? {}];
  const ids = new Set([...Object.keys(old), ...Object.keys(wanted)]);
  return [...ids].flatMap((logicalId) => {
    const [one, other] = [old[logicalId], wanted[logicalId]];
    if (isDeepStrictEqual(one, other)) return [];
    const { Type: type, Condition: condition } = other ?? one ?? { Type: "" };
    return [{ action: actionOf(one, other), logicalId, type, differing: differing(one, other), condition }];
  });
}

function actionOf(
  before: ParsedResource | undefined,
  after: ParsedResource | undefined,
): ResourceChange["action"] {
  if (!before) return "create";
  if (!after) return before.DeletionPolicy?.startsWith("Retain") ? "forget" : "destroy";
  return before.Type === after.Type ? "change" : "replace";
}

function differing(before: ParsedResource | undefined, after: ParsedResource | undefined): string[] {
  if (!before || !after) return [];
  const [{ Properties: old = {}, ...oldRest }, { Properties: wanted = {}, ...rest }] = [before, after];
  return [...keysThatDiffer(old, wanted), ...keysThatDiffer(oldRest, rest)];
}

/** Names of what differs in two objects. */
export const keysThatDiffer = (one: object, other: object): string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
    (key) => !isDeepStrictEqual(one[key as never], other[key as never]),
  );
