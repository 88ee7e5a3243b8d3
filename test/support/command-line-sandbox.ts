import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CreateModelPackageCommand,
  CreateModelPackageGroupCommand,
  CreatePipelineCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { execa } from "execa";
import { join } from "node:path";
import { startRunner } from "../../emulator/runner";
import { estateFolder } from "./environments";
import { repository } from "./estate";
import { RunnerSandbox } from "./runner-sandbox";
import { tools } from "./tools";

const production = "222222222222";
const registry = "333333333333";
export const scheduleRule = "mammo-severity-inference-schedule";
export const dataBucket = "mlops-dev-sagemaker-data-111111111111";

/** A local AWS with what the command line looks for in the accounts of the tests' estate. */
export class CommandLineSandbox extends RunnerSandbox {
  /** With step logs where the command line looks for them. */
  override async startRunner(): Promise<void> {
    this.runner = await startRunner({
      environment: this.localAws.environment,
      python: tools().python,
      scratch: join(this.folder, "jobs"),
      logFile: join(this.folder, "runner.log"),
    });
  }

  /** The program, as a user starts it. */
  mlops(...args: readonly string[]) {
    return execa(process.execPath, [join(repository, "cli/mlops.js"), ...args], {
      env: { ...this.localAws.environment, AWS_PROFILE: "", MLOPS_ENVIRONMENTS: estateFolder },
      cwd: this.folder,
      reject: false,
    });
  }

  async fillAccounts(definition: object): Promise<void> {
    await new S3Client(await this.access("111111111111")).send(
      new CreateBucketCommand({ Bucket: dataBucket }),
    );
    await this.registerVersions();
    await this.scheduleInference(definition);
  }

  private async registerVersions(): Promise<void> {
    const sagemaker = new SageMakerClient(await this.access(registry));
    const ModelPackageGroupName = "mammo-severity-model-package";
    await sagemaker.send(new CreateModelPackageGroupCommand({ ModelPackageGroupName }));
    for (const ModelPackageDescription of ["first", "second"])
      await sagemaker.send(new CreateModelPackageCommand({ ModelPackageGroupName, ModelPackageDescription }));
  }

  private async scheduleInference(definition: object): Promise<void> {
    const access = await this.access(production);
    const events = new EventBridgeClient(access);
    const RoleArn = await roleForEvents(new IAMClient(access));
    const PipelineName = "mammo-severity-inference-pipeline";
    const { PipelineArn } = await new SageMakerClient(access).send(
      new CreatePipelineCommand({
        PipelineName,
        PipelineDefinition: JSON.stringify({ Version: "2020-12-01", ...definition }),
        RoleArn,
        ClientRequestToken: PipelineName.padEnd(32, "-"),
      }),
    );
    await events.send(new PutRuleCommand({ Name: scheduleRule, ScheduleExpression: "rate(1 day)" }));
    const target = { Id: "pipeline", Arn: PipelineArn, RoleArn };
    await events.send(new PutTargetsCommand({ Rule: scheduleRule, Targets: [target] }));
  }
}

async function roleForEvents(iam: IAMClient): Promise<string> {
  const RoleName = "execution-role";
  const Version = "2012-10-17";
  const Service = ["events.amazonaws.com", "sagemaker.amazonaws.com"];
  const trust = { Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" };
  const start = { Effect: "Allow", Action: "sagemaker:StartPipelineExecution", Resource: "*" };
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: JSON.stringify({ Version, Statement: [trust] }),
    }),
  );
  const PolicyDocument = JSON.stringify({ Version, Statement: [start] });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "start", PolicyDocument }));
  return Role?.Arn ?? "";
}
