/** A value of CloudFormation's JSON: text, or an intrinsic function. */
export type Value = string | number | boolean | { readonly [key: string]: Value } | readonly Value[];

/** A parameter of a template. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html */
export interface Parameter {
  readonly Type: "String";
  readonly Description: string;
  readonly Default?: string;
  readonly AllowedValues?: readonly string[];
  readonly AllowedPattern?: string;
  readonly MinLength?: number;
  readonly MaxLength?: number;
  /** What is said of a value that is refused. */
  readonly ConstraintDescription?: string;
}

export interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: "RetainExceptOnCreate";
  readonly UpdateReplacePolicy?: "Retain";
  readonly Properties: Readonly<Record<string, Value>>;
}

/** Parameters that a form shows under one heading. */
export interface ParameterGroup {
  readonly label: string;
  /** Labels by parameter, in order. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Something that must hold of parameters together. */
export interface TemplateRule {
  readonly Assertions: readonly { readonly Assert: Value; readonly AssertDescription: string }[];
}

/** A CloudFormation template, as data. */
export interface CloudFormationTemplate {
  readonly AWSTemplateFormatVersion: "2010-09-09";
  readonly Description: string;
  readonly Metadata: Readonly<Record<string, Value>>;
  readonly Parameters: Readonly<Record<string, Parameter>>;
  readonly Rules: Readonly<Record<string, TemplateRule>>;
  readonly Conditions?: Readonly<Record<string, Value>>;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Description: string; readonly Value: Value }>>;
}

export const ref = (Ref: string): Value => ({ Ref });
export const equals = (...values: readonly [Value, Value]): Value => ({ "Fn::Equals": values });
export const not = (value: Value): Value => ({ "Fn::Not": [value] });
export const or = (...values: readonly Value[]): Value => ({ "Fn::Or": values });
export const iff = (condition: string, then: Value, otherwise: Value): Value => ({
  "Fn::If": [condition, then, otherwise],
});
export const join = (separator: string, values: readonly Value[]): Value => ({
  "Fn::Join": [separator, values],
});

/** Part of a text, cut at a separator, counted from 0. */
export const part = (at: number, separator: string, text: Value): Value => ({
  "Fn::Select": [at, { "Fn::Split": [separator, text] }],
});

/** The same, where texts that name parameters (`${…}`) have their values filled in. */
export function filledIn(value: unknown): Value {
  if (typeof value === "string") return value.includes("${") ? { "Fn::Sub": value } : value;
  if (Array.isArray(value)) return value.map(filledIn);
  if (typeof value !== "object" || value === null) return value as Value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filledIn(one)]));
}

/** As forms show it. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudformation-interface.html */
export const formOf = (groups: readonly ParameterGroup[]): Readonly<Record<string, Value>> => ({
  "AWS::CloudFormation::Interface": {
    ParameterGroups: groups.map(({ label, parameters }) => ({
      Label: { default: label },
      Parameters: Object.keys(parameters),
    })),
    ParameterLabels: Object.fromEntries(
      groups.flatMap(({ parameters }) =>
        Object.entries(parameters).map(([name, label]) => [name, { default: label }]),
      ),
    ),
  },
});
