import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { devNull } from "node:os";
import { dirname, join } from "node:path";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { AccountAccess } from "../../deploy/access/account-access";
import { listConnections } from "../../deploy/doctor/connections";
import { refusals } from "../../emulator/local-aws";
import { askLocalAws } from "../../tools/local-aws/address";
import { AppliedEstate } from "../support/applied-estate";
import { changes } from "../support/changed-estate";
import { nextMessage } from "../support/messages";
import { temporaryFolder } from "../support/temporary-folder";
import { until } from "../support/until";
import { ChangedStacks } from "./support/changed-stacks";

const ids = ["dev-mammo-severity-container"];
const folder = "pipelines/mammo-severity/container";
const repository = "example/models";
const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:111111111111:${resource}`;

let applied: AppliedEstate;
let dev: AccountAccess;

beforeAll(async () => {
  applied = await AppliedEstate.copy({ policies: true });
  dev = await applied.access("dev");
});
afterAll(() => applied.stop());

/** A repository of code, bare, with a working copy, whatever the user's own settings of git. */
class Code {
  private readonly work: string;
  private last = "0".repeat(40);

  constructor(private readonly root: string) {
    this.work = join(root, "work");
    this.git(root, "init", "--quiet", "--bare", "--initial-branch=main", this.bare);
    this.git(root, "clone", "--quiet", this.bare, this.work);
  }

  get bare(): string {
    return join(this.root, "code.git");
  }

  /** @returns the commits before and after */
  push(files: Readonly<Record<string, string>>): { readonly before: string; readonly after: string } {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.work, name)), { recursive: true });
      writeFileSync(join(this.work, name), content);
    }
    this.git(this.work, "add", "--all");
    this.git(this.work, "commit", "--quiet", "--message", "change");
    this.git(this.work, "push", "--quiet", "origin", "HEAD:refs/heads/main");
    const [before, after] = [this.last, this.git(this.work, "rev-parse", "HEAD").trim()];
    this.last = after;
    return { before, after };
  }

  private git(directory: string, ...words: readonly string[]): string {
    const who = { NAME: "test", EMAIL: "test@example.com" };
    const people = ["AUTHOR", "COMMITTER"].flatMap((role) =>
      Object.entries(who).map(([what, value]) => [`GIT_${role}_${what}`, value] as const),
    );
    const own = { GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_SYSTEM: devNull };
    const env = { ...process.env, ...Object.fromEntries(people), ...own };
    return execFileSync("git", ["-C", directory, ...words], {
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  }
}

async function local(action: string, body: Readonly<Record<string, unknown>>): Promise<unknown> {
  const answer = await askLocalAws(applied.localAws, action, body);
  expect(answer.status).toBe(200);
  return answer.json();
}

test("an image's stack applies and plans empty; a push to its folder is built with the stack's roles, and a failure is told", async () => {
  const asked = new ChangedStacks(applied, "container", changes["a container asked for"]);
  expect(Object.keys(await asked.planned(ids))).toEqual(["create"]);
  expect(await asked.apply(ids)).toEqual({ "dev-mammo-severity-container": "applied" });
  expect(await asked.planned(ids)).toEqual({});

  const code = new Code(temporaryFolder());
  const [connection] = await listConnections(dev);
  expect(connection).toMatchObject({ ConnectionName: "mlops-mammo-severity", ConnectionStatus: "PENDING" });
  const repositories = { [repository]: code.bare };
  await local("CompleteConnection", { connectionArn: connection?.ConnectionArn, repositories });
  const push = (files: Readonly<Record<string, string>>) =>
    local("Pushed", { repository, branch: "main", ...code.push(files) });

  const commands = ['echo "built $COMMIT for $REGISTRY/$REPOSITORY"', 'test ! -e "$FOLDER/broken"'];
  const spec = JSON.stringify({ version: 0.2, phases: { build: { commands, "on-failure": "ABORT" } } });
  const { executions } = (await push({ [`${folder}/buildspec.yml`]: spec })) as { executions: string[] };
  expect(executions).toHaveLength(1);
  const logs = new CloudWatchLogsClient(dev);
  const filter = { logGroupName: "/mlops/containers/mammo-severity", filterPattern: '"built "' };
  const line = await until("the image is built", async () => {
    const { events = [] } = await logs.send(new FilterLogEventsCommand(filter));
    return events.map(({ message = "" }) => message).find((message) => /^built [0-9a-f]{40} /.test(message));
  });
  expect(line).toContain("for 111111111111.dkr.ecr.us-east-1.amazonaws.com/mlops-mammo-severity");
  expect(await push({ "docs/elsewhere.md": "words" })).toEqual({ executions: [] });

  const sqs = new SQSClient(dev);
  const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "inbox" }));
  const topic = arn("sns", "mammo-severity-container");
  await new SNSClient(dev).send(
    new SubscribeCommand({ TopicArn: topic, Protocol: "sqs", Endpoint: arn("sqs", "inbox") }),
  );
  await push({ [`${folder}/broken`]: "" });
  expect(await nextMessage(sqs, QueueUrl)).toContain("An image was not built");
  expect(await refusals(applied.localAws)).toEqual([]);
});
