import { runStates, StateError, type Call, type EndedRun } from "../../../test/support/run-states";
import { context, tasks, workflow } from "./support";

const configuration = "iris-run-11111111-1111-4111-8111-111111111111";
const answers: Readonly<Record<string, unknown>> = {
  Train: { ModelArtifacts: { S3ModelArtifacts: "s3://data/model.tar.gz" } },
  Score: { TransformOutput: { S3OutputPath: "s3://data/predictions" } },
  Evaluate: { Payload: { accuracy: 0.97, rows: 30 } },
  Ask: { answer: "approved", by: "somebody" },
  LookForEndpoint: { Endpoints: [] },
  DescribeEndpoint: { EndpointStatus: "InService", EndpointConfigName: configuration },
};

/** A run of which all goes well, but for some answers. */
const run = (
  others: Readonly<Record<string, unknown>> = {},
  more: (call: Call) => void = () => undefined,
): EndedRun =>
  runStates(workflow.render(), { digest: "sha256:0", answerSeconds: "60" }, (call) => {
    more(call);
    return { ...answers, ...others }[call.state];
  });

const failing = (state: string, error: string) => (call: Call) => {
  if (call.state === state) throw new StateError(error, "why");
};

test("a model that is good enough and approved serves, at an endpoint that is made or updated", () => {
  expect(run()).toMatchObject({
    status: "SUCCEEDED",
    states: expect.arrayContaining(["CreateEndpoint", "Tell"]) as string[],
  });
  const standing = {
    LookForEndpoint: { Endpoints: [{ EndpointName: "iris-workflow", EndpointStatus: "InService" }] },
  };
  expect(run(standing).states).toContain("UpdateEndpoint");
});

test.each([
  ["too little accuracy", { Evaluate: { Payload: { accuracy: 0.89, rows: 30 } } }, "Workflow.NotGoodEnough"],
  ["a rejection", { Ask: { answer: "rejected", by: "somebody" } }, "Workflow.Rejected"],
  [
    "an endpoint that does not come up",
    { DescribeEndpoint: { EndpointStatus: "Failed", EndpointConfigName: configuration } },
    "Workflow.NotServed",
  ],
])("%s ends it by name", (_, others, error) => {
  expect(run(others)).toMatchObject({ status: "FAILED", error });
});

const ofTheirOwn: Readonly<Record<string, string>> = {
  "Ask States.Timeout": "Workflow.NotAnswered",
  "Tell Sns.SnsException": "Workflow.NotTold",
  "Tell States.Timeout": "Workflow.NotTold",
};

test.each(tasks.flatMap(([name]) => ["Sns.SnsException", "States.Timeout"].map((error) => [name, error])))(
  "a run whose state %s fails of %s ends by name, with the reason",
  (name, error) => {
    const standing = ["UpdateEndpoint", "DeleteFailedEndpoint"].includes(name);
    const EndpointStatus = name === "UpdateEndpoint" ? "InService" : "Failed";
    const endpoints = standing && {
      LookForEndpoint: { Endpoints: [{ EndpointName: "iris-workflow", EndpointStatus }] },
    };
    const ended = run({ ...endpoints }, failing(name, error));
    expect(ended).toMatchObject({
      status: "FAILED",
      error: ofTheirOwn[`${name} ${error}`] ?? "Workflow.Failed",
    });
    expect(ended.cause).toMatch(
      name === "Ask" && error === "States.Timeout" ? /nobody has answered/ : `${error}: why`,
    );
    expect(ended.states).toContain(name);
  },
);

test("defect: where only the telling failed, the run says that its model serves", () => {
  expect(run({}, failing("Tell", "Sns.SnsException")).cause).toMatch(
    `endpoint iris-workflow serves ${configuration}, `,
  );
});

test("defect: a question is open for as long as it says: a run may take longer than all of its states together", () => {
  const seconds = tasks.map(([, { TimeoutSeconds }]) => Number(TimeoutSeconds ?? context.answerSeconds));
  const { TimeoutSeconds } = JSON.parse(workflow.render()) as { readonly TimeoutSeconds: number };
  expect(TimeoutSeconds).toBeGreaterThan(seconds.reduce((sum, each) => sum + each, 2 * 60 * 60));
});

test("defect: a run goes on when its own configuration serves, and in no other case", () => {
  const described = (EndpointStatus: string, EndpointConfigName: string) =>
    run({ DescribeEndpoint: { EndpointStatus, EndpointConfigName } });
  expect(described("InService", configuration).status).toBe("SUCCEEDED");
  expect(described("InService", "another").error).toBe("Workflow.NotServed");
  expect(described("Creating", configuration).error).toBe("Workflow.NotServed");
});
