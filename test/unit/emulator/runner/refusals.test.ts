import { refusal } from "../../../../emulator/runner/steps";

const registry = "683313688378.dkr.ecr.us-east-1.amazonaws.com";
const image = (name: string) => `${registry}/${name}:1`;
const xgboost = (version: string) => `${registry}/sagemaker-xgboost:${version}`;
const step = (Type: string, Arguments: Record<string, unknown>) => ({ Name: "A", Type, Arguments });
const training = (more: object) =>
  step("Training", { AlgorithmSpecification: { TrainingImage: xgboost("3.0-5") }, ...more });

test.each([
  ["another kind", step("AutoML", {}), /^Step A is of kind AutoML; the runner has Callback, /],
  [
    "another condition",
    step("Condition", { Conditions: [{ Type: "Not", Condition: { Type: "Matches" } }] }),
    /^Step A has a condition of kind Matches; the runner has Equals, /,
  ],
  [
    "another image's own program",
    step("Processing", { AppSpecification: { ImageUri: image("sagemaker-spark-processing") } }),
    /^Step A runs the image .* without an entry point/,
  ],
  [
    "an algorithm that is not here",
    step("Training", { AlgorithmSpecification: { TrainingImage: image("kmeans") } }),
    /^Step A runs the image .*kmeans/,
  ],
  [
    "a framework without a script",
    step("Training", {
      AlgorithmSpecification: { TrainingImage: `${registry}/sagemaker-scikit-learn:1.4-2-cpu-py3` },
    }),
    /^Step A runs the image .*sagemaker-scikit-learn/,
  ],
  [
    "a function that AWS's SDK pickled",
    training({
      AlgorithmSpecification: {
        TrainingImage: image("any"),
        ContainerEntrypoint: [
          "/bin/bash",
          "/opt/ml/input/data/sagemaker_remote_function_bootstrap/job_driver.sh",
        ],
      },
    }),
    /^Step A: AlgorithmSpecification\.ContainerEntrypoint\[\] must be any program but that of a function \(@step\) for the runner/,
  ],
  [
    "a channel that the algorithm does not read",
    training({ InputDataConfig: [{ ChannelName: "train", ContentType: "application/json" }] }),
    /^Step A: InputDataConfig\[\]\.ContentType must be text\/csv/,
  ],
  [
    "a data set that a query makes",
    step("Processing", {
      ProcessingInputs: [{ InputName: "i", DatasetDefinition: { LocalPath: "/opt/x" } }],
    }),
    'Step A: ProcessingInputs[].DatasetDefinition must not be given for the runner, got: {"LocalPath":"/opt/x"}',
  ],
  [
    "a channel that is a pipe",
    training({ InputDataConfig: [{ ChannelName: "train" }, { ChannelName: "test", InputMode: "Pipe" }] }),
    'Step A: InputDataConfig[].InputMode must be File or FastFile for the runner, got: "Pipe"',
  ],
  [
    "records that are taken apart by name",
    step("Transform", { DataProcessing: { InputFilter: "$['id','age']", JoinSource: "Input" } }),
    `Step A: DataProcessing.InputFilter must be $ or $[*] or $[COLUMNS] for the runner, got: "$['id','age']"`,
  ],
  [
    "records of two ranges, which AWS refuses too",
    step("Transform", { DataProcessing: { OutputFilter: "$[0:2,246:]" } }),
    'Step A: DataProcessing.OutputFilter must be $ or $[*] or $[COLUMNS] for the runner, got: "$[0:2,246:]"',
  ],
  [
    "records that are joined, and are not said to be lines of CSV",
    step("Transform", {
      DataProcessing: { JoinSource: "Input" },
      TransformInput: { ContentType: "text/csv" },
      TransformOutput: { AssembleWith: "Line" },
    }),
    'Step A: records are filtered or joined, so TransformInput.SplitType must be Line (got: "None"), TransformOutput.Accept must be text/csv (got: "None")',
  ],
  [
    "a version that AWS has not, to train",
    step("Training", { AlgorithmSpecification: { TrainingImage: xgboost("latest") } }),
    /^Step A: AWS publishes no such version of sagemaker-xgboost .*, got: .*:latest$/,
  ],
  [
    "such a version for a script",
    step("Processing", { AppSpecification: { ImageUri: xgboost("0.72"), ContainerEntrypoint: ["sh"] } }),
    /^Step A: AWS publishes no such version of sagemaker-xgboost/,
  ],
  [
    "such a version to serve",
    step("Model", { PrimaryContainer: { Image: xgboost("4") } }),
    /^Step A: AWS publishes no such version of sagemaker-xgboost/,
  ],
  [
    "such a version to serve, among several containers",
    step("Model", { Containers: [{ Image: image("any") }, { Image: xgboost("4") }] }),
    /^Step A: AWS publishes no such version of sagemaker-xgboost/,
  ],
  [
    "such a version to register",
    step("RegisterModel", { InferenceSpecification: { Containers: [{ Image: xgboost("4") }] } }),
    /^Step A: AWS publishes no such version of sagemaker-xgboost/,
  ],
])("a step of %s is refused by name", (_, definition, message) => {
  const found = refusal(definition);
  if (typeof message === "string") expect(found).toBe(message);
  else expect(found).toMatch(message);
});

