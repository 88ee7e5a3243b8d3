import {
  containerImage,
  ModelStep,
  Pipeline,
  QualityCheckStep,
  type IamStatement,
  type Step,
} from "../../../pipelines/definition";
import { devContext, mammoSeverity } from "../../support/mammo-severity";

const { train, inference } = mammoSeverity();

const actionsOn = (statements: readonly IamStatement[], resource: string): string[] =>
  statements.filter(({ Resource }) => Resource.includes(resource)).flatMap(({ Action }) => [...Action]);

test("training may create, watch and stop only jobs that pipelines start", () => {
  const job = (kind: string) => `arn:aws:sagemaker:us-east-1:111111111111:${kind}-job/pipelines-*`;
  expect(actionsOn(train.permissions(), job("training"))).toEqual([
    "sagemaker:DescribeTrainingJob",
    "sagemaker:StopTrainingJob",
    "sagemaker:AddTags",
    "sagemaker:CreateTrainingJob",
  ]);
  expect(actionsOn(train.permissions(), job("transform"))).toEqual([]);
  expect(actionsOn(inference.permissions(), job("transform"))).toContain("sagemaker:CreateTransformJob");
});

test("training reads its data and scripts, and writes below its own prefixes", () => {
  const objects = (action: string) =>
    train
      .permissions()
      .filter(({ Action }) => Action.includes(action))
      .flatMap(({ Resource }) => [...Resource]);
  const data = "arn:aws:s3:::mlops-dev-sagemaker-data-111111111111/mammo-severity";
  const artifacts = "arn:aws:s3:::mlops-sagemaker-artifacts-333333333333/dev/mammo-severity/runs";
  expect(objects("s3:PutObject")).toEqual([
    `${data}/splits/*`,
    `${data}/train/*`,
    `${artifacts}/baselines/*`,
    `${artifacts}/models/*`,
  ]);
  expect(objects("s3:GetObject")).toEqual(
    expect.arrayContaining([`${data}/data/train-dataset/*`, `${data}/scripts/*`]),
  );
});

test("a changed script changes no permission, so that Jenkins can deploy it alone", () => {
  expect(JSON.stringify(train.permissions())).not.toMatch(/scripts\/[0-9a-f]{12}/);
});

test("what a step writes, later steps may read", () => {
  const written = train.permissions().filter(({ Action }) => Action.includes("s3:PutObject"));
  expect(written.length).toBeGreaterThan(0);
  for (const { Action } of written) expect(Action).toContain("s3:GetObject");
});

test("executions are recorded in the pipeline's own experiment", () => {
  expect(
    actionsOn(
      train.permissions(),
      "arn:aws:sagemaker:us-east-1:111111111111:experiment/mammo-severity-train-pipeline",
    ),
  ).toContain("sagemaker:CreateTrial");
});

test("inference may call its own function and no other", () => {
  expect(inference.permissions().filter(({ Action }) => Action.includes("lambda:InvokeFunction"))).toEqual([
    {
      Effect: "Allow",
      Action: ["lambda:InvokeFunction"],
      Resource: ["arn:aws:lambda:us-east-1:111111111111:function:mammo-severity-latest-approved-model"],
    },
  ]);
});

test("roles are passed to SageMaker only, and only the execution role", () => {
  for (const pipeline of [train, inference]) {
    expect(pipeline.permissions().filter(({ Action }) => Action.includes("iam:PassRole"))).toEqual([
      {
        Effect: "Allow",
        Action: ["iam:PassRole"],
        Resource: ["arn:aws:iam::111111111111:role/sagemaker-execution-role"],
        Condition: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
      },
    ]);
  }
});

test("registration may add versions to the one group in the registry account", () => {
  expect(
    actionsOn(
      train.permissions(),
      "arn:aws:sagemaker:us-east-1:333333333333:model-package/mammo-severity-model-package/*",
    ),
  ).toContain("sagemaker:CreateModelPackage");
});

test("no statement has a service wildcard, and * as resource only where AWS knows no other", () => {
  const everywhere = [...train.permissions(), ...inference.permissions()].filter(({ Resource }) =>
    Resource.includes("*"),
  );
  expect(new Set(everywhere.flatMap(({ Action }) => Action))).toEqual(
    new Set(["cloudwatch:PutMetricData", "ecr:GetAuthorizationToken"]),
  );
  const actions = [...train.permissions(), ...inference.permissions()].flatMap(({ Action }) => Action);
  expect(actions.filter((action) => /^\w+:\*$/.test(action))).toEqual([]);
});

test("permissions are the same each time, and no statement stands twice", () => {
  const statements = train.permissions().map((statement) => JSON.stringify(statement));
  expect(new Set(statements).size).toBe(statements.length);
  expect(mammoSeverity().train.permissions()).toEqual(train.permissions());
});

const permissionsOf = (step: Step) =>
  new Pipeline({ ...devContext, name: "p", parameters: [], steps: [step] }).permissions();

test("a check against a group or a given baseline may look them up, without a step that registers", () => {
  const check = new QualityCheckStep("Check", {
    check: { type: "DATA_QUALITY" },
    image: containerImage("model-monitor", "us-east-1"),
    roleArn: devContext.executionRoleArn,
    cluster: {
      instanceType: "ml.m5.large",
      instanceCount: 1,
      kmsKeyArn: devContext.kmsKeyArn,
      volumeKeyArn: devContext.volumeKeyArn,
    },
    datasetUri: "s3://data/batch/",
    outputUri: "s3://data/checked/",
    skipCheck: false,
    failOnViolation: true,
    registerNewBaseline: false,
    modelPackageGroupArn: devContext.modelPackageGroupArn,
    suppliedBaseline: {
      statistics: "s3://base/a/statistics.json",
      constraints: "s3://base/a/constraints.json",
    },
  });
  const statements = permissionsOf(check);
  expect(
    actionsOn(
      statements,
      "arn:aws:sagemaker:us-east-1:333333333333:model-package/mammo-severity-model-package/*",
    ),
  ).toEqual(["sagemaker:DescribeModelPackage", "sagemaker:ListModelPackages"]);
  expect(actionsOn(statements, "arn:aws:s3:::base/a/statistics.json*")).toEqual(["s3:GetObject"]);
  expect(actionsOn(statements, "arn:aws:s3:::base/a/constraints.json*")).toEqual(["s3:GetObject"]);
});

test("a model of a known image and artifact may read both", () => {
  const statements = permissionsOf(
    new ModelStep("Create", {
      image: containerImage("xgboost", "us-east-1"),
      modelDataUri: "s3://artifacts/a/model.tar.gz",
      roleArn: devContext.executionRoleArn,
    }),
  );
  expect(actionsOn(statements, "arn:aws:s3:::artifacts/a/model.tar.gz*")).toEqual(["s3:GetObject"]);
  expect(actionsOn(statements, "arn:aws:ecr:us-east-1:683313688378:repository/sagemaker-xgboost")).toContain(
    "ecr:BatchGetImage",
  );
});
