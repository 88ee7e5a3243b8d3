import { readFileSync } from "node:fs";
import { rendered, stepsByName } from "../support/model";
import { builtFrom, declaration } from "../support/python-model";

/** As AWS's examples for SDK 3 have it: a session and a role of its own, folders of code, and not a word of keys. */
const pipeline = `
from sagemaker.core import image_uris
from sagemaker.core.helper.session_helper import get_execution_role
from sagemaker.core.processing import FrameworkProcessor
from sagemaker.core.shapes import ProcessingOutput, ProcessingS3Output
from sagemaker.core.workflow.parameters import ParameterString
from sagemaker.core.workflow.pipeline_context import PipelineSession
from sagemaker.mlops.workflow.pipeline import Pipeline
from sagemaker.mlops.workflow.steps import ProcessingStep, TrainingStep
from sagemaker.train import ModelTrainer
from sagemaker.train.configs import Compute, InputData, SourceCode


def get_pipeline(region, default_bucket=None, pipeline_name="RiskPipeline"):
    session = PipelineSession()
    role = get_execution_role(session)
    image = image_uris.retrieve("sklearn", region, version="1.2-1", instance_type="ml.m5.large")
    data = ParameterString(name="Data", default_value=f"s3://{default_bucket}/risk/data/")
    processor = FrameworkProcessor(
        image_uri=image, role=role, instance_type="ml.m5.large", instance_count=1, sagemaker_session=session
    )
    prepare = ProcessingStep(
        name="Prepare",
        step_args=processor.run(
            code="prepare.py", source_dir="code", arguments=["--data", data],
            outputs=[
                ProcessingOutput(
                    output_name="train",
                    s3_output=ProcessingS3Output(
                        s3_uri=f"s3://{default_bucket}/risk/rows", local_path="/opt/ml/processing/train",
                        s3_upload_mode="EndOfJob",
                    ),
                )
            ],
        ),
    )
    trainer = ModelTrainer(
        training_image=image,
        source_code=SourceCode(source_dir="code", entry_script="train.py"),
        compute=Compute(instance_type="ml.m5.xlarge", instance_count=1),
        role=role,
        base_job_name="risk",
        sagemaker_session=session,
    )
    rows = prepare.properties.ProcessingOutputConfig.Outputs["train"].S3Output.S3Uri
    train = TrainingStep(
        name="Train", step_args=trainer.train(input_data_config=[InputData(channel_name="train", data_source=rows)])
    )
    return Pipeline(name=pipeline_name, parameters=[data], steps=[prepare, train], sagemaker_session=session)
`;

const files = {
  "model.json": declaration({ sdk: "3" }),
  "pipeline.py": pipeline,
  "code/prepare.py": "print('prepares')",
  "code/train.py": "print('trains')",
};

const bucket = "mlops-dev-sagemaker-data-111111111111";

describe("a pipeline for SDK 3 with folders of code, as it is,", () => {
  const built = builtFrom(files).train;
  if (!built) throw new Error("there is no pipeline");
  const steps = stepsByName(rendered(built));
  /** What definitions name: a file, or a folder. */
  const places = (scripts: readonly { key: string }[]) => {
    const keys = scripts.map(({ key }) =>
      key
        .replace(/[0-9a-f]{12}/, "HASH")
        .split("/")
        .slice(0, 4),
    );
    return [...new Set(keys.map((parts) => parts.join("/")))].toSorted();
  };

  test("names what the SDK packed and wrote by scripts of ours, whatever the time", () => {
    expect(places(built.scripts)).toEqual([
      "risk/scripts/HASH/code",
      "risk/scripts/HASH/runproc.sh",
      "risk/scripts/HASH/sm_drivers",
      "risk/scripts/HASH/source",
    ]);
    for (const { key } of built.scripts)
      expect(JSON.stringify(steps)).toContain(`s3://${bucket}/${key.split("/").slice(0, 4).join("/")}`);
    expect(JSON.stringify(steps)).not.toMatch(/1970|20\d\d-\d\d|\d{14}/);
  });

  test("is built again as the same bytes, from another place", () => {
    const again = builtFrom({ ...files, "test/more.py": "not part of it" }).train;
    expect(again?.render()).toBe(built.render());
    expect(again?.scripts.map(({ key }) => key)).toEqual(built.scripts.map(({ key }) => key));
  });

  test("brings the model's own code", () => {
    const code = built.scripts.find(({ key }) => key.endsWith("train.py"));
    expect(code && readFileSync(code.path, "utf8")).toBe(files["code/train.py"]);
  });

  test("may read its scripts, and write below the SDK's prefix and where it says", () => {
    const objects = (action: string) =>
      built
        .permissions()
        .filter(({ Action }) => Action[0] === action)
        .flatMap(({ Resource }) => Resource);
    expect(objects("s3:GetObject")).toContain(`arn:aws:s3:::${bucket}/risk/scripts/*`);
    for (const resource of objects("s3:PutObject"))
      expect(resource).toMatch(/^arn:aws:s3:::mlops-dev-sagemaker-data-111111111111\/risk\/(sdk\/|rows\*)/);
  });
});
