import { DescribeExecutionCommand, SFNClient } from "@aws-sdk/client-sfn";
import { mockClient } from "aws-sdk-client-mock";
import { describeRunAsText } from "../../../cli/workflows/describe-run";
import { describeRun } from "../../../operate/workflows";

const executionArn = "arn:aws:states:us-east-1:111111111111:execution:iris-workflow:odd";
const states = mockClient(SFNClient);

async function shown(input: string | undefined): Promise<string> {
  states.reset();
  states.on(DescribeExecutionCommand).resolves({
    ...{ executionArn, input, status: "FAILED", error: "Workflow.InvalidInput" },
    ...{ startDate: new Date(0), stopDate: new Date(1000) },
  });
  return describeRunAsText(await describeRun(new SFNClient({}), executionArn));
}

test.each([
  ['{"digest":"sha256:1","answerSeconds":"60"}', "Input    digest=sha256:1, answerSeconds=60"],
  ['{"digest":{"of":["iris"]},"more":null}', 'Input    digest={"of":["iris"]}, more=null'],
  ["null", "Input    null"],
  ["[1]", "Input    [1]"],
  ['"latest"', 'Input    "latest"'],
])("a run that somebody has started with %s is shown with it, and how it ended", async (input, expected) => {
  const lines = (await shown(input)).split("\n");
  expect(lines).toContain(expected);
  expect(lines).toContain("End      Workflow.InvalidInput");
});

test("of an input that is huge the beginning is shown, and of none nothing", async () => {
  expect((await shown(JSON.stringify("x".repeat(250_000)))).length).toBeLessThan(1500);
  expect(await shown(undefined)).not.toMatch(/^Input/m);
});
