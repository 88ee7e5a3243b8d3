import {
  allow,
  lookUpStatements,
  sagemakerArn,
  type IamStatement,
  type PermissionScope,
} from "../../permissions";
import { textOf, type RenderedStep } from "../json";
import type { DerivedKind } from "../kind";
import { servedModelArns } from "../names";
import { reads, valuesOf, type Use } from "../uses";
import { processingMachines, processingStatements, processingUses } from "./processing";

/**
 * Clarify over a dataset, and over a model that it serves for as long as it asks.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-run.html
 */
export const clarifyCheck: DerivedKind = {
  permissions: (step, scope) => {
    const group = textOf(step.ModelPackageGroupName);
    return [
      ...processingStatements(step, scope, usesOf(step)),
      ...(group === undefined ? [] : lookUpStatements(group)),
      ...(step.ModelName === undefined || step.ModelName === null ? [] : shadowStatements(step, scope)),
    ];
  },
  uses: usesOf,
  reports: (step) => valuesOf(processingUses(step), "write"),
  machines: processingMachines,
};

function usesOf(step: RenderedStep): Use[] {
  const baseline = { SuppliedBaselineConstraints: step.SuppliedBaselineConstraints ?? null };
  return [...processingUses(step), reads(baseline, ["SuppliedBaselineConstraints"])];
}

/**
 * Clarify's container makes the endpoint itself, under names that begin so where its configuration gives none, and takes it away. It
 * gives the endpoint's volume no key, so that none can be asked for.
 */
function shadowStatements(step: RenderedStep, scope: PermissionScope): IamStatement[] {
  const models = servedModelArns(scope, "ModelName", [step.ModelName]);
  const configs = [sagemakerArn(scope, "endpoint-config/sm-clarify-config-*")];
  const endpoints = [sagemakerArn(scope, "endpoint/sm-clarify-*")];
  const on = (...actions: readonly string[]) => actions.map((action) => `sagemaker:${action}`);
  return [
    allow(on("DescribeModel"), models),
    allow(on("CreateEndpointConfig"), configs, { ArnLike: { "sagemaker:ModelArn": models } }),
    allow(on("AddTags", "DeleteEndpointConfig", "DescribeEndpointConfig"), configs),
    allow(on("CreateEndpoint"), [...endpoints, ...configs]),
    allow(on("AddTags", "DeleteEndpoint", "DescribeEndpoint", "InvokeEndpoint"), endpoints),
  ];
}
