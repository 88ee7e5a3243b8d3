import {
  DescribeModelPackageCommand,
  ListModelPackagesCommand,
  SageMakerClient,
  UpdateModelPackageCommand,
} from "@aws-sdk/client-sagemaker";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { mockClient } from "aws-sdk-client-mock";
import { estateWithRoles } from "../../support/environments";
import { AssumeRoleCommand } from "../../support/sts";
import { mlops, mockSts } from "./support";

const sagemaker = mockClient(SageMakerClient);
const s3 = mockClient(S3Client);
let sts: ReturnType<typeof mockSts>["roles"];

beforeEach(() => {
  sts = mockSts().roles;
  sagemaker.reset();
  sagemaker.on(ListModelPackagesCommand).resolves({
    ModelPackageSummaryList: [
      { ModelPackageVersion: 1, ModelApprovalStatus: "PendingManualApproval" } as never,
    ],
  });
  sagemaker.on(DescribeModelPackageCommand).resolves({
    ModelMetrics: {
      ModelQuality: {
        Statistics: {
          ContentType: "application/json",
          S3Uri: "s3://mlops-dev-sagemaker-data-111111111111/m/evaluation/evaluation.json",
        },
      },
    },
  });
  s3.on(GetObjectCommand).resolves({
    Body: { transformToString: () => Promise.resolve('{"m": {"auc": {"value": 0.9}}}') } as never,
  });
});

const assumedRoles = () => sts.commandCalls(AssumeRoleCommand).map(({ args: [{ input }] }) => input.RoleArn);

describe("where environments name who may do daily work, the role", () => {
  const withRoles = { environments: estateWithRoles };
  const role = (account: string, name: string) => `arn:aws:iam::${account}:role/mlops-${name}`;

  test.each([
    ["models list dev mammo-severity", role("111111111111", "scientist")],
    ["models list registry mammo-severity", role("333333333333", "approver")],
    ["models approve prod mammo-severity", role("333333333333", "approver")],
    ["models reject registry mammo-severity", role("333333333333", "approver")],
  ])("of %s is the least that does", async (command, assumed) => {
    expect((await mlops(command, withRoles)).code).toBe(0);
    expect(assumedRoles()).toEqual([assumed]);
  });

  test("of models show is the scientist's, also where the version was trained", async () => {
    expect((await mlops("models show prod mammo-severity", withRoles)).out).toContain("auc 0.9000");
    expect(assumedRoles()).toEqual([role("222222222222", "scientist"), role("111111111111", "scientist")]);
  });

  test("is still another that is asked for", async () => {
    await mlops("models list dev mammo-severity --role Mine", withRoles);
    expect(assumedRoles()).toEqual(["arn:aws:iam::333333333333:role/Mine"]);
  });

  test("is assumed in a session with the caller's name, who is kept with the decision", async () => {
    const { roles, identities } = mockSts();
    const eve = "arn:aws:sts::666666666666:assumed-role/Approvers/eve@example.com";
    identities.on(GetCallerIdentityCommand).resolves({ Account: "333333333333", Arn: eve });
    await mlops("models approve registry mammo-severity", withRoles);
    const [assumed] = roles.commandCalls(AssumeRoleCommand);
    expect(assumed?.args[0].input.RoleSessionName).toBe("mlops-eve@example.com");
    const [update] = sagemaker.commandCalls(UpdateModelPackageCommand);
    expect(update?.args[0].input.ApprovalDescription).toBe(`by ${eve}`);
  });
});

test("a reason that SageMaker has no room for is refused", async () => {
  const { code, err } = await mlops("models approve prod mammo-severity --reason", {
    rest: ["x".repeat(513)],
  });
  expect([code, err]).toEqual([2, "--reason must be at most 512 characters, got: 513\n"]);
});
