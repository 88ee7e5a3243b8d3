import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { list } from "tar";
import { buildPipelines } from "../../pipelines/model";
import { builtFrom, pythonModel } from "../support/python-model";
import { devContextOf, rendered, stepsByName } from "../support/model";

/**
 * As a project template of SageMaker has it: `get_pipeline`, its own session, `get_execution_role`, folders of code that the SDK
 * packs, and not a word of keys.
 */
const template = `
import sagemaker
import sagemaker.session
from sagemaker.inputs import TrainingInput
from sagemaker.processing import FrameworkProcessor, ProcessingOutput
from sagemaker.sklearn.estimator import SKLearn
from sagemaker.sklearn.model import SKLearnModel
from sagemaker.workflow.model_step import ModelStep
from sagemaker.workflow.parameters import ParameterString
from sagemaker.workflow.pipeline import Pipeline
from sagemaker.workflow.pipeline_context import PipelineSession
from sagemaker.workflow.steps import ProcessingStep, TrainingStep


def get_pipeline(region, role=None, default_bucket=None, model_package_group_name="Packages", pipeline_name="RiskPipeline"):
    session = PipelineSession()
    role = sagemaker.session.get_execution_role(session)
    data = ParameterString(name="Data", default_value=f"s3://{default_bucket}/risk/data/")
    processor = FrameworkProcessor(
        estimator_cls=SKLearn, framework_version="1.2-1", role=role, instance_type="ml.m5.large", instance_count=1,
        sagemaker_session=session,
    )
    prepare = ProcessingStep(
        name="Prepare",
        step_args=processor.run(
            code="prepare.py", source_dir="code", arguments=["--data", data],
            outputs=[ProcessingOutput(output_name="train", source="/opt/ml/processing/train")],
        ),
    )
    estimator = SKLearn(
        entry_point="train.py", source_dir="code", framework_version="1.2-1", role=role, instance_type="ml.m5d.xlarge",
        instance_count=1, sagemaker_session=session,
    )
    train = TrainingStep(
        name="Train",
        step_args=estimator.fit(
            {"train": TrainingInput(prepare.properties.ProcessingOutputConfig.Outputs["train"].S3Output.S3Uri)}
        ),
    )
    return Pipeline(name=pipeline_name, parameters=[data], steps=[prepare, train], sagemaker_session=session)
`;

const files = {
  "pipeline.py": template,
  "code/prepare.py": "print('prepares')",
  "code/train.py": "print('trains')",
};

const bucket = "mlops-dev-sagemaker-data-111111111111";
const volumeKeyArn = "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";

