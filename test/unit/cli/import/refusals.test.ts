import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigurationError } from "../../../../config/problems";
import { importDefinition } from "../../../../cli/pipelines/import/imported";
import { repository } from "../../../../tools/paths";
import { temporaryFolder } from "../../../support/temporary-folder";
import { jsonOf, mlops } from "../support";

const role = "arn:aws:iam::123412341234:role/runs";
const key = "arn:aws:kms:eu-west-1:123412341234:key/k";

const fit = {
  Name: "Fit",
  Type: "Training",
  Arguments: {
    AlgorithmSpecification: { TrainingImage: "123412341234.dkr.ecr.eu-west-1.amazonaws.com/fit:1" },
    OutputDataConfig: { S3OutputPath: "s3://rows/out", KmsKeyId: key },
    ResourceConfig: { InstanceType: "ml.m5.large", InstanceCount: 1, VolumeSizeInGB: 1, VolumeKmsKeyId: key },
    RoleArn: role,
    EnableInterContainerTrafficEncryption: true,
    HyperParameters: { max_tokens: "512" },
  },
};

const definition = (steps: readonly object[] = [fit], more: object = {}) => ({
  Version: "2020-12-01",
  Parameters: [],
  Steps: steps,
  ...more,
});

const withArguments = (more: object) => ({ ...fit, Arguments: { ...fit.Arguments, ...more } });

const folder = temporaryFolder();
const file = join(folder, "given.json");

/** Problems as they are told, without the file's path. */
function problemsOf(text: string, was = {}): string[] {
  writeFileSync(file, text);
  try {
    importDefinition({ path: file, model: "risk", was, kept: [] });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.message.split("\n").map((line) => line.replace(file, ""));
  }
}

const pretty = (value: object) => JSON.stringify(value, undefined, 2);

test("a definition of few words is taken as it is", () => {
  expect(problemsOf(pretty(definition()))).toEqual([]);
});

test.each([
  ["no JSON", "{", [":1:2 must be valid JSON: a closing } is missing"]],
  ["nothing", "", [":1:1 must hold a JSON object, but is empty"]],
  ["a list", "[]", [":1:1 must hold a JSON object, got: a list"]],
  [
    "brackets without end",
    `{"Steps": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
    [":1:1 must not be nested so deeply"],
  ],
  ["deep nesting", `{"Steps": ${"[".repeat(80)}${"]".repeat(80)}}`, [":1:1 must be nested 64 deep at most"]],
  [
    "a key that stands twice",
    `{"Version": "2020-12-01",\n "Version": "2020-12-01", "Parameters": [], "Steps": []}`,
    [":2:2 Version must not stand twice"],
  ],
  ["more than any definition", `"${"x".repeat(9 * 1024 * 1024)}"`, [":1:1 must be at most 8 MiB"]],
  [
    "another version, a kind that nobody knows, and names that stand twice, all at once",
    pretty(definition([fit, { ...fit, Type: "Trainin" }], { Version: "2021-01-01" })),
    [
      ':2:14 Version must be "2020-12-01", got: "2021-01-01"',
      ':30:15 Steps[1].Name must not stand twice, got: "Fit"',
      expect.stringContaining(
        ":31:15 Steps[1].Type must be a kind of step whose permissions are known: AutoML, Callback,",
      ) as string,
    ],
  ],
  [
    "references that lead nowhere",
    `{"Version": "2020-12-01", "Parameters": [{"Name": "Rows", "Type": "String"}], "Steps": [\n{"Name": "A", "Type": "Fail", "DependsOn": ["B"],\n"Arguments": {"ErrorMessage": {"Get": "Parameters.Row"}}}]}`,
    [
      ':2:45 Steps[0].DependsOn[0] must be of a step of the pipeline (did you mean "A"?), got: "B"',
      ':3:39 Steps[0].Arguments.ErrorMessage.Get must be a parameter of the pipeline (did you mean "Rows"?), got: "Parameters.Row"',
    ],
  ],
  [
    "a secret",
    pretty(definition([withArguments({ Environment: { DB_PASSWORD: "hunter2" } })])),
    [
      ":28:26 Steps[0].Arguments.Environment.DB_PASSWORD must not hold a secret: keep it in AWS Secrets Manager",
    ],
  ],
  [
    "an ARN of another account",
    pretty(definition([withArguments({ TrainingJobName: "arn:aws:sagemaker:eu-west-1:999999999999:x" })])),
    [
      ":27:28 Steps[0].Arguments.TrainingJobName must be of the pipeline's own account; --keep-account 999999999999 leaves it, " +
        'got: "arn:aws:sagemaker:eu-west-1:999999999999:x"',
    ],
  ],
  [
    "two roles, and traffic that is not encrypted",
    pretty(
      definition([
        fit,
        { ...withArguments({ RoleArn: `${role}-2` }), Name: "Again" },
        { ...withArguments({ EnableInterContainerTrafficEncryption: false }), Name: "Open" },
      ]),
    ),
    [
      `:30:15 Steps[1].Name is a step that may not be so here: RoleArn must be the context's execution_role_arn, got: "${role}-2"`,
      ":54:15 Steps[2].Name is a step that may not be so here: EnableInterContainerTrafficEncryption must not be false",
    ],
  ],
  [
    "buckets that cannot be told apart",
    pretty(definition([withArguments({ ModelUri: "s3://others/x" })])),
    [
      ":4:12 Steps do not say which value was the context's: give it with --was dataBucket=…: it has rows, others",
    ],
  ],
])("%s is told with line and column", (_, text, problems) => {
  expect(problemsOf(text)).toEqual(problems);
});

