import {
  DescribePipelineDefinitionForExecutionCommand,
  DescribePipelineExecutionCommand,
  ListPipelineExecutionsCommand,
  ListPipelinesCommand,
} from "@aws-sdk/client-sagemaker";
import { definition, execution, mockSageMaker, shown, train, trainArn } from "./failed-training";
import { jsonOf, mlops } from "./support";

let sagemaker: ReturnType<typeof mockSageMaker>;

beforeEach(() => {
  sagemaker = mockSageMaker();
});

describe("show", () => {
  test("tells what an execution is, its steps with those that never ran, and why one failed", async () => {
    expect(await mlops(`pipelines show ${execution}`)).toEqual({ code: 0, out: shown, err: "" });
  });

  test.each(["dev/train/abc", "dev/mammo-severity-train/abc", `dev/${train}/abc`, "dev/train"])(
    "takes %s for it",
    async (reference) => {
      expect((await mlops(`pipelines show ${reference}`)).out).toBe(shown);
    },
  );

  test("has times, seconds and metadata as JSON", async () => {
    expect(jsonOf(await mlops("pipelines show dev/train --json"))).toMatchObject({
      executionArn: execution,
      environment: "dev",
      status: "Failed",
      startedAt: "2025-01-31T23:00:00.000Z",
      seconds: 136,
      parameters: { Data: "s3://data/rows.csv" },
      steps: [
        { name: "Prepare", kind: "Processing", cachedFrom: `${trainArn}/execution/older`, seconds: 3 },
        { name: "Fit", status: "Failed", attempts: 2, failureReason: "ClientError: no rows" },
        { name: "Check", status: "NotExecuted" },
        { name: "Register", status: "NotExecuted" },
      ],
    });
  });

  test("with --logs says where CloudWatch has what the steps printed", async () => {
    const { out } = await mlops("pipelines show dev/train --logs");
    expect(out).toContain("Prepare  /aws/sagemaker/ProcessingJobs  prepare-1\n");
    expect(out).toContain("Fit      /aws/sagemaker/TrainingJobs    fit-1\n");
    expect(jsonOf(await mlops("pipelines show dev/train --logs --json"))).toMatchObject({
      logs: [
        { step: "Prepare", logGroup: "/aws/sagemaker/ProcessingJobs", logStreamPrefix: "prepare-1" },
        {},
      ],
    });
  });

  test("of a pipeline that never ran says so", async () => {
    sagemaker.on(ListPipelineExecutionsCommand).resolves({});
    const { code, err } = await mlops("pipelines show dev/train");
    expect(code).toBe(2);
    expect(err).toBe(`Pipeline ${train} has no execution in environment dev yet\n`);
  });

  test("what AWS says of an execution that is not there has its name in front", async () => {
    const missing = Object.assign(new Error("no such execution"), {
      name: "ResourceNotFound",
      $metadata: {},
    });
    sagemaker.on(DescribePipelineExecutionCommand).rejects(missing);
    const { code, err } = await mlops("pipelines show dev/train/nope");
    expect({ code, err }).toEqual({ code: 1, err: "ResourceNotFound: no such execution\n" });
  });
});

describe("list", () => {
  test("names an account's pipelines, with their short forms", async () => {
    expect((await mlops("pipelines list dev")).out).toBe(
      [
        "PIPELINE                       SHORT  DEPLOYED                 LAST EXECUTION",
        "by-hand                               2025-01-31 23:00:00 UTC",
        `${train}  train  2025-01-31 23:00:00 UTC  2025-01-31 23:00:01 UTC`,
        "",
      ].join("\n"),
    );
  });

  test("says where nothing is deployed or has run", async () => {
    sagemaker.on(ListPipelinesCommand).resolves({});
    sagemaker.on(ListPipelineExecutionsCommand).resolves({});
    expect((await mlops("pipelines list dev")).out).toBe("No pipeline is deployed there\n");
    expect((await mlops("pipelines list dev train")).out).toBe(`${train} has no execution yet\n`);
    expect(jsonOf(await mlops("pipelines list dev train --json"))).toEqual([]);
  });

  test("has the executions of one, newest first, with reasons or the names they were given", async () => {
    expect((await mlops("pipelines list dev train")).out).toBe(
      [
        "EXECUTION  STATUS     STARTED                  NAME OR REASON",
        "abc        Failed     2025-01-31 23:00:00 UTC  Step failure",
        "older      Succeeded  2025-01-31 23:00:00 UTC  try-1",
        "",
      ].join("\n"),
    );
  });

  test("shows no more than asked for", async () => {
    expect(jsonOf(await mlops("pipelines list dev train --limit 1 --json"))).toHaveLength(1);
  });
});

describe("definition", () => {
  test("is the deployed one, readable, and the same as JSON", async () => {
    const { out } = await mlops("pipelines definition dev train");
    expect(out).toBe(`${JSON.stringify(definition, undefined, 2)}\n`);
    expect((await mlops("pipelines definition dev train --json")).out).toBe(out);
  });

  test("with --execution is that which the execution was started with", async () => {
    sagemaker
      .on(DescribePipelineDefinitionForExecutionCommand, { PipelineExecutionArn: execution })
      .resolves({ PipelineDefinition: '{"Steps":[]}' });
    const ran = await mlops("pipelines definition dev train --execution abc --json");
    expect(jsonOf(ran)).toEqual({ Steps: [] });
  });
});
