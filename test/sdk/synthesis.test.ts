import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { makeCheckoutInPython } from "../../bench/estates/checkout-in-python";
import { compileHook, repository } from "../../tools/paths";
import { temporaryFolder } from "../support/temporary-folder";

async function synthesise(checkout: string, output: string) {
  mkdirSync(output);
  const { exitCode, stderr } = await execa(process.execPath, ["--require", compileHook, "main.ts"], {
    cwd: checkout,
    env: { CDKTF_OUTDIR: output, MLOPS_ENVIRONMENTS: join(repository, "test/fixtures/estate") },
    stdin: "ignore",
    reject: false,
  });
  return { exitCode, stderr };
}

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

const resourcesIn = (output: string, stack: string): Resources =>
  (JSON.parse(readFileSync(join(output, "stacks", stack, "cdk.tf.json"), "utf8")) as { resource: Resources })
    .resource;

const checkout = join(temporaryFolder(), "checkout");
makeCheckoutInPython(checkout);

test("an estate whose model moves to Python has the same roles, rules and scripts, and pipelines that say the same", async () => {
  const [ours, theirs] = [join(temporaryFolder(), "ours"), join(temporaryFolder(), "theirs")];
  expect(await synthesise(repository, ours)).toEqual({ exitCode: 0, stderr: "" });
  expect(await synthesise(checkout, theirs)).toEqual({ exitCode: 0, stderr: "" });
  const stacks = readdirSync(join(ours, "stacks"));
  expect(readdirSync(join(theirs, "stacks"))).toEqual(stacks);
  const others = (resources: Resources) =>
    Object.entries(resources).filter(([type]) => !["aws_sagemaker_pipeline", "aws_s3_object"].includes(type));
  for (const stack of stacks) {
    const [typed, python] = [resourcesIn(ours, stack), resourcesIn(theirs, stack)];
    expect(others(python)).toEqual(others(typed));
    expect(Object.keys(python.aws_sagemaker_pipeline ?? {})).toEqual(
      Object.keys(typed.aws_sagemaker_pipeline ?? {}),
    );
    const addresses = (resources: Resources) =>
      Object.entries(resources.aws_s3_object ?? {}).map(([name, { bucket, key }]) => [name, bucket, key]);
    expect(new Set(addresses(python))).toEqual(new Set(addresses(typed)));
  }
});

test("wrong Python is told in a line, with exit code 2, and nothing is written", async () => {
  const broken = join(checkout, "pipelines/mammo-severity/pipeline.py");
  const text = readFileSync(broken, "utf8");
  writeFileSync(broken, `${text}\nimport torch\n`);
  const output = join(temporaryFolder(), "output");
  const line = text.split("\n").length + 1;
  expect(await synthesise(checkout, output)).toEqual({
    exitCode: 2,
    stderr:
      `pipelines/mammo-severity/pipeline.py:${line}: there is no package torch: ` +
      "there are SageMaker Python SDK 2 and what it renders with",
  });
  expect(
    readdirSync(output, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()),
  ).toEqual([]);
});
