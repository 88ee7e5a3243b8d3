import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import {
  SageMakerClient,
  UpdateModelPackageCommand,
  type UpdateModelPackageCommandInput,
} from "@aws-sdk/client-sagemaker";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { AccountAccess } from "../../deploy/access/account-access";
import { findRemoved } from "../../deploy/removal/find-removed";
import { synthesiseRemoved } from "../../deploy/removal/synthesise-removed";
import { JenkinsDouble } from "../../emulator/jenkins";
import { AppliedEstate } from "../support/applied-estate";
import { nextMessage } from "../support/messages";
import { jsonOf, mlops } from "../unit/cli/support";
import { until } from "../support/until";
import { decisions, group, register } from "./support/approvals";
import { ChangedStacks } from "./support/changed-stacks";

const stack = "registry-approvals";
const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:333333333333:${resource}`;
const deploy = { name: "mlops/deploy", parameters: ["MODEL_PACKAGE_ARN"], disabled: false };

let applied: AppliedEstate;
let registry: AccountAccess;
let sagemaker: SageMakerClient;
let jenkins: JenkinsDouble;
let asked: ChangedStacks;
let inbox: string;

beforeAll(async () => {
  applied = await AppliedEstate.copy({ policies: true });
  registry = await applied.access("registry");
  sagemaker = new SageMakerClient(registry);
  const may = ["Overall/Read", "Job/Read", "Job/Build"] as const;
  const bot = { id: "release-bot", password: "unused", apiToken: "a:token", may };
  jenkins = await JenkinsDouble.start({ users: [bot], jobs: [deploy] });
  await new SecretsManagerClient(registry).send(
    new CreateSecretCommand({
      Name: "ci/jenkins",
      SecretString: JSON.stringify({ user: bot.id, token: bot.apiToken }),
    }),
  );
  const server = { url: jenkins.url.slice(0, -1), job: deploy.name, tokenSecret: "ci/jenkins" };
  asked = new ChangedStacks(applied, "approvals", {
    files: {
      "registry.json": { onApproval: { jenkins: server } },
      "prod.json": { models: { "mammo-severity": { endpoint: {} } } },
    },
  });
});
afterAll(async () => {
  await jenkins.die();
  await applied.stop();
});

test("a CI server that is asked on approval: its stack is made", async () => {
  expect(Object.keys(await asked.planned([stack]))).toEqual(["create"]);
  expect(await asked.apply([stack])).toEqual({ [stack]: "applied" });
  const { QueueUrl = "" } = await new SQSClient(registry).send(
    new CreateQueueCommand({ QueueName: "inbox" }),
  );
  inbox = QueueUrl;
  const to = {
    TopicArn: arn("sns", "mlops-registry-approvals"),
    Protocol: "sqs",
    Endpoint: arn("sqs", "inbox"),
  };
  await new SNSClient(registry).send(new SubscribeCommand(to));
});

test("an approved version is built, once and by its ARN, whatever is written to it afterwards", async () => {
  const version = await register(sagemaker);
  await update({ ModelPackageArn: version, ModelApprovalStatus: "Approved", ApprovalDescription: "seen" });
  await decisions(registry, 1);
  expect(built()).toEqual([version]);
  expect(jenkins.builds[0]?.by).toBe("release-bot");
  await update({ ModelPackageArn: version, CustomerMetadataProperties: { deployed: "prod" } });
  await update({ ModelPackageArn: version, ModelApprovalStatus: "Rejected" });

  const [one, other] = await Promise.all([register(sagemaker), register(sagemaker)]);
  await Promise.all([one, other].map((each) => approve(each)));
  await decisions(registry, 3);
  expect(built().toSorted()).toEqual([version, one, other].toSorted());
});

test("an event that comes twice is one build", async () => {
  const before = built();
  const version = arn("sagemaker", `model-package/${group}/99`);
  const Detail = JSON.stringify({
    ...{ ModelPackageGroupName: group, ModelPackageArn: version, ModelPackageStatus: "Completed" },
    ...{ ModelApprovalStatus: "Approved", UpdatedModelPackageFields: ["ModelApprovalStatus"] },
    LastModifiedTime: "2026-11-26T10:00:00.123Z",
  });
  const event = { Source: "aws.sagemaker", DetailType: "SageMaker Model Package State Change", Detail };
  await new EventBridgeClient(registry).send(new PutEventsCommand({ Entries: [event, event] }));
  const lines = await decisions(registry, 5);
  expect(built()).toEqual([...before, version]);
  expect(
    lines
      .slice(3)
      .map((line) => line.split(":")[0])
      .toSorted(),
  ).toEqual([expect.stringMatching(/^Build http/), "No build"]);
});

test("where Jenkins took it and nobody knows, it is looked for, and not asked for again", async () => {
  const before = built();
  const version = await register(sagemaker);
  jenkins.behaviour = "drops";
  const taken = until("Jenkins has a build", () => (built().length > before.length ? true : undefined));
  await approve(version);
  await taken;
  jenkins.behaviour = "normal";
  expect((await decisions(registry, 6)).at(-1)).toMatch(/^No build: .*\/job\/mlops\/job\/deploy\//);
  expect(built()).toEqual([...before, version]);
});

test("what Jenkins does not take is kept with the reason, told, and built once when it is sent again", async () => {
  const before = built();
  const refused = {
    "No connection to http://127.0.0.1": await whileJenkins(
      () => jenkins.die(),
      () => jenkins.revive(),
    ),
    "Jenkins answered 302": await whileJenkins(() => (jenkins.behaviour = "refuses")),
    "Jenkins answered 200": await whileJenkins(() => (jenkins.behaviour = "page")),
    "Jenkins answered 409: the job is disabled": await whileJenkins(() => (deploy.disabled = true)),
  };
  expect(built()).toEqual(before);
  const environments = asked.changed.folder;
  const list = await mlops("dead-letters list registry --json", { environments });
  const letters = jsonOf(list) as { readonly reason: string; readonly event: string }[];
  expect(letters.map(({ reason }) => reason)).toEqual(
    Object.keys(refused).map((reason) => expect.stringContaining(reason) as unknown),
  );
  expect(letters.map(({ event }) => event.split(" of ").at(-1))).toEqual(Object.values(refused));

  const sent = await mlops("dead-letters redrive registry", { environments });
  expect([sent.code, sent.out.match(/Sent to/g)?.length]).toEqual([0, 4]);
  await decisions(registry, 10);
  expect(built().toSorted()).toEqual([...before, ...Object.values(refused)].toSorted());
  expect(jsonOf(await mlops("dead-letters list registry --json", { environments }))).toEqual([]);
});

test("nothing is pending then; asked no more, its stack is found, and planned as all of it destroyed", async () => {
  expect(await asked.planned([stack])).toEqual({});
  const without = new ChangedStacks(applied, "no-approvals", {});
  const { estate } = without.changed;
  const { accounts } = applied;
  const { stacks: inCode, directoryOf } = without;
  const found = await findRemoved(estate, accounts, [applied.environment("registry")], inCode);
  expect(found.map(({ id }) => id)).toEqual([stack]);
  await synthesiseRemoved({ estate, accounts, directoryOf, inCode }, found);
  without.stacks = [...inCode, ...found];
  expect(Object.keys(await without.planned([stack]))).toEqual(["destroy"]);
});

const built = (): string[] => jenkins.builds.map(({ parameters }) => parameters.MODEL_PACKAGE_ARN ?? "");

const update = (input: UpdateModelPackageCommandInput) =>
  sagemaker.send(new UpdateModelPackageCommand(input));
const approve = (version: string) => update({ ModelPackageArn: version, ModelApprovalStatus: "Approved" });

/** Approves a version while something is wrong with Jenkins, and waits for the alarm. */
async function whileJenkins(breaks: () => unknown, mends: () => unknown = () => undefined): Promise<string> {
  const version = await register(sagemaker);
  await breaks();
  await approve(version);
  const sqs = new SQSClient({ ...registry, useQueueUrlAsEndpoint: false });
  const alarm = async () => {
    const { Message } = JSON.parse(await nextMessage(sqs, inbox)) as { readonly Message: string };
    return (JSON.parse(Message) as { readonly AlarmName: string }).AlarmName;
  };
  while ((await alarm()) !== "mlops-registry-approvals-new-undelivered-events");
  await mends();
  jenkins.behaviour = "normal";
  deploy.disabled = false;
  return version;
}
