import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { ListEndpointConfigsCommand, ListModelsCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { AccountAccess } from "../../../deploy/access/account-access";
import type { DescribedRun } from "../../../operate/workflows";
import { nextMessage } from "../../support/messages";
import { temporaryFolder } from "../../support/temporary-folder";
import { tools } from "../../support/tools";
import { until } from "../../support/until";
import { jsonOf, mlops } from "../../unit/cli/support";

/** Two: a setosa and a virginica. */
export const flowers = "5.1,3.5,1.4,0.2\n6.9,3.1,5.4,2.1\n";

export const digest = `sha256:${"0".repeat(64)}`;

/** Uploads the rows that the model is trained and held to account with. @param labels of the held-out rows @default what is so */
export async function uploadFlowers(access: AccountAccess, bucket: string, labels?: string): Promise<void> {
  const folder = temporaryFolder();
  const script = join(__dirname, "../../../pipelines/iris/scripts/prepare_data.py");
  await promisify(execFile)(tools().python, [script, folder]);
  const s3 = new S3Client(access);
  for (const part of ["train", "held-out", "held-out-labels"]) {
    const rows = readFileSync(join(folder, part, "iris.csv"), "utf8");
    const Body = part === "held-out-labels" ? (labels ?? rows) : rows;
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: `iris/data/${part}/iris.csv`, Body }));
  }
}

/** Names of the models and configurations that runs have made. */
export async function madeByRuns(access: AccountAccess): Promise<(string | undefined)[]> {
  const sagemaker = new SageMakerClient(access);
  const NameContains = "iris-run-";
  const { Models = [] } = await sagemaker.send(new ListModelsCommand({ NameContains }));
  const { EndpointConfigs = [] } = await sagemaker.send(new ListEndpointConfigsCommand({ NameContains }));
  return [
    ...Models.map(({ ModelName }) => ModelName),
    ...EndpointConfigs.map(({ EndpointConfigName }) => EndpointConfigName),
  ];
}

/** Gets what topics of an account send. */
export class Inbox {
  private readonly unread: string[] = [];
  private arriving: Promise<void> | undefined;

  private constructor(
    private readonly sqs: SQSClient,
    private readonly url: string,
  ) {}

  static async of(access: AccountAccess, account: string, topics: readonly string[]): Promise<Inbox> {
    const sqs = new SQSClient({ ...access, useQueueUrlAsEndpoint: false });
    const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "inbox" }));
    const arn = (service: string, name: string) => `arn:aws:${service}:us-east-1:${account}:${name}`;
    for (const topic of topics)
      await new SNSClient(access).send(
        new SubscribeCommand({
          TopicArn: arn("sns", topic),
          Protocol: "sqs",
          Endpoint: arn("sqs", "inbox"),
        }),
      );
    return new Inbox(sqs, QueueUrl);
  }

  /**
   * The first message about a run that matches. Any number may wait; what one of them receives is there for all.
   * @throws Error where the run has ended in another way
   */
  async about(run: string, pattern: RegExp): Promise<string> {
    for (;;) {
      const ofRun = this.unread.filter((text) => text.includes(run));
      const wanted = ofRun.find((text) => pattern.test(text));
      if (wanted !== undefined) return this.unread.splice(this.unread.indexOf(wanted), 1)[0] ?? "";
      const end = ofRun.find((text) => text.includes("has ended"));
      if (end !== undefined) throw new Error(`There will be no ${String(pattern)}: ${end}`);
      await (this.arriving ??= this.receive().finally(() => (this.arriving = undefined)));
    }
  }

  private async receive(): Promise<void> {
    const { Message } = JSON.parse(await nextMessage(this.sqs, this.url)) as { readonly Message: string };
    this.unread.push(Message);
  }
}

/** The command line's `workflows` commands, in a folder of environment files. */
export const commandsIn = (environments: string) => {
  const run = async (args: string) => mlops(`workflows ${args} --json`, { environments });
  return {
    run,
    /** Where local AWS answers for the API. */
    apiUrl: async (): Promise<string> => {
      const { code, out, err } = await mlops("endpoints url dev iris", { environments });
      if (code !== 0) throw new Error(err);
      return out.trim();
    },
    start: async (more = ""): Promise<string> => {
      const started = await run(`start dev iris ${digest} ${more}`.trim());
      if (started.code !== 0) throw new Error(started.err);
      return (jsonOf(started) as { readonly executionArn: string }).executionArn;
    },
    end: (execution: string): Promise<DescribedRun> =>
      until(`${execution} ends`, async () => {
        const shown = jsonOf(await run(`show ${execution}`)) as DescribedRun;
        return shown.status === "RUNNING" ? undefined : shown;
      }),
  };
};

/** What an endpoint takes two flowers for, asked once. */
export async function speciesAt(access: AccountAccess, EndpointName: string): Promise<string[]> {
  const runtime = new SageMakerRuntimeClient({ ...access, maxAttempts: 1 });
  const { Body } = await runtime.send(
    new InvokeEndpointCommand({
      EndpointName,
      ContentType: "text/csv",
      Body: flowers,
    }),
  );
  return Buffer.from(Body)
    .toString()
    .trim()
    .split("\n")
    .map((line) => line.split(",")[0] ?? "");
}

/** Asks again and again until that is to end, or all is over. @returns what ends it, and gives all that went wrong */
export function askingOn(
  ask: () => Promise<unknown>,
  pauseMilliseconds: number,
  over: AbortSignal,
): { end(): Promise<unknown[]> } {
  const errors: unknown[] = [];
  const ends = new AbortController();
  const all = (async () => {
    while (!ends.signal.aborted && !over.aborted) {
      await ask().catch((error: unknown) => errors.push(error));
      await sleep(pauseMilliseconds, undefined, { ref: false });
    }
  })();
  return {
    end: async () => {
      ends.abort();
      await all;
      return errors;
    },
  };
}

/**
 * Waits until runs that serve at one endpoint have ended, each by name and told. Here an update takes less than the time between two
 * looks, so a run may be overtaken before it sees itself serve, and says then what serves in its place; on AWS updates take minutes.
 * @returns the configuration that serves in the end
 */
export async function endInTurn(
  runs: readonly string[],
  { end }: Pick<ReturnType<typeof commandsIn>, "end">,
  inbox: Inbox,
  configuration: () => Promise<string | undefined>,
): Promise<string | undefined> {
  const ended = await Promise.all(runs.map(async (run) => ({ run, ...(await end(run)) })));
  const serving = await configuration();
  expect(ended.filter(({ status }) => status === "SUCCEEDED")).not.toEqual([]);
  for (const one of ended.filter(({ status }) => status !== "SUCCEEDED"))
    expect(one).toMatchObject({
      error: "Workflow.NotServed",
      cause: expect.stringMatching(
        `^the endpoint is (InService|Updating), with configuration ${String(serving)}$`,
      ) as string,
    });
  for (const { run, status } of ended)
    await inbox.about(run, status === "SUCCEEDED" ? /serves/ : /FAILED, Workflow\.NotServed\./);
  return serving;
}
