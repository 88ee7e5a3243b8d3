import type { Condition } from "../../../../core/policy";
import { allow, passRoleStatement, sagemakerArn, type PermissionScope } from "../../permissions";
import { keyStatements, readStatements, writeStatements } from "../../permissions";
import type { Json } from "../../values";
import { isObject, itemsOf, textOf, valueAt } from "../json";
import type { DerivedKind } from "../kind";
import { namedByPipelines, servedModelArns } from "../names";
import { pulls, reads, valuesOf, writes, type Use } from "../uses";
import { keyOf, knownImageStatements } from "./job";

const on = (...actions: readonly string[]) => actions.map((action) => `sagemaker:${action}`);

const arnOf = (scope: PermissionScope, request: Json, kind: string, field: string): string =>
  sagemakerArn(scope, `${kind}/${namedByPipelines(field, valueAt(request, field))}`);

/** How models are served. Names begin with `pipelines-`: what the stacks serve is theirs. */
export const endpointConfig: DerivedKind = {
  permissions: ({ Arguments }, scope) => {
    const configs = [arnOf(scope, Arguments, "endpoint-config", "EndpointConfigName")];
    return [
      allow(on("CreateEndpointConfig"), configs, configCondition(scope, Arguments)),
      allow(on("DescribeEndpointConfig", "AddTags"), configs),
      ...(valueAt(Arguments, "ExecutionRoleArn") === undefined ? [] : [passRoleStatement(scope)]),
      ...keysOf(Arguments).flatMap(keyStatements),
      ...valuesOf(keptBy(Arguments), "write").flatMap((uri) => writeStatements(scope, uri)),
    ];
  },
  uses: ({ Arguments }) => keptBy(Arguments),
  machines: ({ Arguments }) => {
    const [variant] = itemsOf(valueAt(Arguments, "ProductionVariants"));
    return {
      use: "endpoint",
      instanceType: valueAt(variant, "InstanceType"),
      instanceCount: valueAt(variant, "InitialInstanceCount"),
    };
  },
};

/** An endpoint, made or changed. */
export const endpoint: DerivedKind = {
  permissions: ({ Arguments }, scope) => {
    const endpoints = [arnOf(scope, Arguments, "endpoint", "EndpointName")];
    const config = arnOf(scope, Arguments, "endpoint-config", "EndpointConfigName");
    return [
      allow(on("CreateEndpoint", "UpdateEndpoint"), [...endpoints, config]),
      allow(on("DescribeEndpoint", "AddTags"), endpoints),
    ];
  },
};

/** A model among others on an endpoint's machines, made or changed. */
export const inferenceComponent: DerivedKind = {
  permissions: ({ Arguments }, scope) => {
    const components = [arnOf(scope, Arguments, "inference-component", "InferenceComponentName")];
    const endpoints = [arnOf(scope, Arguments, "endpoint", "EndpointName")];
    const model = valueAt(Arguments, "Specification", "ModelName");
    const models = model === undefined ? [] : servedModelArns(scope, "Specification.ModelName", [model]);
    const uses = containerOf(Arguments);
    return [
      allow(on("CreateInferenceComponent"), [...components, ...endpoints], servesOnly(models)),
      allow(
        on(
          "DescribeInferenceComponent",
          "UpdateInferenceComponent",
          "UpdateInferenceComponentRuntimeConfig",
          "AddTags",
        ),
        components,
      ),
      ...valuesOf(uses, "pull").flatMap((image) => knownImageStatements(scope, image)),
      ...valuesOf(uses, "read").flatMap((uri) => readStatements(scope, uri)),
    ];
  },
  uses: ({ Arguments }) => containerOf(Arguments),
};

/** Where the step names no model, none may be named. */
const servesOnly = (models: readonly string[]): Condition =>
  models.length === 0
    ? { Null: { "sagemaker:ModelArn": "true" } }
    : { ArnLike: { "sagemaker:ModelArn": models } };

function configCondition(scope: PermissionScope, request: Json): Condition {
  const variants = ["ProductionVariants", "ShadowProductionVariants"].flatMap((key) =>
    itemsOf(valueAt(request, key)),
  );
  const named = variants.flatMap((variant) => valueAt(variant, "ModelName") ?? []);
  const models = servedModelArns(scope, "ProductionVariants[].ModelName", named);
  const key = valueAt(request, "KmsKeyId");
  const volumes = key === undefined ? [] : [keyOf("KmsKeyId", key).replace(/:alias\/.*$/, ":key/*")];
  const served = servesOnly(models);
  if (volumes.length === 0) return served;
  return { ...served, ArnLike: { ...served.ArnLike, "sagemaker:VolumeKmsKeyArn": volumes } };
}

/** Of volumes, and of what is kept of rows and answers. @throws Error where something is kept without a key */
function keysOf(request: Json): string[] {
  const places = [
    ["KmsKeyId"],
    ["DataCaptureConfig", "KmsKeyId"],
    ["AsyncInferenceConfig", "OutputConfig", "KmsKeyId"],
  ];
  const needed = places.filter(
    (path) =>
      isObject(valueAt(request, ...path.slice(0, -1))) &&
      (path.length > 1 || textOf(valueAt(request, ...path))),
  );
  return needed.map((path) => keyOf(path.join("."), valueAt(request, ...path)));
}

/** What is kept is written as the model's role. */
const keptBy = (request: Json): Use[] => [
  writes(request, ["DataCaptureConfig", "DestinationS3Uri"]),
  writes(request, ["AsyncInferenceConfig", "OutputConfig", "S3OutputPath"]),
  writes(request, ["AsyncInferenceConfig", "OutputConfig", "S3FailurePath"]),
];

const containerOf = (request: Json): Use[] => [
  pulls(request, ["Specification", "Container", "Image"]),
  reads(request, ["Specification", "Container", "ArtifactUrl"]),
];
