import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { DescribeTrainingJobCommand } from "@aws-sdk/client-sagemaker";
import { locationOf } from "../../emulator/runner/jobs/s3";
import { builtFrom, declaration } from "../support/python-model";
import { RunnerSandbox, type Ended } from "../support/runner-sandbox";
import { dataBucket, makeSdkAccount, putFile } from "../support/sdk-account";
import { describeWithSdk } from "../support/with-sdk";

/** As SDK 3 trains a script, and packs a module into its model. */
const pipeline = `
from sagemaker.core import image_uris
from sagemaker.core.helper.session_helper import get_execution_role
from sagemaker.core.workflow.pipeline_context import PipelineSession
from sagemaker.mlops.workflow.model_step import ModelStep
from sagemaker.mlops.workflow.pipeline import Pipeline
from sagemaker.mlops.workflow.steps import TrainingStep
from sagemaker.serve.model_builder import ModelBuilder
from sagemaker.train import ModelTrainer
from sagemaker.train.configs import Compute, InputData, SourceCode


def get_pipeline(region, default_bucket=None, pipeline_name="risk-train-pipeline"):
    session = PipelineSession()
    role = get_execution_role(session)
    image = image_uris.retrieve("sklearn", region, version="1.2-1", instance_type="ml.m5.large")
    trainer = ModelTrainer(
        training_image=image,
        source_code=SourceCode(source_dir="code", entry_script="train.py"),
        compute=Compute(instance_type="ml.m5.xlarge", instance_count=1),
        hyperparameters={"depth": 3, "name": "risk"},
        role=role,
        base_job_name="risk",
        sagemaker_session=session,
    )
    rows = InputData(channel_name="train", data_source=f"s3://{default_bucket}/risk/data/")
    train = TrainingStep(name="Train", step_args=trainer.train(input_data_config=[rows]))
    builder = ModelBuilder(
        image_uri=image,
        s3_model_data_url=train.properties.ModelArtifacts.S3ModelArtifacts,
        source_code=SourceCode(source_dir="code", entry_script="inference.py"),
        role_arn=role,
        sagemaker_session=session,
        dependencies={},
    )
    model = ModelStep(name="Model", step_args=builder.build())
    return Pipeline(name=pipeline_name, parameters=[], steps=[train, model], sagemaker_session=session)
`;

const train = `
import argparse
import os
import pathlib

parser = argparse.ArgumentParser()
parser.add_argument("--depth", type=int)
parser.add_argument("--name")
given = parser.parse_args()
rows = pathlib.Path(os.environ["SM_CHANNEL_TRAIN"], "rows.csv").read_text()
pathlib.Path(os.environ["SM_MODEL_DIR"], "model.txt").write_text(f"{given.name} {given.depth} {rows}")
`;

const sandbox = new RunnerSandbox();

/** What a training job has packed. */
async function modelOf({ steps }: Ended, step: string): Promise<Uint8Array> {
  const TrainingJobName = steps[step]?.Metadata?.TrainingJob?.Arn?.split("/").at(-1);
  const { ModelArtifacts } = await sandbox.sagemaker.send(
    new DescribeTrainingJobCommand({ TrainingJobName }),
  );
  const { bucket: Bucket, key: Key } = locationOf(ModelArtifacts?.S3ModelArtifacts ?? "");
  const { Body } = await sandbox.s3.send(new GetObjectCommand({ Bucket, Key }));
  return (await Body?.transformToByteArray()) ?? new Uint8Array();
}

describeWithSdk(
  "a folder with scripts for SDK 3",
  () => {
    beforeAll(async () => {
      await sandbox.start();
      await makeSdkAccount(sandbox);
    });
    afterAll(() => sandbox.stop());

    test("is rendered, trains, and packs its module into the model", async () => {
      const files = { "model.json": declaration({ sdk: "3" }), "pipeline.py": pipeline };
      const built = builtFrom({ ...files, "code/train.py": train, "code/inference.py": "# serves\n" }).train;
      for (const { key, path } of built?.scripts ?? [])
        await putFile(sandbox.s3, `s3://${dataBucket}/${key}`, path);
      const rows = join(sandbox.folder, "rows.csv");
      writeFileSync(rows, "1,2");
      await putFile(sandbox.s3, `s3://${dataBucket}/risk/data/rows.csv`, rows);
      await sandbox.deploy("risk", JSON.parse(built?.render() ?? "") as object);

      const ended = await sandbox.run("risk");
      const { steps, status } = ended;
      expect(Object.values(steps).flatMap(({ FailureReason }) => FailureReason ?? [])).toEqual([]);
      expect(status).toBe("Succeeded");
      const repacked = Object.keys(steps).find((name) => name.includes("RepackModel")) ?? "";
      const input = await modelOf(ended, repacked);
      const unpacked = (file: string) => execFileSync("tar", ["-xzO", file], { input }).toString();
      expect(unpacked("model.txt")).toBe("risk 3 1,2");
      expect(unpacked("code/inference.py")).toBe("# serves\n");
    });
  },
  "3",
);
