import { complaintOf } from "../support/python-model";

test("a step that is a function is refused by its name", () => {
  const pipeline = `
from sagemaker.workflow.function_step import step
from sagemaker.workflow.pipeline import Pipeline


def pipelines(context):
    @step(name="One", image_uri="1.dkr.ecr.us-east-1.amazonaws.com/own:1", instance_type="ml.m5.large")
    def one(x):
        return x

    return {"train": Pipeline(name="risk-train", steps=[one(3)], sagemaker_session=context.session)}
`;
  expect(complaintOf({ "pipeline.py": pipeline })).toBe(
    "ModelError: pipelines/risk/pipeline.py: RenderError: step One of pipeline train is a function (@step), which is " +
      "pickled by the Python that plans and has to be run by the same; make it a script of a ProcessingStep",
  );
});
