import { runName, serveAt, StateMachine, text } from "../../../../pipelines/workflow";
import { runStates, StateError, type Call, type EndedRun } from "../../../support/run-states";
import { account, here, region } from "../../../support/workflow";

const own = "iris-11111111-1111-4111-8111-111111111111";

const machine = new StateMachine({
  ...here,
  name: "serves",
  input: [],
  states: (chain, { run }) =>
    serveAt(chain, {
      where: { account, region },
      endpointName: "iris",
      name: runName("iris", run),
      instanceType: "ml.m5.large",
      instanceCount: 1,
      kmsKeyArn: `arn:aws:kms:${region}:${account}:alias/mlops-dev`,
    }).succeed("Deployed"),
  onFailure: (failed) =>
    failed.fail("Failed", ({ Failure }) => ({ error: "Workflow.Failed", cause: text`${Failure.Error}` })),
});

/** What SageMaker says at the looks and descriptions that follow one another; the last goes on. */
interface Sagemaker {
  /** Statuses; undefined where there is no such endpoint. */
  readonly looks: readonly (string | undefined)[];
  readonly described?: readonly object[];
  /** Whether a change is refused, by how many were asked for before. */
  readonly refuses?: (call: Call, before: number) => boolean;
}

function run({ looks, described = [serving], refuses = () => false }: Sagemaker): EndedRun {
  const asked = { looks: 0, descriptions: 0, changes: 0 };
  const nth = <Item>(items: readonly Item[], at: number): Item =>
    items[Math.min(at, items.length - 1)] as Item;
  return runStates(machine.render(), {}, (call) => {
    switch (call.resource) {
      case "aws-sdk:sagemaker:listEndpoints": {
        const EndpointStatus = nth(looks, asked.looks++);
        const others = [{ EndpointName: "iris-other", EndpointStatus: "Creating" }];
        return {
          Endpoints: [...others, ...(EndpointStatus ? [{ EndpointName: "iris", EndpointStatus }] : [])],
        };
      }
      case "aws-sdk:sagemaker:describeEndpoint":
        return nth(described, asked.descriptions++);
      case "sagemaker:createEndpointConfig":
        return undefined;
      default:
        if (!refuses(call, asked.changes++)) return undefined;
        throw new StateError("SageMaker.AmazonSageMakerException", "Cannot update in-progress endpoint");
    }
  });
}

const endpoint = (status: string, configuration: string, pending?: string) => ({
  EndpointStatus: status,
  EndpointConfigName: configuration,
  ...(pending !== undefined && { PendingDeploymentSummary: { EndpointConfigName: pending } }),
});
const serving = endpoint("InService", own);
const changes = ({ states }: EndedRun) =>
  states.filter((state) => /^(Create|Update|DeleteFailed)Endpoint$/.test(state));

test.each([
  ["an endpoint that is not there is created", [undefined], ["CreateEndpoint"]],
  ["one that serves is updated", ["InService"], ["UpdateEndpoint"]],
  [
    "one that others are changing is waited for",
    ["Updating", "RollingBack", "InService"],
    ["UpdateEndpoint"],
  ],
  [
    "one that failed is made anew",
    ["Failed", "Deleting", undefined],
    ["DeleteFailedEndpoint", "CreateEndpoint"],
  ],
])("%s", (_, looks, expected) => {
  const ended = run({ looks });
  expect([ended.status, changes(ended)]).toEqual(["SUCCEEDED", expected]);
});

test.each([
  ["creation", [undefined], "CreateEndpoint"],
  ["update", ["InService"], "UpdateEndpoint"],
  ["deletion", ["Failed"], "DeleteFailedEndpoint"],
])("defect: a %s that SageMaker always refuses ends by name, after some tries", (_, looks, change) => {
  const ended = run({ looks, refuses: () => true });
  expect(ended).toMatchObject({
    error: "Workflow.EndpointRefused",
    cause: "SageMaker.AmazonSageMakerException: Cannot update in-progress endpoint",
  });
  expect(changes(ended)).toEqual(Array<string>(4).fill(change));
});

test.each([
  ["created", [undefined, "Creating", "InService"], ["CreateEndpoint", "UpdateEndpoint"]],
  ["updated", ["InService", "Updating", "InService"], ["UpdateEndpoint", "UpdateEndpoint"]],
  ["deleted", ["Failed", "Deleting", undefined], ["DeleteFailedEndpoint", "CreateEndpoint"]],
])("where another run has just %s it, that is waited for", (_, looks, expected) => {
  const ended = run({ looks, refuses: (__, before) => before === 0 });
  expect([ended.status, changes(ended)]).toEqual(["SUCCEEDED", expected]);
});

test("however often it is overtaken, a run has its turn", () => {
  const overtakings = Array.from({ length: 20 }).flatMap(() => ["InService", "Updating"]);
  const ended = run({ looks: [...overtakings, "InService"], refuses: (_, before) => before < 20 });
  expect(ended.status).toBe("SUCCEEDED");
});

test.each([
  ["Updating", "Workflow.EndpointBusy"],
  ["OutOfService", "Workflow.EndpointBusy"],
  ["Failed", "Workflow.EndpointBusy"],
])("an endpoint that stays %s ends it as %s, after an hour", (status, error) => {
  const ended = run({ looks: [status] });
  expect(ended.error).toBe(error);
  expect(ended.states.filter((state) => state.startsWith("WaitFor"))).toHaveLength(120);
});

test("defect: what served, and was replaced before this run looked, has served", () => {
  const replaced = [endpoint("Updating", "old", own), endpoint("Updating", own, "iris-of-another-run")];
  expect(run({ looks: ["InService"], described: replaced }).status).toBe("SUCCEEDED");
});

test.each([
  ["an update that was taken back", [endpoint("Updating", "old", own), endpoint("InService", "old")]],
  ["an endpoint that did not come up", [endpoint("Creating", own, own), endpoint("Failed", own)]],
  ["an endpoint on its way for more than an hour", [endpoint("Creating", own, own)]],
])("%s ends it as not served", (_, described) => {
  expect(run({ looks: ["InService"], described }).error).toBe("Workflow.NotServed");
});
