import { answerStatements, StateMachine } from "../../../../pipelines/workflow";
import type { IamStatement } from "../../../../pipelines/definition";
import { sample, sampleProps } from "../../../support/workflow";

const machine = sample();

const actionsOn = (statements: readonly IamStatement[], resource: string): string[] =>
  statements.filter(({ Resource }) => Resource.includes(resource)).flatMap(({ Action }) => [...Action]);

const job = (kind: string) => `arn:aws:sagemaker:us-east-1:111111111111:${kind}-job/iris-*`;
const rule = (kind: string) =>
  `arn:aws:events:us-east-1:111111111111:rule/StepFunctionsGetEventsForSageMaker${kind}JobsRule`;

test.each(["Training", "Transform"])(
  "defect 15.3: %s jobs are made, watched, stopped and tagged, and their end is heard of",
  (kind) => {
    expect(actionsOn(machine.permissions(), job(kind.toLowerCase())).toSorted()).toEqual([
      "sagemaker:AddTags",
      `sagemaker:Create${kind}Job`,
      `sagemaker:Describe${kind}Job`,
      "sagemaker:ListTags",
      `sagemaker:Stop${kind}Job`,
    ]);
    expect(actionsOn(machine.permissions(), rule(kind)).toSorted()).toEqual([
      "events:DescribeRule",
      "events:PutRule",
      "events:PutTargets",
    ]);
  },
);

test("defect 15.1: tokens are answered on every resource, for AWS knows none for these actions", () => {
  expect(answerStatements()).toEqual([
    { Effect: "Allow", Action: ["states:SendTaskFailure", "states:SendTaskSuccess"], Resource: ["*"] },
  ]);
});

test("defect 15.7: the state machine's role names what it reaches: no wildcard of a service, no * as resource", () => {
  const statements = machine.permissions();
  expect(statements.flatMap(({ Action }) => Action).filter((action) => action.endsWith(":*"))).toEqual([]);
  expect(statements.flatMap(({ Resource }) => Resource)).not.toContain("*");
  expect(
    statements
      .filter(({ Action }) => Action.includes("lambda:InvokeFunction"))
      .flatMap((one) => one.Resource),
  ).toEqual([
    "arn:aws:lambda:us-east-1:111111111111:function:iris-ask",
    "arn:aws:lambda:us-east-1:111111111111:function:iris-evaluate",
  ]);
});

test("defect 15.7: only the role of its jobs is passed, and to SageMaker alone", () => {
  expect(machine.permissions().filter(({ Action }) => Action.includes("iam:PassRole"))).toEqual([
    {
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: ["arn:aws:iam::111111111111:role/sagemaker-execution-role-iris"],
      Condition: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
    },
  ]);
});

test("defect 15.7: integrations are those of the region's partition", () => {
  const china = new StateMachine({ ...sampleProps, region: "cn-north-1" });
  expect(china.render()).toContain('"arn:aws-cn:states:::sagemaker:createTrainingJob.sync"');
  expect(china.render()).not.toContain('"arn:aws:states');
});

test("jobs are made only without a network and with the account's keys", () => {
  const make = machine.permissions().find(({ Action }) => Action.includes("sagemaker:CreateTrainingJob"));
  expect(make?.Condition?.Bool).toEqual({
    "sagemaker:NetworkIsolation": "true",
    "sagemaker:InterContainerTrafficEncryption": "true",
  });
  expect(make?.Condition?.ArnLike).toHaveProperty(["sagemaker:VolumeKmsKeyArn"]);
});

test("defect: the key is used by way of the topic alone", () => {
  const uses = machine.permissions().find(({ Action }) => Action.includes("kms:Decrypt"));
  expect(uses?.Condition?.StringEquals).toEqual({ "kms:ViaService": "sns.us-east-1.amazonaws.com" });
});

test("jobs read their data and image, and write below the folder of the workflow", () => {
  const bucket = "arn:aws:s3:::mlops-dev-sagemaker-data-111111111111/iris";
  const objects = (action: string) =>
    machine
      .jobPermissions()
      .filter(({ Action }) => Action.includes(action))
      .flatMap(({ Resource }) => [...Resource]);
  expect(objects("s3:PutObject")).toEqual([`${bucket}/workflow/*`]);
  expect(objects("s3:GetObject").toSorted()).toEqual([
    `${bucket}/data/held-out/rows.csv*`,
    `${bucket}/data/train/*`,
    `${bucket}/workflow/*`,
  ]);
  expect(objects("ecr:BatchGetImage")).toEqual(["arn:aws:ecr:us-east-1:111111111111:repository/iris"]);
});

test("the state machine reads and writes no data itself", () => {
  const actions = machine.permissions().flatMap(({ Action }) => Action);
  expect(actions.filter((action) => action.startsWith("s3:"))).toEqual([]);
});
