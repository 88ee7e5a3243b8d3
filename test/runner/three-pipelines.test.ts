import { buildPipelines } from "../../pipelines/model";
import { devContext } from "../support/mammo-severity";
import { bucket, executionRole, RunnerSandbox } from "../support/runner-sandbox";
import { threePipelines } from "../support/three-pipelines";

jest.setTimeout(60_000);

const sandbox = new RunnerSandbox();
beforeAll(() => sandbox.start());
afterAll(() => sandbox.stop());

test("all pipelines of a model run, the third until it refuses what the first has made", async () => {
  const buckets = { dataBucket: bucket, artifactsUri: `s3://${bucket}/dev/three-pipelines/runs` };
  const context = { ...devContext, ...buckets, executionRoleArn: executionRole };
  const { prepare, train, evaluate } = buildPipelines(threePipelines, context);
  for (const pipeline of [prepare, train, evaluate])
    await sandbox.deploy(pipeline?.name ?? "", JSON.parse(pipeline?.render() ?? "") as object);

  expect(await sandbox.run("three-pipelines-prepare")).toMatchObject({ status: "Succeeded" });
  expect(await sandbox.run("three-pipelines-train")).toMatchObject({ status: "Succeeded" });
  expect(await sandbox.run("three-pipelines-evaluate")).toMatchObject({ status: "Succeeded" });
  const refused = await sandbox.run("three-pipelines-evaluate", { LeastRows: "41" });
  expect(refused.status).toBe("Failed");
  expect(refused.steps.TooFewRows?.FailureReason).toBe("There are too few rows");
});
