import { endpointArn, everyKeyArn, regionalArn, type AccountRegion } from "../../core/arns";
import { partitionOf } from "../../core/partition";
import { allow, keysBehind, type IamStatement } from "../definition/permissions";
import type { Catcher, Chain, Known } from "./chain";
import { and, atLeast, equals, isPresent, not, or, same } from "./conditions";
import { sagemakerRetries, serviceRetries } from "./task";
import { callTask } from "./tasks/call-task";
import { firstOf, sum, text, type RunName } from "./values";

export interface ServeProps {
  readonly where: AccountRegion;
  /** Stays the same, whatever serves behind it. */
  readonly endpointName: string;
  /** Of the model that is to serve, and of the configuration that is made for it. */
  readonly name: RunName;
  readonly instanceType: string;
  readonly instanceCount: number;
  /** Alias ARN of the key of its volumes. */
  readonly kmsKeyArn: string;
}

/** Between two looks at the endpoint. */
const pauseSeconds = 30;
/** An hour, in which AWS makes an endpoint or fails; and as long for what another run has begun. */
const mostLooks = 120;

/** States from here on know what all of a run's states know; those of a helper are its own. */
// eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- an interface has no index signature
type AnyRun = { readonly Run: "id" };

/**
 * Lets a model serve at an endpoint that is made when it is first needed, and updated ever after, so that what served serves on until the
 * new one does. Goes on where SageMaker says that this configuration serves; ends as `Workflow.NotServed` where it does not. There is
 * no `.sync` for endpoints, and an update that SageMaker takes back looks like success.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
 */
export function serveAt<K extends Known>(chain: Chain<K>, props: ServeProps): Chain<K> {
  const begun = (chain as unknown as Chain<AnyRun>)
    .pass("Served", () => ({ configuration: props.name }))
    .task("CreateConfiguration", () => createConfiguration(props))
    .pass("Looks", () => ({ count: 0 }))
    .task("LookForEndpoint", () => lookForEndpoint(props))
    .choice("Standing", {
      branches: [
        {
          when: ({ LookForEndpoint }) => not(isPresent(firstOf(LookForEndpoint.status))),
          then: (absent) => absent.task("CreateEndpoint", () => change("create", props)),
        },
        {
          when: ({ LookForEndpoint }) => equals(firstOf(LookForEndpoint.status), "InService"),
          then: (standing) => standing.task("UpdateEndpoint", () => change("update", props), [overtaken]),
        },
        {
          when: ({ Looks }) => atLeast(Looks.count, mostLooks),
          then: (late) =>
            late.fail("Busy", () => ({
              error: "Workflow.EndpointBusy",
              cause: "the endpoint has not come to rest within an hour",
            })),
        },
        {
          when: ({ LookForEndpoint }) => equals(firstOf(LookForEndpoint.status), "Failed"),
          then: (failed) =>
            failed
              .task("DeleteFailedEndpoint", () => deleteEndpoint(props))
              .again("CountFailed", "Looks", ({ Looks }) => ({ count: sum(Looks.count, 1) }))
              .wait("WaitForDeletion", pauseSeconds)
              .goTo("LookForEndpoint"),
        },
      ],
      otherwise: (busy) =>
        busy
          .again("CountBusy", "Looks", ({ Looks }) => ({ count: sum(Looks.count, 1) }))
          .wait("WaitForOthers", pauseSeconds)
          .goTo("LookForEndpoint"),
    });
  const served = begun
    .pass("Polls", () => ({ count: 0 }))
    .wait("WaitForEndpoint", pauseSeconds)
    .task("DescribeEndpoint", () => describeEndpoint(props))
    .choice("Serves", {
      branches: [
        {
          when: ({ DescribeEndpoint, Served }) =>
            and(
              equals(DescribeEndpoint.status, "InService"),
              same(DescribeEndpoint.configuration, Served.configuration),
            ),
          then: (serving) => serving,
        },
        {
          when: ({ DescribeEndpoint, Polls }) =>
            and(
              or(...underWay.map((status) => equals(DescribeEndpoint.status, status))),
              not(atLeast(Polls.count, mostLooks)),
            ),
          then: (waiting) =>
            waiting
              .again("CountPoll", "Polls", ({ Polls }) => ({ count: sum(Polls.count, 1) }))
              .goTo("WaitForEndpoint"),
        },
      ],
      otherwise: (other) =>
        other.fail("NotServed", ({ DescribeEndpoint }) => ({
          error: "Workflow.NotServed",
          cause: text`the endpoint is ${DescribeEndpoint.status}, with configuration ${DescribeEndpoint.configuration}`,
        })),
    });
  return served as unknown as Chain<K>;
}

/** Another run's update may have begun in between, for which SageMaker has no name of an error; this waits for that one's end. */
const overtaken: Catcher<{ readonly Looks: "count"; readonly LookForEndpoint: "status" }> = {
  errors: ["SageMaker.AmazonSageMakerException"],
  then: (chain) =>
    chain
      .again("CountOvertaken", "Looks", ({ Looks }) => ({ count: sum(Looks.count, mostLooks / 4) }))
      .goTo("LookForEndpoint"),
};

const underWay = ["Creating", "Updating", "SystemUpdating", "RollingBack"];

const arnOf = ({ where, endpointName }: ServeProps): string => endpointArn(where, endpointName);
const configurationsOf = ({ where, name }: ServeProps): string =>
  regionalArn("sagemaker", where, `endpoint-config/${name.prefix}-*`);

const createConfiguration = (props: ServeProps) =>
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
const lookForEndpoint = ({ endpointName }: ServeProps) =>
  callTask({
    resource: "aws-sdk:sagemaker:listEndpoints",
    parameters: { NameContains: endpointName, MaxResults: 100 },
    outputs: { status: `$.Endpoints[?(@.EndpointName == '${endpointName}')].EndpointStatus` },
    retries: serviceRetries("SageMaker"),
    statements: [allow(["sagemaker:ListEndpoints"], ["*"])],
  });

const describeEndpoint = (props: ServeProps) =>
  callTask({
    resource: "aws-sdk:sagemaker:describeEndpoint",
    parameters: { EndpointName: props.endpointName },
    outputs: { status: "$.EndpointStatus", configuration: "$.EndpointConfigName" },
    retries: serviceRetries("SageMaker"),
    statements: [allow(["sagemaker:DescribeEndpoint"], [arnOf(props)])],
  });

const deleteEndpoint = (props: ServeProps) =>
  callTask({
    resource: "aws-sdk:sagemaker:deleteEndpoint",
    parameters: { EndpointName: props.endpointName },
    outputs: {},
    retries: serviceRetries("SageMaker"),
    statements: [allow(["sagemaker:DeleteEndpoint"], [arnOf(props)])],
  });

const change = (verb: "create" | "update", props: ServeProps) =>
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
