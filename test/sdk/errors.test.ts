import { builtFrom, complaintOf, declaration } from "../support/python-model";

/** A pipeline of one step, a call of a function, which renders in no time. */
const lambdaPipeline = [
  "from sagemaker.lambda_helper import Lambda",
  "from sagemaker.workflow.lambda_step import LambdaStep",
  "from sagemaker.workflow.pipeline import Pipeline",
];

const inPipeline = (...lines: readonly string[]) => complaintOf({ "pipeline.py": lines.join("\n") });
const whenCalled = (...lines: readonly string[]) =>
  inPipeline("def pipelines(context):", ...lines.map((line) => `    ${line}`));

describe("wrong Python is told in a line, with file and line:", () => {
  test.each<[string, string, string]>([
    ["a syntax error", inPipeline("x = 1", "def pipelines(:"), ":2: SyntaxError: invalid syntax"],
    ["an exception", whenCalled("return 1 / 0"), ":2: ZeroDivisionError: division by zero"],
    [
      "a missing package",
      inPipeline("", "import torch"),
      ":2: there is no package torch: there are SageMaker Python SDK 2 and what it renders with",
    ],
    [
      "a call over the network",
      whenCalled("import urllib.request", "urllib.request.urlopen('https://example.com')"),
      ":3: it reaches for the network (example.com:443); what it wants to know belongs in its folder",
    ],
    [
      "a call of AWS, although it carries on",
      whenCalled(
        "import boto3",
        "try:",
        "    boto3.client('s3').list_objects_v2(Bucket='b')",
        "except Exception:",
        "    pass",
      ),
      ":4: it calls AWS (s3:ListObjectsV2); what it wants to know is in the context",
    ],
    ["the end of Python", whenCalled("raise SystemExit(0)"), ":2: it ends Python (SystemExit)"],
    [
      "a program",
      whenCalled("import subprocess", "subprocess.run(['ls'])"),
      ":3: it starts a program (subprocess.Popen)",
    ],
    [
      "a file of the repository's outside of its folder",
      whenCalled(`open(${JSON.stringify(`${process.cwd()}/package.json`)})`),
      ":2: it reads package.json, which is outside of the model's folder",
    ],
    [
      "a function that gives no pipelines",
      whenCalled("return [1]"),
      ": RenderError: pipelines(context) must return a dict of train, got: list",
    ],
    [
      "other pipelines than are declared",
      whenCalled("return {'trian': 1}"),
      ": RenderError: pipelines(context) must return a dict of train, got: trian",
    ],
    [
      "no function",
      inPipeline("x = 1"),
      ": RenderError: must have a function pipelines(context) that returns pipelines by name",
    ],
  ])("%s", (_, complaint, expected) => {
    expect(complaint).toBe(`ModelError: pipelines/risk/pipeline.py${expected}`);
  });

  test("a file that it writes into its folder", () => {
    expect(whenCalled("open('made.txt', 'w')")).toMatch(
      /^ModelError: pipelines\/risk\/pipeline\.py:2: it writes \S+\/risk\/made\.txt; write to a folder of tempfile's$/,
    );
  });

  test("in a file that pipeline.py imports", () => {
    const files = { "pipeline.py": "import steps", "steps.py": "\n\nraise ValueError('no such step')" };
    expect(complaintOf(files)).toBe("ModelError: pipelines/risk/steps.py:3: ValueError: no such step");
  });

  test("Python that dies", () => {
    expect(whenCalled("import os", "os._exit(3)")).toBe(
      "ModelError: pipelines/risk/pipeline.py: Python ended with 3",
    );
  });
});

