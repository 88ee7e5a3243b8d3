import { executionIdOf } from "../../core/execution-id";
import { bucket, RunnerSandbox } from "../support/runner-sandbox";
import { shellStep } from "../support/shell-step";
import { createModel, train, trainingData, trainParameters, transform } from "../support/xgboost-steps";

const sandbox = new RunnerSandbox();
beforeAll(async () => {
  await sandbox.start();
  await sandbox.put("training/rows.csv", trainingData(200));
  await sandbox.put("batch/rows.csv", "9,1\n");
});
afterAll(() => sandbox.stop());

/** Reads the artifact as AWS's abalone example does. */
const unpickle = [
  "import pickle, tarfile, xgboost",
  "archive = tarfile.open('/opt/ml/processing/model/model.tar.gz')",
  "model = pickle.load(archive.extractfile('xgboost-model'))",
  "print('high', model.predict(xgboost.DMatrix([[9.0, 1.0]]))[0] > 0.5)",
].join("\n");

test("an image that pickles its model does so, for scripts and for its own transform", async () => {
  const old = "sagemaker-xgboost:1.0-1-cpu-py3";
  const steps = JSON.parse(
    JSON.stringify([train, createModel, transform]).replaceAll("sagemaker-xgboost:3.0-5", old),
  ) as { Arguments: { HyperParameters?: object } }[];
  Object.assign(steps[0]?.Arguments.HyperParameters ?? {}, { silent: "0" });
  const evaluate = shellStep("Evaluate", "true", { DependsOn: ["Train"] });
  evaluate.Arguments.AppSpecification = {
    ImageUri: `683313688378.dkr.ecr.us-east-1.amazonaws.com/${old}`,
    ContainerEntrypoint: ["python3", "-c"],
    ContainerArguments: [unpickle],
  };
  evaluate.Arguments.ProcessingInputs = [
    {
      InputName: "model",
      S3Input: {
        S3Uri: { Get: "Steps.Train.ModelArtifacts.S3ModelArtifacts" },
        LocalPath: "/opt/ml/processing/model",
        S3DataType: "S3Prefix",
        S3InputMode: "File",
      },
    },
  ];
  await sandbox.deploy("pickled", {
    Parameters: [
      ...trainParameters,
      { Name: "Batch", Type: "String", DefaultValue: `s3://${bucket}/batch/` },
    ],
    Steps: [...steps, evaluate],
  });
  const { arn, status, reason } = await sandbox.run("pickled");
  expect({ status, reason }).toEqual({ status: "Succeeded", reason: undefined });
  expect(sandbox.log(arn, "Evaluate")).toBe(
    "Note: the image is sagemaker-xgboost:1.0-1; on this machine its libraries are those of 3.0-5\nhigh True\n",
  );
  const score = await sandbox.get(`runs/${executionIdOf(arn)}/scores/rows.csv.out`);
  expect(Number(score)).toBeGreaterThan(0.5);
});
