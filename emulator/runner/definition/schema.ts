import { z } from "zod";

/**
 * SageMaker's pipeline definition, as far as the runner reads it: whoever rendered it may have written more.
 * https://aws-sagemaker-mlops.github.io/sagemaker-model-building-pipeline-definition-JSON-schema/
 */
const retryPolicy = z
  .object({
    ExceptionType: z.array(z.string()),
    IntervalSeconds: z.number().default(1),
    BackoffRate: z.number().default(2),
    MaxAttempts: z.number().int().optional(),
    ExpireAfterMin: z.number().optional(),
  })
  .refine(
    ({ MaxAttempts, ExpireAfterMin }) => MaxAttempts === undefined || ExpireAfterMin === undefined,
    "a retry policy has MaxAttempts or ExpireAfterMin, not both",
  );

/** ISO 8601, which the documentation writes without its P: `30dT5h`. */
const duration = z.string().regex(/^P?(?=[\dT])(\d+[YMWD])*(T(\d+[HMS])+)?$/i, "not an ISO 8601 duration");

const stepName = z
  .string()
  .regex(/^[A-Za-z0-9\-_]{1,64}$/, "a step's name has letters, digits, - and _, at most 64");

const stepSchema = z.looseObject({
  Name: stepName,
  Type: z.string(),
  DisplayName: z.string().nullish(),
  Description: z.string().nullish(),
  Arguments: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z.array(z.string()).nullish(),
  RetryPolicies: z.array(retryPolicy).nullish(),
  CacheConfig: z.object({ Enabled: z.boolean(), ExpireAfter: duration.nullish() }).nullish(),
});

const parameterSchema = z.object({
  Name: z.string(),
  Type: z.enum(["String", "Integer", "Float", "Boolean"]),
  DefaultValue: z.union([z.string(), z.number(), z.boolean()]).optional(),
  EnumValues: z.array(z.string()).nullish(),
});

export const definitionSchema = z.looseObject({
  Version: z.literal("2020-12-01"),
  Parameters: z.array(parameterSchema).nullish(),
  Steps: z.array(stepSchema).min(1),
});

export const branchesSchema = z.looseObject({
  Conditions: z.array(z.unknown()).default([]),
  IfSteps: z.array(stepSchema).nullish(),
  ElseSteps: z.array(stepSchema).nullish(),
});

export type StepDefinition = z.infer<typeof stepSchema>;
export type ParameterDefinition = z.infer<typeof parameterSchema>;
export type RetryPolicy = z.infer<typeof retryPolicy>;

/** The branch of a condition that a step is in. */
export interface Branch {
  readonly condition: string;
  readonly side: "if" | "else";
}

/** A step in its place. */
export interface Node {
  readonly definition: StepDefinition;
  /** Names of the steps it waits for, its own condition apart. */
  readonly dependencies: readonly string[];
  readonly branch: Branch | undefined;
}

export interface Definition {
  readonly parameters: readonly ParameterDefinition[];
  /** Every step by its name, those in branches too, in the order of the text. */
  readonly nodes: ReadonlyMap<string, Node>;
}