test("of a definition in DescribePipeline's answer, places are those in the answer", () => {
  const inner = JSON.stringify(definition([{ ...fit, Type: "Trainin" }])).replaceAll("Fit", "\\u0046it");
  const text = `{\n  "PipelineDefinition": ${JSON.stringify(inner)}\n}`;
  const column = (text.split("\n")[1] ?? "").indexOf('\\"Trainin\\"') + 1;
  expect(problemsOf(text)).toEqual([expect.stringContaining(`:2:${column} Steps[0].Type must be`) as string]);
});

test("what is given with --was counts before what places say", () => {
  const two = pretty(definition([withArguments({ ModelUri: "s3://others/x" })]));
  expect(problemsOf(two, { dataBucket: "rows" })).toEqual([]);
});

describe("the command", () => {
  const before = readdirSync(join(repository, "pipelines"));
  afterEach(() => {
    expect(readdirSync(join(repository, "pipelines"))).toEqual(before);
  });

  test("exits with 2, and --json has each problem with its place", async () => {
    writeFileSync(file, pretty(definition([], { Version: 1 })));
    const ran = await mlops(`pipelines import ${file} --model risk --json`);
    expect(ran.code).toBe(2);
    expect(jsonOf(ran)).toMatchObject({
      error: {
        problems: [
          { line: 2, column: 14, path: "Version" },
          { line: 4, path: "Steps" },
        ],
      },
    });
  });

  test.each([
    ["--model Risk", "A model's name must be 2 to 32 lower-case letters"],
    ["--model definition", "pipelines/definition is there already"],
    ["--model iris", "pipelines/iris is there already, and takes no imported definitions"],
    ["--model risk --pipeline Train", "--pipeline must be lower-case letters"],
    ["--model risk --was bucket=x", "--was must be NAME=VALUE, NAME one of executionRoleArn,"],
    ["--model risk --environment prot", 'There is no environment "prot" (did you mean "prod"?)'],
  ])("refuses %s, and writes nothing", async (options, message) => {
    writeFileSync(file, pretty(definition()));
    const { code, err } = await mlops(`pipelines import ${file} ${options}`);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) as string });
  });
});
