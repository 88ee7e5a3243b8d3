import { endpointArn, everyKeyArn, regionalArn } from "../../core/arns";
import { partitionOf } from "../../core/partition";
import { allow, keysBehind, type IamStatement } from "../definition/permissions";
import type { ServeProps } from "./serve";
import { sagemakerRetries, serviceRetries } from "./task";
import { callTask } from "./tasks/call-task";
import { within, type Reference } from "./values";

const arnOf = ({ where, endpointName }: ServeProps): string => endpointArn(where, endpointName);
const configurationsOf = ({ where, name }: ServeProps): string =>
  regionalArn("sagemaker", where, `endpoint-config/${name.prefix}-*`);

export const createConfiguration = (props: ServeProps) =>
  callTask({
    resource: "sagemaker:createEndpointConfig",
    parameters: {
      EndpointConfigName: props.name,
      KmsKeyId: props.kmsKeyArn,
      ProductionVariants: [
        {
          VariantName: "AllTraffic",
          ModelName: props.name,
          InstanceType: props.instanceType,
          InitialInstanceCount: props.instanceCount,
          InitialVariantWeight: 1,
        },
      ],
    },
    outputs: {},
    retries: sagemakerRetries,
    statements: [allow(["sagemaker:CreateEndpointConfig"], [configurationsOf(props)])],
  });

/** By its name among all: describing one that is not there is an error that has no name of its own. */
export const lookForEndpoint = ({ endpointName }: ServeProps) =>
  callTask({
    resource: "aws-sdk:sagemaker:listEndpoints",
    parameters: { NameContains: endpointName, MaxResults: 100 },
    outputs: { status: `$.Endpoints[?(@.EndpointName == '${endpointName}')].EndpointStatus` },
    retries: serviceRetries("SageMaker"),
    statements: [allow(["sagemaker:ListEndpoints"], ["*"])],
  });

export const describeEndpoint = (props: ServeProps) =>
  callTask({
    resource: "aws-sdk:sagemaker:describeEndpoint",
    parameters: { EndpointName: props.endpointName },
    outputs: { status: "$.EndpointStatus", configuration: "$.EndpointConfigName", endpoint: "$" },
    retries: serviceRetries("SageMaker"),
    statements: [allow(["sagemaker:DescribeEndpoint"], [arnOf(props)])],
  });

/**
 * Of an endpoint on the way to another configuration; not there, where it is at rest.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_PendingDeploymentSummary.html
 */
export const pendingConfiguration = (described: Reference): Reference =>
  within(described, "PendingDeploymentSummary.EndpointConfigName");

export const deleteEndpoint = (props: ServeProps) =>
  callTask({
    resource: "aws-sdk:sagemaker:deleteEndpoint",
    parameters: { EndpointName: props.endpointName },
    outputs: {},
    retries: serviceRetries("SageMaker"),
    statements: [allow(["sagemaker:DeleteEndpoint"], [arnOf(props)])],
  });

export const change = (verb: "create" | "update", props: ServeProps) =>
  callTask({
    resource: `sagemaker:${verb}Endpoint`,
    parameters: { EndpointName: props.endpointName, EndpointConfigName: props.name },
    outputs: {},
    retries: sagemakerRetries,
    statements: [
      allow(
        [verb === "create" ? "sagemaker:CreateEndpoint" : "sagemaker:UpdateEndpoint"],
        [arnOf(props), configurationsOf(props)],
      ),
      volumesStatement(props),
    ],
  });

/** An endpoint encrypts its volumes by a grant that SageMaker asks for in the caller's name. */
function volumesStatement({ where, kmsKeyArn }: ServeProps): IamStatement {
  const { dnsSuffix } = partitionOf(where.region);
  return allow(["kms:CreateGrant"], [everyKeyArn(where)], {
    ...keysBehind(kmsKeyArn).carriesAlias,
    StringEquals: { "kms:ViaService": `sagemaker.${where.region}.${dnsSuffix}` },
    Bool: { "kms:GrantIsForAWSResource": "true" },
  });
}
