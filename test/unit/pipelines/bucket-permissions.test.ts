import { containerImage, ModelStep, Pipeline, type Step } from "../../../pipelines/definition";
import { devContext, mammoSeverity } from "../../support/mammo-severity";

const { train } = mammoSeverity();

const permissionsOf = (step: Step, bucketAccounts = devContext.bucketAccounts) =>
  new Pipeline({ ...devContext, bucketAccounts, name: "p", parameters: [], steps: [step] }).permissions();

test("a bucket is listed by one statement, below every prefix", () => {
  const listings = train.permissions().filter(({ Action }) => Action.includes("s3:ListBucket"));
  expect(listings.map(({ Resource, Condition }) => [Resource, Condition?.StringLike?.["s3:prefix"]])).toEqual(
    [
      [
        ["arn:aws:s3:::mlops-sagemaker-artifacts-333333333333"],
        ["dev/mammo-severity/runs/baselines/*", "dev/mammo-severity/runs/models/*"],
      ],
      [
        ["arn:aws:s3:::mlops-dev-sagemaker-data-111111111111"],
        ["data/train-dataset", "scripts", "splits", "train"].map((folder) => `mammo-severity/${folder}/*`),
      ],
    ],
  );
});

test("a bucket of a further account is reached where the pipeline names the account", () => {
  const step = new ModelStep("Create", {
    image: containerImage("xgboost", "us-east-1"),
    modelDataUri: "s3://lake/model.tar.gz",
    roleArn: devContext.executionRoleArn,
  });
  const owners = (accounts?: readonly string[]) =>
    permissionsOf(step, accounts)
      .filter(({ Action }) => Action.join().includes("s3:"))
      .map(({ Condition }) => Condition?.StringEquals?.["aws:ResourceAccount"]);
  const own = ["111111111111", "333333333333"];
  expect(owners()).toEqual([own, own]);
  expect(owners([...own, "555555555555"])).toEqual([
    [...own, "555555555555"],
    [...own, "555555555555"],
  ]);
});
