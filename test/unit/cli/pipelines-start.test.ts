import {
  DescribePipelineExecutionCommand,
  StartPipelineExecutionCommand,
  StopPipelineExecutionCommand,
} from "@aws-sdk/client-sagemaker";
import { at, execution, mockSageMaker, shown, train, trainArn } from "./failed-training";
import { jsonOf, mlops } from "./support";

let sagemaker: ReturnType<typeof mockSageMaker>;

beforeEach(() => {
  sagemaker = mockSageMaker();
});

describe("start", () => {
  const started = () =>
    sagemaker.commandCalls(StartPipelineExecutionCommand).map(({ args: [{ input }] }) => input);

  test("passes on parameters and name, and with --no-wait prints nothing but the ARN", async () => {
    const args =
      "pipelines start dev train --param Data=s3://a/b=c --param Threshold=0.9 --name try-2 --no-wait";
    expect(await mlops(args)).toEqual({ code: 0, out: `${execution}\n`, err: "" });
    expect(started()).toEqual([
      {
        PipelineName: train,
        PipelineExecutionDisplayName: "try-2",
        PipelineParameters: [
          { Name: "Data", Value: "s3://a/b=c" },
          { Name: "Threshold", Value: "0.9" },
        ],
      },
    ]);
  });

  test.each([
    ["Failed", 1],
    ["Stopped", 1],
    ["Succeeded", 0],
  ] as const)("follows to the end, and %s exits with %i", async (PipelineExecutionStatus, code) => {
    sagemaker
      .on(DescribePipelineExecutionCommand)
      .resolves({ PipelineArn: trainArn, PipelineExecutionStatus });
    const ran = await mlops("pipelines start dev train --param Data=s3://a --json");
    expect(ran.code).toBe(code);
    expect(jsonOf(ran)).toMatchObject({ executionArn: execution, status: PipelineExecutionStatus });
    expect(ran.err).toContain(
      `Started ${execution}\nPrepare: Succeeded after 3.0 s\nFit: Failed after 2 min 13 s\n`,
    );
  });

  test("refuses what the deployed definition does not take, all at once, before anything starts", async () => {
    const { code, err } = await mlops(
      "pipelines start dev train --param Treshold=1 --param Threshold=x --param Approval=Maybe",
    );
    expect(code).toBe(2);
    expect(err.trimEnd().split("\n")).toEqual([
      'The pipeline has no parameter "Treshold" (did you mean "Threshold"?)',
      "Parameter Threshold must be a number, got: x",
      "Parameter Approval must be one of Yes, No, got: Maybe",
      "Parameter Data has no default: give it with --param",
    ]);
    expect(started()).toEqual([]);
  });

  test.each([
    ["Data=", "Parameter Data must not be empty"],
    [`Data=${"s".repeat(1025)}`, "Parameter Data must be at most 1024 characters, got: 1025"],
    ["Threshold=NaN", "Parameter Threshold must be a number, got: NaN"],
    ["Threshold=1e999", "Parameter Threshold must be a number, got: 1e999"],
    ["Rounds=9007199254740993", "Parameter Rounds must be an integer, got: 9007199254740993"],
  ])("refuses --param %.40s before anything starts", async (given, message) => {
    const { code, err } = await mlops(`pipelines start dev train --param Data=s3://a --param ${given}`);
    expect({ code, err }).toEqual({ code: 2, err: `${message}\n` });
    expect(started()).toEqual([]);
  });

  test.each(["try_2", "-try", "a".repeat(83)])("refuses the name %.20s", async (name) => {
    const { code, err } = await mlops(`pipelines start dev train --param Data=s3://a --name=${name}`);
    expect({ code, err }).toEqual({
      code: 2,
      err: `--name must be 1 to 82 letters, digits and inner dashes, got: "${name}"\n`,
    });
    expect(started()).toEqual([]);
  });

  test("of an execution that can no longer be seen says how to find it again", async () => {
    sagemaker
      .on(DescribePipelineExecutionCommand)
      .resolvesOnce({ PipelineArn: trainArn })
      .rejects(new Error("socket hang up"));
    const { code, err } = await mlops("pipelines start dev train --param Data=s3://a");
    expect(code).toBe(1);
    expect(err).toContain(`mlops pipelines show ${execution} --follow\nsocket hang up\n`);
  });

  test("finds pipelines made by hand, and hints at what was meant", async () => {
    await mlops("pipelines start dev by-hand --param Data=x --no-wait");
    expect(started()).toMatchObject([{ PipelineName: "by-hand" }]);
    const { code, err } = await mlops("pipelines start dev by-hnd --no-wait");
    expect({ code, err }).toEqual({
      code: 2,
      err: 'Environment dev has no pipeline "by-hnd" (did you mean "by-hand"?)\n',
    });
  });
});

describe("stop", () => {
  test("asks SageMaker, and with --no-wait does not wait for it", async () => {
    const running = { PipelineArn: trainArn, CreationTime: at(0) };
    sagemaker
      .on(DescribePipelineExecutionCommand)
      .resolvesOnce({ ...running, PipelineExecutionStatus: "Executing" })
      .resolves({ ...running, PipelineExecutionStatus: "Stopping" });
    const ran = await mlops("pipelines stop dev/train --no-wait --json");
    expect(ran.code).toBe(0);
    expect(jsonOf(ran)).toMatchObject({ status: "Stopping" });
    expect(sagemaker.commandCalls(StopPipelineExecutionCommand)[0]?.args[0].input).toEqual({
      PipelineExecutionArn: execution,
    });
  });

  test("leaves an execution alone that has ended", async () => {
    expect(await mlops("pipelines stop dev/train")).toEqual({
      code: 0,
      out: shown,
      err: "The execution has ended already\n",
    });
    expect(sagemaker.commandCalls(StopPipelineExecutionCommand)).toEqual([]);
  });

  test("takes an execution that ends meanwhile for ended, and no other refusal", async () => {
    const refused = Object.assign(new Error("cannot be stopped"), {
      name: "ValidationException",
      $metadata: {},
    });
    sagemaker.on(StopPipelineExecutionCommand).rejects(refused);
    const executing = { PipelineArn: trainArn, PipelineExecutionStatus: "Executing" as const };
    const describe = sagemaker.on(DescribePipelineExecutionCommand);
    describe
      .resolvesOnce(executing)
      .resolvesOnce(executing)
      .resolves({ ...executing, PipelineExecutionStatus: "Succeeded" });
    expect((await mlops("pipelines stop dev/train")).code).toBe(0);
    sagemaker.on(DescribePipelineExecutionCommand).resolves(executing);
    const { code, err } = await mlops("pipelines stop dev/train");
    expect({ code, err }).toEqual({ code: 1, err: "ValidationException: cannot be stopped\n" });
  });
});