describe("a pipeline of a project template, as it is,", () => {
  const built = builtFrom(files).train;
  if (!built) throw new Error("there is no pipeline");
  const { Prepare, Train } = stepsByName(rendered(built));
  const asText = JSON.stringify([Prepare, Train]);

  test("is built again as the same bytes, in another place and at another time", () => {
    const again = builtFrom({ ...files, "test/more.py": "not part of it" }).train;
    expect(again?.render()).toBe(built.render());
    expect(again?.scripts.map(({ key }) => key)).toEqual(built.scripts.map(({ key }) => key));
  });

  test("names what the SDK packed and wrote by scripts of ours, whose content is theirs", () => {
    expect(built.scripts.map(({ key }) => key.replace(/[0-9a-f]{12}/, "HASH")).toSorted()).toEqual([
      "risk/scripts/HASH/runproc.sh",
      "risk/scripts/HASH/sourcedir.tar.gz",
      "risk/scripts/HASH/sourcedir.tar.gz",
    ]);
    for (const { key } of built.scripts) expect(asText).toContain(`s3://${bucket}/${key}`);
    expect(asText).not.toMatch(/-1970-|sagemaker-scikit-learn-\d{4}|\/code\/[0-9a-f]{32}/);
  });

  test("has archives of its own files", () => {
    const names = new Set<string>();
    for (const { path } of built.scripts.filter(({ key }) => key.endsWith(".gz"))) {
      list({
        file: path,
        sync: true,
        gzip: true,
        onReadEntry: (entry) => names.add(entry.path.replace(/^\.\//, "")),
      });
      expect(gunzipSync(readFileSync(path)).length).toBeGreaterThan(0);
    }
    expect([...names]).toEqual(expect.arrayContaining(["prepare.py", "train.py"]));
  });

  test("is given keys and encryption, but no key for a volume that SageMaker takes none for", () => {
    const { ProcessingOutputConfig, NetworkConfig, ProcessingResources } = Prepare?.Arguments as Record<
      string,
      object
    >;
    const { OutputDataConfig, ResourceConfig, ...job } = Train?.Arguments as Record<string, object>;
    const KmsKeyId = "arn:aws:kms:us-east-1:111111111111:alias/mlops-dev";
    expect(ProcessingOutputConfig).toMatchObject({ KmsKeyId });
    expect(OutputDataConfig).toMatchObject({ KmsKeyId });
    expect(ProcessingResources).toMatchObject({ ClusterConfig: { VolumeKmsKeyId: volumeKeyArn } });
    expect(ResourceConfig).not.toHaveProperty("VolumeKmsKeyId");
    expect([NetworkConfig, job]).toEqual([
      expect.objectContaining({ EnableInterContainerTrafficEncryption: true }),
      expect.objectContaining({ EnableInterContainerTrafficEncryption: true }),
    ]);
  });

  test("may read its scripts, which training is told of in a hyperparameter alone, and write below the SDK's prefix", () => {
    const objects = (action: string) =>
      built
        .permissions()
        .filter(({ Action }) => Action[0] === action)
        .flatMap(({ Resource }) => Resource);
    expect(objects("s3:GetObject")).toEqual([`arn:aws:s3:::${bucket}/risk/scripts/*`]);
    for (const resource of objects("s3:PutObject"))
      expect(resource).toMatch(/^arn:aws:s3:::mlops-dev-sagemaker-data-111111111111\/risk\/sdk\//);
    expect(objects("sagemaker:CreateTrainingJob")).toHaveLength(1);
    const [create] = built
      .permissions()
      .filter(({ Action }) => Action.includes("sagemaker:CreateTrainingJob"));
    expect(create?.Condition?.ArnLike).not.toHaveProperty("sagemaker:VolumeKmsKeyArn");
  });
});

test("a template that asks for its names is given the model's", () => {
  const asks = template
    .replace('pipeline_name="RiskPipeline"', "*, pipeline_name, base_job_prefix")
    .replace('name="Prepare"', 'name=f"Prepare-{base_job_prefix}"');
  const { train } = builtFrom({ ...files, "pipeline.py": asks });
  if (!train) throw new Error("there is no pipeline");
  expect(train.name).toBe("risk-train-pipeline");
  expect(Object.keys(stepsByName(rendered(train)))).toEqual(["Prepare-risk", "Train"]);
});

test("a module is packed into a model by a job of the SDK's, whose scripts do not come into the model's folder", () => {
  const pipeline = `
from sagemaker.sklearn.model import SKLearnModel
from sagemaker.workflow.model_step import ModelStep
from sagemaker.workflow.parameters import ParameterString
from sagemaker.workflow.pipeline import Pipeline


def pipelines(context):
    data = ParameterString(name="Data", default_value=f"{context.data_uri}/model.tar.gz")
    model = SKLearnModel(
        model_data=data, role=context.execution_role_arn, entry_point="train.py", source_dir="code",
        framework_version="1.2-1", sagemaker_session=context.session, enable_network_isolation=True,
    )
    serve = ModelStep(name="Serve", step_args=model.create(instance_type="ml.m5.large"))
    return {"train": Pipeline(name="risk", parameters=[data], steps=[serve], sagemaker_session=context.session)}
`;
  const { folder, model } = pythonModel({ ...files, "pipeline.py": pipeline });
  const { train } = buildPipelines(model, devContextOf(model));
  if (!train) throw new Error("there is no pipeline");
  const { "Serve-RepackModel-0": repack } = stepsByName(rendered(train));
  const { HyperParameters } = repack?.Arguments as { HyperParameters: Record<string, string> };
  expect(HyperParameters).toMatchObject({ inference_script: '"train.py"', source_dir: '"code"' });
  expect(HyperParameters.sagemaker_submit_directory).toContain(train.scripts[0]?.key);
  expect(readdirSync(join(folder, "code")).toSorted()).toEqual(["prepare.py", "train.py"]);
});
