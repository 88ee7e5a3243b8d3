import type { AccountRegion } from "../../core/arns";
import type { Catcher, Chain, Known } from "./chain";
import { and, atLeast, equals, isPresent, not, or, same } from "./conditions";
import {
  change,
  createConfiguration,
  deleteEndpoint,
  describeEndpoint,
  lookForEndpoint,
  pendingConfiguration,
} from "./serve-calls";
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
/** An hour, in which AWS makes an endpoint or fails; and as long for what others have begun. */
const mostLooks = 120;
/** Of an endpoint that is at rest. Each takes some minutes, for it is tried again. */
const mostRefusals = 4;

/** States from here on know what all of a run's states know; those of a helper are its own. */
// eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- an interface has no index signature
type AnyRun = { readonly Run: "id" };

/**
 * Lets a model serve at an endpoint that is made when it is first needed, and updated ever after, so that what served serves on until the
 * new one does. Goes on where SageMaker says that this configuration serves. Ends as `Workflow.NotServed` where it does not, as
 * `Workflow.EndpointBusy` where others never let it rest, and as `Workflow.EndpointRefused` where SageMaker takes no change although it
 * rests. There is no `.sync` for endpoints, and an update that SageMaker takes back looks like success.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
 */
export function serveAt<K extends Known>(chain: Chain<K>, props: ServeProps): Chain<K> {
  const begun = (chain as unknown as Chain<AnyRun>)
    .pass("Served", () => ({ configuration: props.name }))
    .task("CreateConfiguration", () => createConfiguration(props))
    .pass("Looks", () => ({ count: 0 }))
    .pass("Refusals", () => noRefusals)
    .task("LookForEndpoint", () => lookForEndpoint(props))
    .choice("Standing", {
      branches: [
        {
          when: ({ Refusals }) => atLeast(Refusals.count, mostRefusals),
          then: (refused) =>
            refused.fail("Refused", ({ Refusals }) => ({
              error: "Workflow.EndpointRefused",
              cause: text`${Refusals.error}: ${Refusals.cause}`,
            })),
        },
        {
          when: ({ LookForEndpoint }) => not(isPresent(firstOf(LookForEndpoint.status))),
          then: (absent) =>
            absent.task("CreateEndpoint", () => change("create", props), [refused("CountCreation")]),
        },
        {
          when: ({ LookForEndpoint }) => equals(firstOf(LookForEndpoint.status), "InService"),
          then: (standing) =>
            standing.task("UpdateEndpoint", () => change("update", props), [refused("CountUpdate")]),
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
              .task("DeleteFailedEndpoint", () => deleteEndpoint(props), [refused("CountDeletion")])
              .again("CountFailed", "Looks", ({ Looks }) => ({ count: sum(Looks.count, 1) }))
              .wait("WaitForDeletion", pauseSeconds)
              .goTo("LookForEndpoint"),
        },
      ],
      otherwise: (busy) =>
        busy
          .again("CountBusy", "Looks", ({ Looks }) => ({ count: sum(Looks.count, 1) }))
          .again("ForgetRefusals", "Refusals", () => noRefusals)
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
          when: ({ DescribeEndpoint, Served }) => {
            const { status, configuration, endpoint } = DescribeEndpoint;
            const pending = pendingConfiguration(endpoint);
            const replaced = and(isPresent(pending), not(same(pending, Served.configuration)));
            return and(same(configuration, Served.configuration), or(equals(status, "InService"), replaced));
          },
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

const noRefusals = { count: 0, error: "", cause: "" };

/**
 * Another run's change may have begun in between, for which SageMaker has no name of an error: that one's end is waited for. A change that is
 * refused for itself is refused again, until it is enough.
 */
const refused = (
  name: string,
): Catcher<{ readonly Refusals: keyof typeof noRefusals; readonly LookForEndpoint: "status" }> => ({
  errors: ["SageMaker.AmazonSageMakerException", "SageMaker.SageMakerException"],
  then: (chain) =>
    chain
      .again(name, "Refusals", ({ Refusals, Failure }) => ({
        count: sum(Refusals.count, 1),
        error: Failure.Error,
        cause: Failure.Cause,
      }))
      .goTo("LookForEndpoint"),
});

const underWay = ["Creating", "Updating", "SystemUpdating", "RollingBack"];
