import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { DescribeModelPackageGroupCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { mockClient } from "aws-sdk-client-mock";
import { policyDocument } from "../../../../core/policy";
import { Accounts } from "../../../../deploy/access/accounts";
import { lackingPrerequisites } from "../../../../deploy/plans/prerequisites";
import { models } from "../../../../pipelines";
import { kindOf, listStacks } from "../../../../stacks/list";
import { readEstate } from "../../../support/estate";
import { mockSts } from "../../../support/sts";

const estate = readEstate();
const stacks = listStacks(estate, models);
const only = (...ids: string[]) => stacks.filter(({ id }) => ids.includes(id));
const iam = mockClient(IAMClient);
const sagemaker = mockClient(SageMakerClient);
const denied = Object.assign(new Error("denied"), { name: "AccessDeniedException" });

/** All that prod's model needs stands. */
beforeEach(() => {
  mockSts();
  iam.reset();
  sagemaker.reset();
  sagemaker.on(DescribeModelPackageGroupCommand).resolves({});
  const [stack] = only("prod-mammo-severity");
  for (const need of stack ? kindOf(stack).needs(estate, stack) : []) {
    if ("packageGroup" in need || "applied" in need) continue;
    if ("role" in need) {
      const RoleName = need.role.slice(need.role.lastIndexOf("/") + 1);
      const PolicyDocument = encodeURIComponent(policyDocument(need.statements));
      const names = { RoleName, PolicyName: need.inlinePolicy };
      iam.on(GetRolePolicyCommand, names).resolves({ ...names, PolicyDocument });
      continue;
    }
    const PolicyArn = need.policy;
    const Document = encodeURIComponent(policyDocument(need.statements));
    iam.on(GetPolicyCommand, { PolicyArn }).resolves({ Policy: { DefaultVersionId: "v2" } });
    iam.on(GetPolicyVersionCommand, { PolicyArn, VersionId: "v2" }).resolves({ PolicyVersion: { Document } });
  }
});

const lacking = (...ids: string[]) => lackingPrerequisites(new Accounts(estate), only(...ids));
const policyOf = (name: string) => ({ PolicyArn: `arn:aws:iam::222222222222:policy/${name}` });

test("nothing is lacking where the registry and the foundation stand", async () => {
  expect(await lacking("prod-mammo-severity")).toEqual([]);
});

test("a policy that is not there, or does not allow all yet: the foundation first, by an administrator", async () => {
  const none = Object.assign(new Error("none"), { name: "NoSuchEntityException" });
  iam.on(GetPolicyCommand, policyOf("mammo-severity-train-pipeline-permissions")).rejects(none);
  const Document = encodeURIComponent(
    policyDocument([{ Effect: "Allow", Action: ["sns:GetTopicAttributes"], Resource: [] }]),
  );
  iam
    .on(GetPolicyVersionCommand, { ...policyOf("jenkins-manages-lambda"), VersionId: "v2" })
    .resolves({ PolicyVersion: { Document } });
  expect(await lacking("prod-mammo-severity")).toEqual([
    expect.stringMatching(
      /^prod-mammo-severity: prod-foundation has to be applied first, by an administrator: the policy mammo-severity-train-pipeline-permissions is not there; the policy jenkins-manages-lambda does not allow lambda:CreateFunction, .* yet$/,
    ),
  ]);
});

test("a role, or a policy within one, that is not there or does not allow all yet: the same", async () => {
  const none = Object.assign(new Error("none"), { name: "NoSuchEntityException" });
  const retraining = "sagemaker-retraining-role-mammo-severity";
  iam.on(GetRolePolicyCommand, { RoleName: retraining, PolicyName: "monitor-reports" }).rejects(none);
  const PolicyDocument = encodeURIComponent(
    policyDocument([{ Effect: "Allow", Action: ["sagemaker:StartPipelineExecution"], Resource: [] }]),
  );
  const names = { RoleName: "sagemaker-execution-role-mammo-severity", PolicyName: "pipeline-start" };
  iam.on(GetRolePolicyCommand, names).resolves({ ...names, PolicyDocument });
  expect(await lacking("prod-mammo-severity")).toEqual([
    "prod-mammo-severity: prod-foundation has to be applied first, by an administrator: " +
      "the policy pipeline-start of the role sagemaker-execution-role-mammo-severity does not allow sagemaker:StartPipelineExecution yet; " +
      `the policy monitor-reports of the role ${retraining} is not there`,
  ]);
});

test("a package group that does not let the account in: the registry first", async () => {
  sagemaker.on(DescribeModelPackageGroupCommand).rejects(denied);
  expect(await lacking("prod-mammo-severity")).toEqual([
    "prod-mammo-severity: registry has to be applied first, by an administrator: the package group mammo-severity-model-package is not there, or not for this account",
  ]);
});

test("what is applied in the same run is no more asked for: it comes first", async () => {
  sagemaker.on(DescribeModelPackageGroupCommand).rejects(denied);
  iam.on(GetPolicyCommand).rejects(denied);
  expect(await lacking("registry", "prod-foundation", "prod-mammo-severity")).toEqual([]);
});

test("that it cannot be asked is no answer", async () => {
  sagemaker.on(DescribeModelPackageGroupCommand).rejects(new Error("Throttling"));
  await expect(lacking("prod-mammo-severity")).rejects.toThrow("Throttling");
});
