import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { startLocalAws, type LocalAws } from "../../emulator/local-aws";
import {
  attachedEnvironment,
  attachedTerraform,
  endProviders,
  keepingUp,
  type KeptProviders,
} from "../../tools/attached-terraform";
import { temporaryFolder } from "../support/temporary-folder";
import { tools } from "../support/tools";

const folder = temporaryFolder();
const providers: KeptProviders = {
  folder: join(folder, "providers"),
  atMost: 1,
  types: { resources: ["aws_cloudformation_stack"], dataSources: [] },
};
let localAws: LocalAws;

/** What a stack of a role is, whose description and length of sessions are parameters. */
const template = {
  Parameters: { Description: { Type: "String" }, Seconds: { Type: "Number" } },
  Resources: {
    Role: {
      Type: "AWS::IAM::Role",
      Properties: {
        Description: { Ref: "Description" },
        MaxSessionDuration: { Ref: "Seconds" },
        AssumeRolePolicyDocument: {
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
          ],
        },
      },
    },
  },
  Outputs: { Arn: { Value: { "Fn::GetAtt": ["Role", "Arn"] } } },
};

beforeAll(async () => {
  localAws = await startLocalAws({
    python: tools().python,
    callerAccount: "111111111111",
    logFile: join(folder, "log"),
    keptFile: join(folder, "kept.json"),
  });
  copyFileSync(tools().terraform.lockFile, join(folder, ".terraform.lock.hcl"));
  const stack = {
    ...{ name: "role-of-terraform", capabilities: ["CAPABILITY_IAM"], tags: { owner: "ml-platform" } },
    template_body: JSON.stringify(template),
    parameters: { Description: "${var.description}", Seconds: "${var.seconds}" },
  };
  writeFileSync(
    join(folder, "main.tf.json"),
    JSON.stringify({
      terraform: { required_providers: { aws: { source: "hashicorp/aws", version: "5.100.0" } } },
      provider: { aws: { region: "us-east-1" } },
      variable: { description: { default: "one" }, seconds: { default: "3600" } },
      resource: { aws_cloudformation_stack: { stack } },
      output: { arn: { value: '${aws_cloudformation_stack.stack.outputs["Arn"]}' } },
    }),
  );
});
/** Before the folder goes, which says which they are. */
afterEach(() => {
  endProviders(providers);
});
afterAll(() => localAws.stop());

/** @returns exit code, and all that Terraform printed, on one line */
async function terraform(...args: readonly string[]) {
  const { terraform: program, environment } = tools().terraform;
  const { exitCode, all } = await execa(attachedTerraform, [...args, "-no-color"], {
    cwd: folder,
    env: {
      ...environment,
      ...localAws.environment,
      ...attachedEnvironment(program),
      ...keepingUp(providers),
    },
    ...{ all: true, reject: false, stdin: "ignore" },
  });
  return { exitCode, printed: all.replaceAll(/\s+/g, " ") };
}

test("a stack of CloudFormation's is Terraform's to apply, change and destroy, and says why it failed", async () => {
  expect(await terraform("init")).toMatchObject({ exitCode: 0 });
  const made = await terraform("apply", "-auto-approve");
  expect(made.printed).toMatch(/1 added.*arn:aws:iam::111111111111:role/);
  const refused = await terraform("apply", "-auto-approve", "-var=seconds=1");
  expect(refused.printed).toMatch(/UPDATE_ROLLBACK_COMPLETE\).*MaxSessionDuration: 1 is less than/);
  const changed = await terraform("apply", "-auto-approve", "-var=description=two");
  expect(changed.printed).toContain("1 changed");
  const again = await terraform("plan", "-detailed-exitcode", "-var=description=two");
  expect(again.exitCode).toBe(0);
  expect((await terraform("destroy", "-auto-approve")).printed).toContain("1 destroyed");
});
