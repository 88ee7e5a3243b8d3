import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateStateMachineCommand, SFNClient } from "@aws-sdk/client-sfn";
import { SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { policyDocument, type PolicyStatement } from "../../core/policy";
import type { AccountAccess } from "../../deploy/access/account-access";
import { listConnections } from "../../deploy/doctor/connections";
import { refusals } from "../../emulator/local-aws";
import { describeRun, listRuns } from "../../operate/workflows";
import { iris } from "../../pipelines/iris/model";
import { mammoSeverity } from "../../pipelines/mammo-severity/model";
import { AppliedEstate } from "../support/applied-estate";
import { nextMessage } from "../support/messages";
import { temporaryFolder } from "../support/temporary-folder";
import { tools } from "../support/tools";
import { until } from "../support/until";
import { jsonOf, mlops } from "../unit/cli/support";
import { ChangedStacks } from "./support/changed-stacks";
import { CodeRepository } from "../../emulator/code-repository";

const ids = ["dev-iris-container"];
const folder = "pipelines/iris/container";
const repository = "example/models";
const images = "mlops-iris";
const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:111111111111:${resource}`;

let applied: AppliedEstate;
let dev: AccountAccess;

beforeAll(async () => {
  applied = await AppliedEstate.copy({ policies: true });
  dev = await applied.access("dev");
});
afterAll(() => applied.stop());

/** The estate with a container, as little else of a model as it takes to plan it. */
const building = (container: object): ChangedStacks =>
  new ChangedStacks(applied, "container", {
    files: {
      "dev.json": {
        models: {
          "mammo-severity": {},
          iris: { workflow: { answerHours: 2 }, container: { repository, ...container } },
        },
      },
    },
    models: [iris, mammoSeverity],
  });

/** Of a build: pushes an image of one layer, which the commit decides, as `docker push` does, with a token of the role that it has. */
const pushes = `
import hashlib, json, os, urllib.request
import boto3
token = boto3.client("ecr").get_authorization_token()["authorizationData"][0]["authorizationToken"]
address, name, commit = (os.environ[each] for each in ("AWS_ENDPOINT_URL", "REPOSITORY", "COMMIT"))
kind = "application/vnd.oci.image."
def ask(method, path, body=b""):
    headers = {"Authorization": "Basic " + token, "Content-Type": kind + "manifest.v1+json"}
    return urllib.request.urlopen(urllib.request.Request(address + path, body, headers, method=method)).headers
def part(content):
    digest = "sha256:" + hashlib.sha256(content).hexdigest()
    ask("PUT", ask("POST", f"/v2/{name}/blobs/uploads/")["Location"] + "?digest=" + digest, content)
    return {"mediaType": kind + "layer.v1.tar", "size": len(content), "digest": digest}
whole = {"schemaVersion": 2, "config": part(b"{}"), "layers": [part(commit.encode())]}
print("built", ask("PUT", f"/v2/{name}/manifests/{commit}", json.dumps(whole).encode())["Docker-Content-Digest"])
`;

/** A state machine of the workflow's name that ends at once. */
async function makeStateMachine(): Promise<string> {
  const trust: PolicyStatement = {
    Effect: "Allow",
    Principal: { Service: ["states.amazonaws.com"] },
    Action: ["sts:AssumeRole"],
  };
  const { Role } = await new IAMClient(dev).send(
    new CreateRoleCommand({ RoleName: "nothing", AssumeRolePolicyDocument: policyDocument([trust]) }),
  );
  const { stateMachineArn = "" } = await new SFNClient(dev).send(
    new CreateStateMachineCommand({
      name: "iris-workflow",
      definition: JSON.stringify({ StartAt: "End", States: { End: { Type: "Succeed" } } }),
      roleArn: Role?.Arn,
    }),
  );
  return stateMachineArn;
}

/** What `mlops local` says, with the environment files of a change. */
async function local(asked: ChangedStacks, args: string): Promise<unknown> {
  const ran = await mlops(`local ${args} --json`, { environments: asked.changed.folder });
  expect(ran).toMatchObject({ code: 0 });
  return jsonOf(ran);
}

test("an image's stack applies and plans empty; a push to its folder is built with the stack's roles and starts the workflow where its scan is clean, and what fails is told", async () => {
  const asked = building({ startsWorkflow: "scanned" });
  expect(Object.keys(await asked.planned(ids))).toEqual(["create"]);
  expect(await asked.apply(ids)).toEqual({ "dev-iris-container": "applied" });
  expect(await asked.planned(ids)).toEqual({});

  const code = new CodeRepository(temporaryFolder());
  expect(await listConnections(dev)).toMatchObject([
    { ConnectionName: "mlops-iris", ConnectionStatus: "PENDING" },
  ]);
  await local(asked, `connect dev iris ${code.bare}`);
  const push = (files: Readonly<Record<string, string>>) => {
    code.push(files);
    return local(asked, "pushed dev iris");
  };
  const sqs = new SQSClient(dev);
  const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "inbox" }));
  await new SNSClient(dev).send(
    new SubscribeCommand({
      TopicArn: arn("sns", "iris-container"),
      Protocol: "sqs",
      Endpoint: arn("sqs", "inbox"),
    }),
  );
  const machine = await makeStateMachine();

  const commands = [`"${tools().python}" "$FOLDER/push.py"`];
  const spec = JSON.stringify({ version: 0.2, phases: { build: { commands, "on-failure": "ABORT" } } });
  const sources = { [`${folder}/buildspec.yml`]: spec, [`${folder}/push.py`]: pushes };
  const { executions } = (await push(sources)) as { executions: string[] };
  expect(executions).toHaveLength(1);
  const states = new SFNClient(dev);
  const run = await until("the workflow is started", async () => (await listRuns(states, machine, 2))[0]);
  const digest = await builtDigest();
  expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(await describeRun(states, run.executionArn)).toMatchObject({
    input: { digest, answerSeconds: "7200" },
  });
  expect(await push({ "docs/elsewhere.md": "words" })).toMatchObject({ executions: [] });

  await findInScans({ CRITICAL: 1, LOW: 3 });
  await push({ [`${folder}/Dockerfile`]: "FROM old" });
  expect(await nextMessage(sqs, QueueUrl)).toMatch(/An image was not found clean[^]*mlops-iris, sha256:/);
  await push({ [`${folder}/push.py`]: "raise SystemExit('no')" });
  expect(await nextMessage(sqs, QueueUrl)).toContain("An image was not built");
  expect(await listRuns(states, machine, 9)).toHaveLength(1);
  expect(await refusals(applied.localAws)).toEqual([]);

  const { change = [], destroy = [] } = await building({}).planned(ids);
  expect(change).toEqual([
    "dev-iris-container aws_sns_topic_policy.alerts_policy",
    "dev-iris-container aws_sqs_queue.undelivered-events_queue",
  ]);
  expect(destroy.filter((one) => !one.includes(".workflow_"))).toEqual([]);
});

/** What the first build said of its image. */
async function builtDigest(): Promise<string | undefined> {
  const filter = { logGroupName: "/mlops/containers/iris", filterPattern: '"built "' };
  return until("the build is logged", async () => {
    const { events = [] } = await new CloudWatchLogsClient(dev).send(new FilterLogEventsCommand(filter));
    return /^built (.*)$/m.exec(events[0]?.message ?? "")?.[1];
  });
}

/** In the next image. */
async function findInScans(findingSeverityCounts: Readonly<Record<string, number>>): Promise<void> {
  const { endpoint, secret } = applied.localAws;
  const result = {
    repositoryName: images,
    imageId: {},
    imageScanStatus: { status: "COMPLETE" },
    imageScanFindings: { findings: [], findingSeverityCounts },
  };
  const { status } = await fetch(`${endpoint}/moto-api/static/ecr/scan-finding-results`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-local-aws-secret": secret },
    body: JSON.stringify({ account_id: "111111111111", results: [result] }),
  });
  expect(status).toBe(201);
}
