import {
  functionTask,
  Reference,
  runName,
  StateMachine,
  trainingTask,
  type StateMachineProps,
} from "../../../../pipelines/workflow";
import { here, sampleProps } from "../../../support/workflow";

const call = functionTask({
  functionArn: "arn:aws:lambda:us-east-1:111111111111:function:f",
  outputs: ["answer"],
});

const machine = (states: StateMachineProps<never>["states"], name = "m") =>
  new StateMachine<never>({
    ...here,
    name,
    input: [],
    states,
    onFailure: (failed) => failed.fail("Failed", () => ({ error: "E", cause: "C" })),
  });

test("a reference to a state that is not there does not compile", () => {
  expect(() =>
    machine((chain) =>
      chain
        .task("Ask", () => call)
        .pass("Keep", (before) => ({
          // @ts-expect-error -- there is no state Asked
          answer: (before.Asked as { answer: Reference }).answer,
        }))
        .succeed("Done"),
    ),
  ).toThrow(/^workflow m: /);
});

test("a reference to what a state does not write does not compile", () => {
  machine((chain) =>
    chain
      .task("Ask", () => call)
      .pass("Keep", ({ Ask }) => ({
        // @ts-expect-error -- the function answers with no key result
        answer: Ask.result as Reference,
      }))
      .succeed("Done"),
  );
});

test("what only one branch writes is not known after the choice, and does not compile there", () => {
  expect(() =>
    machine((chain) =>
      chain
        .choice("Which", {
          branches: [{ when: () => ({}), then: (one) => one.task("Ask", () => call) }],
          otherwise: (other) => other,
        })
        .pass("Keep", (before) => ({
          // @ts-expect-error -- Ask has not run where the other branch was taken
          answer: (before.Ask as { answer: Reference }).answer,
        }))
        .succeed("Done"),
    ),
  ).toThrow(/^workflow m: /);
});

test("a way back to a state that has not come before does not compile, and is refused", () => {
  expect(() =>
    machine((chain) =>
      chain
        .task("Ask", () => call)
        // @ts-expect-error -- nothing before is called Later
        .goTo("Later"),
    ),
  ).toThrow(/^workflow m: .*Later/);
});

test("a workflow that leads nowhere does not compile, and is refused", () => {
  // @ts-expect-error -- it does not end
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- what the compiler refuses
  expect(() => machine((chain) => chain.task("Ask", () => call))).toThrow(
    "workflow m: state Ask leads nowhere: a path must end in Succeed, Fail or an earlier state",
  );
});

test("defect 15.5: a name that is not of the run alone does not compile", () => {
  // @ts-expect-error -- a commit's id names the jobs of all runs for it
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- what the compiler refuses
  expect(() => runName("iris", new Reference("$$.Execution.Input.commit"))).not.toThrow();
  type JobName = Parameters<typeof trainingTask>[0]["jobName"];
  // @ts-expect-error -- nor does a text
  const name: JobName = "iris-0a1b2c3";
  expect(name).toBeDefined();
});

test("names of runs fit SageMaker's limit of 63 characters", () => {
  machine((chain, { run }) => {
    expect(() => runName("a".repeat(27), run)).toThrow(
      `prefix of a run's names must be 1 to 26 letters, digits and inner dashes, got: "${"a".repeat(27)}"`,
    );
    expect(runName("a".repeat(26), run).known).toHaveLength(27);
    return chain.task("Ask", () => call).succeed("Done");
  });
});

test("a state's name that stands twice is refused", () => {
  expect(() =>
    machine((chain) =>
      chain
        .task("Ask", () => call)
        .task("Ask", () => call)
        .succeed("Done"),
    ),
  ).toThrow("workflow m: state Ask stands twice");
});

test("a state that no path leads to is refused, as AWS's language does", () => {
  expect(() =>
    machine((chain) =>
      chain
        .choice("Which", {
          branches: [
            {
              when: ({ Run }) => ({ Variable: Run.id.expression, IsPresent: true }),
              then: (one) => one.succeed("One"),
            },
          ],
          otherwise: (other) => other.succeed("Other"),
        })
        .task("Never", () => call)
        .succeed("Done"),
    ),
  ).toThrow(/^workflow m: .*Never/s);
});

test("a condition that AWS's language does not know is refused", () => {
  expect(() =>
    machine((chain) =>
      chain.decide("Which", {
        branches: [
          {
            when: ({ Run }) => ({ Variable: Run.id.expression, TextEquals: "a" }),
            then: (one) => one.succeed("One"),
          },
        ],
        otherwise: (other) => other.succeed("Other"),
      }),
    ),
  ).toThrow(/^workflow m: .*SCHEMA_VALIDATION_FAILED/);
});

test.each(["", "a b", "a".repeat(81)])("a state machine is not called %j", (name) => {
  expect(() => machine((chain) => chain.succeed("Done"), name)).toThrow(
    `workflow ${name}: name must be 1 to 80 letters, digits, dashes and underscores`,
  );
});

test("an image whose repository is not known beforehand is refused, for nobody could say who may pull it", () => {
  expect(
    () =>
      new StateMachine({
        ...sampleProps,
        states: (chain, { input, run }) =>
          chain
            .task("Train", () =>
              trainingTask({
                jobName: runName("iris", run),
                image: input.digest,
                roleArn: "arn:aws:iam::111111111111:role/r",
                instanceType: "ml.m5.large",
                instanceCount: 1,
                kmsKeyArn: "arn:aws:kms:us-east-1:111111111111:alias/a",
                volumeKeyArn: "arn:aws:kms:us-east-1:111111111111:key/a",
                outputUri: "s3://bucket/out",
                hyperparameters: {},
                channels: {},
              }),
            )
            .succeed("Done"),
      }),
  ).toThrow('workflow iris-workflow: image must be in Amazon ECR, got: ""');
});

test.each(["States.TaskFailed", "", "no way"])("no state machine fails by the name %j", (error) => {
  expect(() =>
    machine((chain) => chain.task("Ask", () => call).fail("No", () => ({ error, cause: "C" }))),
  ).toThrow(
    `workflow m: state No: an error must be named by letters and dots, not States.…, got: "${error}"`,
  );
});
