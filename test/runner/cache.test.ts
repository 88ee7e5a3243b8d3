import { executionIdOf } from "../../core/execution-id";
import { RunnerSandbox } from "../support/runner-sandbox";
import { shellStep } from "../support/shell-step";

const sandbox = new RunnerSandbox();
beforeAll(() => sandbox.start());
afterAll(() => sandbox.stop());

interface Settings {
  readonly Enabled?: boolean;
  readonly ExpireAfter?: string;
  /** Shell commands. */
  readonly commands?: string;
  readonly VolumeSizeInGB?: number;
}

/** A step that draws a number and depends on a colour, and one that keeps what it drew. */
function drawing({ commands = "true", VolumeSizeInGB = 30, ...CacheConfig }: Settings) {
  const draw = shellStep("Draw", `${commands}; head -c 8 /dev/urandom | od -An -tx8 > $OUT/drawn.txt`, {
    CacheConfig: { Enabled: true, ExpireAfter: "P1D", ...CacheConfig },
  });
  const { ProcessingResources, ...rest } = draw.Arguments;
  const ClusterConfig = { ...ProcessingResources.ClusterConfig, VolumeSizeInGB };
  const Arguments = {
    ...rest,
    ProcessingResources: { ClusterConfig },
    Environment: { COLOUR: { Get: "Parameters.Colour" } },
  };
  const keep = shellStep("Keep", "cp /opt/ml/processing/in/drawn.txt $OUT");
  keep.Arguments.ProcessingInputs.push({
    InputName: "drawn",
    S3Input: {
      S3Uri: { Get: "Steps.Draw.ProcessingOutputConfig.Outputs['out'].S3Output.S3Uri" },
      LocalPath: "/opt/ml/processing/in",
      S3DataType: "S3Prefix",
      S3InputMode: "File",
    },
  });
  const Parameters = [{ Name: "Colour", Type: "String", DefaultValue: "red" }];
  return { Parameters, Steps: [{ ...draw, Arguments }, keep] };
}

/** What an execution drew, and whose drawing it was. */
async function run(name: string, parameters: Readonly<Record<string, string>> = {}) {
  const { arn, status, steps } = await sandbox.run(name, parameters);
  const drawn = status === "Succeeded" ? await sandbox.get(`runs/${executionIdOf(arn)}/Keep/drawn.txt`) : "";
  return { arn, status, drawn, source: steps.Draw?.CacheHitResult?.SourcePipelineExecutionArn };
}

test("a step with the same arguments is not run again, and says whose result it takes", async () => {
  await sandbox.deploy("same", drawing({}));
  const first = await run("same");
  const second = await run("same");
  expect(first.source).toBeUndefined();
  expect(second).toMatchObject({ status: "Succeeded", source: first.arn, drawn: first.drawn });
});

test("another argument means another run; one that does not change the work does not", async () => {
  await sandbox.deploy("changed", drawing({}));
  const red = await run("changed");
  const blue = await run("changed", { Colour: "blue" });
  expect(blue.source).toBeUndefined();
  expect(blue.drawn).not.toBe(red.drawn);
  await sandbox.deploy("changed", drawing({ VolumeSizeInGB: 60 }));
  expect((await run("changed")).source).toBe(red.arn);
});

test("a result is too old after its time", async () => {
  await sandbox.deploy("short", drawing({ ExpireAfter: "PT0M" }));
  await run("short");
  expect((await run("short")).source).toBeUndefined();
});

test("a result that failed is never taken", async () => {
  await sandbox.deploy("failing", drawing({ commands: "exit 1" }));
  expect(await run("failing")).toMatchObject({ status: "Failed" });
  expect(await run("failing")).toMatchObject({ status: "Failed", source: undefined });
});

test("without caching, and for another pipeline, a step runs", async () => {
  await sandbox.deploy("off", drawing({ Enabled: false }));
  await run("off");
  expect((await run("off")).source).toBeUndefined();
  await sandbox.deploy("one", drawing({}));
  await sandbox.deploy("other", drawing({}));
  await run("one");
  expect((await run("other")).source).toBeUndefined();
});
