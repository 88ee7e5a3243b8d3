import trainGolden from "../../parity/golden/train.json";
import type { RenderedDefinition, RenderedStep } from "../../../pipelines/definition/rendered/json";
import { underHouseRules } from "../../../pipelines/python/house-rules";
import { devContext } from "../../support/mammo-severity";
import { stepsByName } from "../../support/model";

const { executionRoleArn: RoleArn, kmsKeyArn, volumeKeyArn } = devContext;

const definition = (steps: readonly object[], parameters: readonly object[] = []) =>
  ({ Version: "2020-12-01", Parameters: parameters, Steps: steps }) as unknown as RenderedDefinition;
const ruled = (step: object, parameters: readonly object[] = []) =>
  underHouseRules(definition([{ Name: "A", ...step }], parameters), devContext).Steps[0]?.Arguments as Record<
    string,
    object
  >;
const training = (Arguments: object = {}) => ({
  Type: "Training",
  Arguments: {
    RoleArn,
    OutputDataConfig: { S3OutputPath: "s3://b/o" },
    ResourceConfig: { InstanceType: "ml.m5.large", InstanceCount: 1 },
    ...Arguments,
  },
});

test("what says everything already stays as it is, but for keys without a value", () => {
  const given = trainGolden as unknown as RenderedDefinition;
  const withoutNulls = (step: RenderedStep) =>
    Object.fromEntries(Object.entries(step).filter(([, value]) => value !== null));
  const [before, after] = [given, underHouseRules(given, devContext)].map((each) =>
    stepsByName(each as never),
  );
  const { "Mammo-CheckAUCScore": gate, ...others } = after ?? {};
  expect(gate?.Name).toBe("Mammo-CheckAUCScore");
  for (const [name, step] of Object.entries(others))
    expect(step).toEqual(withoutNulls(before?.[name] as unknown as RenderedStep));
});

test("jobs are given keys and encryption between their machines, those in branches too", () => {
  const branch = { Name: "Inner", ...training() };
  const gate = { Type: "Condition", Arguments: { Conditions: [], IfSteps: [branch], ElseSteps: [] } };
  for (const job of [ruled(training()), (ruled(gate).IfSteps as { Arguments: object }[])[0]?.Arguments])
    expect(job).toMatchObject({
      OutputDataConfig: { S3OutputPath: "s3://b/o", KmsKeyId: kmsKeyArn },
      ResourceConfig: { VolumeKmsKeyId: volumeKeyArn },
      EnableInterContainerTrafficEncryption: true,
    });
  expect(ruled({ Type: "Processing", Arguments: { RoleArn } })).toMatchObject({
    ProcessingOutputConfig: { Outputs: [], KmsKeyId: kmsKeyArn },
    NetworkConfig: { EnableInterContainerTrafficEncryption: true },
  });
  expect(
    ruled({ Type: "Transform", Arguments: { TransformOutput: { S3OutputPath: "s3://b/o" } } }),
  ).toMatchObject({
    TransformOutput: { KmsKeyId: kmsKeyArn },
    TransformResources: { VolumeKmsKeyId: volumeKeyArn },
  });
});

test.each(["ml.m5d.large", "ml.g5.xlarge", "ml.p4d.24xlarge", "ml.g4dn.xlarge"])(
  "machines with storage of their own, such as %s, are given no key for a volume, which SageMaker would refuse",
  (type) => {
    const parameters = [{ Name: "Type", Type: "String", DefaultValue: type }];
    for (const InstanceType of [type, { Get: "Parameters.Type" }])
      expect(
        ruled(training({ ResourceConfig: { InstanceType } }), parameters).ResourceConfig,
      ).not.toHaveProperty("VolumeKmsKeyId");
  },
);

test("jobs are put into the account's network", () => {
  const network = { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };
  const [step] = underHouseRules(definition([{ Name: "A", ...training() }]), {
    ...devContext,
    network,
  }).Steps;
  expect(step?.Arguments).toMatchObject({ VpcConfig: { Subnets: ["subnet-1"], SecurityGroupIds: ["sg-1"] } });
});

describe("what may not be is refused by the step's name:", () => {
  const version = (status: unknown) => ({
    Type: "RegisterModel",
    Arguments: { ModelApprovalStatus: status },
  });
  test.each<[string, object, string]>([
    [
      "another role",
      training({ RoleArn: "r" }),
      `RoleArn must be the context's execution_role_arn, got: "r"`,
    ],
    [
      "traffic that is not encrypted",
      training({ EnableInterContainerTrafficEncryption: false }),
      "EnableInterContainerTrafficEncryption must not be false",
    ],
    [
      "a version that is approved by whoever trains",
      version("Approved"),
      'ModelApprovalStatus must be PendingManualApproval, got: "Approved"',
    ],
    [
      "a version that a parameter approves",
      version({ Get: "Parameters.Status" }),
      'ModelApprovalStatus must be PendingManualApproval, got: "Approved"',
    ],
  ])("%s", (_, step, message) => {
    const parameters = [{ Name: "Status", Type: "String", DefaultValue: "Approved" }];
    expect(() => ruled(step, parameters)).toThrow(`step A: ${message}`);
  });
});
