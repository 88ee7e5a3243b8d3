import { complaintOf, declaration } from "../support/python-model";

/** What is said of a pipeline of these lines, in a model that names an SDK. */
const complaint = (sdk: "2" | "3", lines: readonly string[]) =>
  complaintOf({ "model.json": declaration({ sdk }), "pipeline.py": lines.join("\n") });

test("code that is written for SDK 3, in a model that names SDK 2, is told by a module", () => {
  expect(complaint("2", ["from sagemaker.mlops.workflow.pipeline import Pipeline"])).toBe(
    "ModelError: pipelines/risk/pipeline.py:1: there is no sagemaker.mlops in SageMaker Python SDK 2, which the model names",
  );
});

describe("code that is written for SDK 2, in a model that names SDK 3,", () => {
  test.each<[string, readonly string[], string]>([
    [
      "by a module",
      ["from sagemaker.workflow.pipeline import Pipeline"],
      ":1: there is no sagemaker.workflow",
    ],
    ["by a name", ["from sagemaker import image_uris"], ":1: there is no sagemaker.image_uris"],
    [
      "by a function",
      ["import sagemaker", "role = sagemaker.get_execution_role()"],
      ":2: there is no sagemaker.get_execution_role",
    ],
  ])("is told %s", (_, lines, expected) => {
    expect(complaint("3", lines)).toBe(
      `ModelError: pipelines/risk/pipeline.py${expected} in SageMaker Python SDK 3, which the model names`,
    );
  });
});
