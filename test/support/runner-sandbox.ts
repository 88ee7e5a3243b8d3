import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  CreatePipelineCommand,
  DescribePipelineExecutionCommand,
  ListPipelineExecutionStepsCommand,
  SageMakerClient,
  StartPipelineExecutionCommand,
  UpdatePipelineCommand,
  type PipelineExecutionStep,
} from "@aws-sdk/client-sagemaker";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import type { LocalAws } from "../../emulator/local-aws";
import { startRunner, type Runner } from "../../emulator/runner";
import { executionIdOf } from "../../core/execution-id";
import { askLocalAws } from "../../tools/local-aws/address";
import { emptyLocalAws } from "./local-aws";
import { Marks } from "./marks";
import { tools } from "./tools";
import { until } from "./until";

export const account = "111111111111";
export const bucket = "test-sagemaker-data";
export const executionRole = `arn:aws:iam::${account}:role/execution-role`;
const region = "us-east-1";
const finals = new Set(["Succeeded", "Failed", "Stopped"]);

/** How an execution ended, with its steps by name. */
export interface Ended {
  readonly arn: string;
  readonly status: string;
  readonly reason: string | undefined;
  readonly steps: Readonly<Record<string, PipelineExecutionStep>>;
}

/** A local AWS with one account, a bucket, an execution role and a runner. */
export class RunnerSandbox {
  readonly folder = mkdtempSync(join(tmpdir(), "runner-"));
  readonly marks = new Marks(join(this.folder, "marks"));
  localAws!: LocalAws;
  runner!: Runner;
  sagemaker!: SageMakerClient;
  s3!: S3Client;
  iam!: IAMClient;

  /** @param environment further variables of the runner, given the endpoint of local AWS */
  async start(environment?: (endpoint: string) => Promise<Record<string, string>>): Promise<void> {
    this.localAws = await emptyLocalAws();
    const settings = await this.access(account);
    this.sagemaker = new SageMakerClient(settings);
    this.s3 = new S3Client(settings);
    this.iam = new IAMClient(settings);
    await this.s3.send(new CreateBucketCommand({ Bucket: bucket }));
    await this.createRole("execution-role", "sagemaker.amazonaws.com");
    await this.startRunner(await environment?.(this.localAws.endpoint));
  }

  async startRunner(environment: Readonly<Record<string, string>> = {}): Promise<void> {
    this.runner = await startRunner({
      environment: { ...this.localAws.environment, ...environment },
      python: tools().python,
      logs: join(this.folder, "logs"),
      scratch: join(this.folder, "jobs"),
      logFile: join(this.folder, "runner.log"),
    });
  }

  async stop(): Promise<void> {
    await this.runner.stop();
    await this.localAws.stop();
    if (!process.env.KEEP) rmSync(this.folder, { recursive: true, force: true });
  }

  /** Options for clients that work in an account as its administrator. */
  async access(inAccount: string) {
    const { endpoint, secret } = this.localAws;
    const anybody = { endpoint, region, credentials: { accessKeyId: secret, secretAccessKey: "local" } };
    const { Credentials } = await new STSClient(anybody).send(
      new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${inAccount}:role/admin`, RoleSessionName: "test" }),
    );
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = Credentials ?? {};
    const credentials = {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    };
    return { endpoint, region, credentials };
  }

  async createRole(name: string, service: string): Promise<void> {
    const trust = { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
    await this.iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument }));
  }

  async put(key: string, body: string | Uint8Array): Promise<void> {
    await this.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  }

  async get(key: string): Promise<string> {
    return Buffer.from(await this.getBytes(key)).toString();
  }

  async getBytes(key: string): Promise<Uint8Array> {
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  }

  async keys(prefix: string): Promise<string[]> {
    const { Contents = [] } = await this.s3.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }),
    );
    return Contents.map(({ Key = "" }) => Key);
  }

  /** Deploys a definition, or deploys it anew. */
  async deploy(name: string, definition: object): Promise<void> {
    const PipelineDefinition = JSON.stringify({ Version: "2020-12-01", ...definition });
    try {
      await this.sagemaker.send(new UpdatePipelineCommand({ PipelineName: name, PipelineDefinition }));
    } catch {
      const request = { PipelineName: name, PipelineDefinition, RoleArn: executionRole };
      await this.sagemaker.send(
        new CreatePipelineCommand({ ...request, ClientRequestToken: name.padEnd(32, "-") }),
      );
    }
  }

  /** @returns the execution's ARN */
  async begin(name: string, parameters: Readonly<Record<string, string>> = {}): Promise<string> {
    const PipelineParameters = Object.entries(parameters).map(([Name, Value]) => ({ Name, Value }));
    const { PipelineExecutionArn = "" } = await this.sagemaker.send(
      new StartPipelineExecutionCommand({ PipelineName: name, PipelineParameters }),
    );
    return PipelineExecutionArn;
  }

  async run(name: string, parameters: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return this.end(await this.begin(name, parameters));
  }

  /** Waits for the end of an execution. */
  end(arn: string): Promise<Ended> {
    return until(`${arn} ends`, () => this.ended(arn));
  }

  private async ended(arn: string): Promise<Ended | undefined> {
    const { PipelineExecutionStatus: status = "", FailureReason: reason } = await this.sagemaker.send(
      new DescribePipelineExecutionCommand({ PipelineExecutionArn: arn }),
    );
    return finals.has(status) ? { arn, status, reason, steps: await this.steps(arn) } : undefined;
  }

  async steps(arn: string): Promise<Record<string, PipelineExecutionStep>> {
    const { PipelineExecutionSteps = [] } = await this.sagemaker.send(
      new ListPipelineExecutionStepsCommand({ PipelineExecutionArn: arn }),
    );
    return Object.fromEntries(PipelineExecutionSteps.map((step) => [step.StepName ?? "", step]));
  }

  /** Waits until a step has, or has had, a status, which it must before the execution ends. */
  async reach(arn: string, step: string, status: string): Promise<void> {
    await until(`${step} is ${status}`, async () => {
      const history = await this.history(arn);
      if (history.some((each) => each.step === step && each.status === status)) return true;
      if (history.some((each) => each.step === undefined && finals.has(each.status)))
        throw new Error(`${step} never was ${status}: ${JSON.stringify(history)}`);
      return undefined;
    });
  }

  /** Every status that an execution and its steps have had, in order. */
  private async history(executionArn: string): Promise<{ step?: string; status: string }[]> {
    const response = await askLocalAws(this.localAws, "ExecutionHistory", { executionArn });
    return ((await response.json()) as { history: { step?: string; status: string }[] }).history;
  }

  log(arn: string, step: string): string {
    return readFileSync(join(this.folder, "logs", executionIdOf(arn), `${step}.log`), "utf8");
  }
}
