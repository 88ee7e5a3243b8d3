import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { mockClient } from "aws-sdk-client-mock";
import { iris } from "../../../pipelines/iris/model";
import { mammoSeverity } from "../../../pipelines/mammo-severity/model";
import { changedEstate } from "../../support/changed-estate";
import { jsonOf, mlops, mockSts } from "./support";

const ssm = mockClient(SSMClient);
const { folder: environments } = changedEstate({
  files: { "prod.json": { models: { iris: { workflow: {}, api: {} }, "mammo-severity": {} } } },
  models: [iris, mammoSeverity],
});
const run = (command: string) => mlops(command, { environments });

beforeEach(() => {
  mockSts();
  ssm.reset();
});

test("an API's address is that which its stack keeps, by the names of project and model", async () => {
  const url = "https://abcdefgh.execute-api.us-east-1.amazonaws.com/invocations";
  ssm.on(GetParameterCommand, { Name: "/mlops/apis/iris" }).resolves({ Parameter: { Value: url } });
  expect(jsonOf(await run("endpoints url prod iris --json"))).toEqual({ url });
  expect(await run("endpoints url prod iris")).toMatchObject({ code: 0, out: `${url}\n` });
});

test("without an API in the file, or on AWS, it is said what is missing", async () => {
  ssm.on(GetParameterCommand).rejects(Object.assign(new Error("none"), { name: "ParameterNotFound" }));
  expect(await run("endpoints url prod iris")).toMatchObject({
    code: 1,
    err: expect.stringContaining("apply prod-iris-api first") as string,
  });
  expect(await run("endpoints url prod mammo-severity")).toMatchObject({
    code: 2,
    err: expect.stringContaining("its file has no models.mammo-severity.api") as string,
  });
});