describe("a pipeline that may not run here is refused by its step:", () => {
  const step = (role: string) => [
    ...lambdaPipeline,
    "import time",
    "from sagemaker.model import Model",
    "from sagemaker.workflow.model_step import ModelStep",
    "def pipelines(context):",
    `    model = Model(image_uri="111111111111.dkr.ecr.us-east-1.amazonaws.com/a", role=${role}, sagemaker_session=context.session, model_data="s3://b/c/m.tar.gz")`,
    "    return {'train': Pipeline(name='risk-train', steps=[ModelStep(name='Make', step_args=model.create())], sagemaker_session=context.session)}",
  ];

  test("with another role", () => {
    expect(inPipeline(...step("'arn:aws:iam::111111111111:role/mine'"))).toBe(
      "ModelError: pipelines/risk/pipeline.py: pipeline train: step Make-CreateModel: ExecutionRoleArn must be the context's " +
        'execution_role_arn, got: "arn:aws:iam::111111111111:role/mine"',
    );
  });

  test("which depends on the clock", () => {
    const lines = [
      ...lambdaPipeline,
      "import time",
      "def pipelines(context):",
      "    ask = LambdaStep(name='Ask', lambda_func=Lambda(function_arn=context.seal_version_function_arn, session=context.session), inputs={'now': time.time_ns()})",
      "    return {'train': Pipeline(name='risk-train', steps=[ask], sagemaker_session=context.session)}",
    ];
    expect(inPipeline(...lines)).toBe(
      "ModelError: pipelines/risk/pipeline.py: RenderError: pipeline train is another each time it is rendered, at " +
        "definition.Steps[0].Arguments.now",
    );
  });
});

describe("what only a run knows", () => {
  const text = [
    ...lambdaPipeline,
    "from sagemaker.model import Model",
    "from sagemaker.workflow.model_step import ModelStep",
    "from sagemaker.workflow.parameters import ParameterString",
    "def pipelines(context):",
    "    data = ParameterString(name='Weights')",
    "    model = Model(image_uri=f'{context.account}.dkr.ecr.us-east-1.amazonaws.com/a', role=context.execution_role_arn, sagemaker_session=context.session, model_data=data)",
    "    return {'train': Pipeline(name='risk-train', parameters=[data], steps=[ModelStep(name='Make', step_args=model.create())], sagemaker_session=context.session)}",
  ].join("\n");
  const own = {
    reason: "Weights come from the bucket of research",
    steps: ["Make-CreateModel"],
    actions: ["s3:GetObject"],
    resources: ["s3://research-{account}/weights/"],
  };
  const asking = (more: object = {}) => ({
    "model.json": declaration({ permissions: [{ ...own, ...more }] }),
    "pipeline.py": text,
  });

  test("is refused by step and field where nothing lets the role reach it", () => {
    expect(complaintOf({ "pipeline.py": text })).toBe(
      "ModelError: pipelines/risk/pipeline.py: pipeline train: step Make-CreateModel: may not read " +
        "PrimaryContainer.ModelDataUrl, which only the run knows (Parameters.Weights): " +
        "give the parameter a default, or ask for it in model.json",
    );
  });

  test("may be asked for, for the account that is rendered for", () => {
    const { train } = builtFrom(asking());
    expect(train?.permissions().flatMap(({ Sid, Resource }) => (Sid ? [[Sid, Resource]] : []))).toEqual([
      ["WeightsComeFromTheBucketOfResearch", ["arn:aws:s3:::research-111111111111/weights/*"]],
      ["WeightsComeFromTheBucketOfResearch2", ["arn:aws:s3:::research-111111111111"]],
    ]);
  });

  test.each<[string, object, string]>([
    [
      "of a step that there is not",
      { steps: ["Mkae"] },
      'steps[0] must name a step (Make-CreateModel), got: "Mkae"',
    ],
    [
      "of another model's rows",
      { resources: ["s3://{data_bucket}/other/"] },
      'resources[0] must be below risk/ in the data bucket: the rest is other models\', got: "s3://mlops-dev-sagemaker-data-111111111111/other/"',
    ],
    [
      "to write scripts",
      { actions: ["s3:PutObject"], resources: ["s3://{data_bucket}/risk/"] },
      "resources[0] must not write scripts, which are applied",
    ],
  ])("is not asked for %s", (_, more, message) => {
    expect(complaintOf(asking(more))).toMatch(
      /^ModelError: pipelines\/risk\/model\.json:1:\d+ permissions\[0\]\./,
    );
    expect(complaintOf(asking(more))).toContain(message);
  });

  test("is not asked for of the buckets of states and versions", () => {
    const closedBuckets = ["research-111111111111"];
    expect(() => builtFrom(asking(), { closedBuckets })).toThrow(
      "must not be a bucket of states or of versions, got:",
    );
  });
});