const script = { sagemaker_program: '"train.py"' };
const channels = { InputDataConfig: [{ ChannelName: "train", ContentType: "application/json" }] };
const AlgorithmSpecification = { TrainingImage: `${registry}/sagemaker-scikit-learn:1.4-2-cpu-py3` };

test.each([
  [
    "records that are filtered and joined, by lines of CSV",
    step("Transform", {
      DataProcessing: { InputFilter: "$[1:]", JoinSource: "Input", OutputFilter: "$[0, 5:]" },
      TransformInput: { ContentType: "text/csv; label_size=0", SplitType: "Line" },
      TransformOutput: { Accept: { Get: "Parameters.Accept" }, AssembleWith: "Line" },
    }),
  ],
  [
    "a script, which reads what it likes",
    step("Training", { AlgorithmSpecification, HyperParameters: script, ...channels }),
  ],
  [
    "a script that is tuned",
    step("Tuning", {
      TrainingJobDefinition: { AlgorithmSpecification, StaticHyperParameters: script, ...channels },
    }),
  ],
  [
    "an entry point of training, which reads what it likes, whatever the image",
    training({
      AlgorithmSpecification: {
        TrainingImage: image("any"),
        ContainerEntrypoint: ["sh"],
        ContainerArguments: ["-c"],
      },
      ...channels,
    }),
  ],
  [
    "an entry point, whatever the image",
    step("Processing", { AppSpecification: { ImageUri: image("any"), ContainerEntrypoint: ["sh"] } }),
  ],
  [
    "an image known only when it runs",
    step("Processing", { AppSpecification: { ImageUri: { Get: "Parameters.Image" } } }),
  ],
  [
    "what is known only when it runs",
    step("Transform", { TransformInput: { CompressionType: { Get: "Parameters.Kind" } } }),
  ],
  ["the algorithm that is here", training({ HyperParameters: { num_round: "1" } })],
  [
    "a condition of all kinds",
    step("Condition", { Conditions: [{ Type: "In" }, { Type: "Or", Conditions: [] }] }),
  ],
])("a step with %s is not", (_, definition) => {
  expect(refusal(definition)).toBeUndefined();
});

test.each(["AutoML", "ClarifyCheck", "EMR", "Endpoint", "EndpointConfig", "InferenceComponent", "Lineage"])(
  "a step %s, which is deployed, is refused by name",
  (kind) => {
    expect(refusal(step(kind, {}))).toMatch(
      new RegExp(`^Step A is of kind ${kind}; the runner has Callback, `),
    );
  },
);
