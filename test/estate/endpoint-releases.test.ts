import { join } from "node:path";
import { S3Client, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { SSMClient } from "@aws-sdk/client-ssm";
import { endpointNames } from "../../core/naming";
import { configurationName } from "../../core/releases";
import { acceptableRelease } from "../../deploy/releases/acceptable";
import { heldOutRows } from "../../deploy/releases/held-out";
import { releaseVersion, type ReleaseResult } from "../../deploy/releases/release";
import { testEndpoint } from "../../deploy/releases/test-release";
import { deployWorkspace, runDeployJob } from "../../emulator/jenkins";
import { refusals } from "../../emulator/local-aws";
import { describeEndpoint, recordedReleases } from "../../operate/endpoints";
import { scoreRows, scoringAtOnce } from "../../operate/scoring";
import { mammoSeverity } from "../../pipelines/mammo-severity/model";
import { servedHash } from "../../stacks/kinds/endpoint/served";
import { acceptedVersions } from "../../stacks/model-versions";
import { workloadsOf } from "../../stacks/topology";
import { AppliedEstate } from "../support/applied-estate";
import { silentRunner } from "../support/deployment";
import { mlops } from "../support/mlops";
import { tools } from "../support/tools";
import { setAlarmState } from "./support/alarm-state";
import { jenkinsCredentials } from "./support/jenkins-server";
import { killedAsAwsMakesTheEndpoint, killedIn, phasesOf, unlocked } from "./support/killed-release";
import { releaseKind } from "./support/other-kinds";
import { described, registeredAgain, servedVersions } from "./support/served-versions";
import { servingEstate, type ServingEstate } from "./support/serving-estate";
import { SteadyClient } from "./support/steady-client";

let applied: AppliedEstate;
let client: SteadyClient | undefined;
/** The first test leaves it with an endpoint that has served two versions. */
let serving: ServingEstate;
/** Its ARN. */
let firstVersion: string;

beforeAll(async () => {
  applied = await AppliedEstate.copy({ policies: true });
});
afterAll(async () => {
  await client?.stop();
  await applied.stop();
});

test("a version is deployed to an endpoint of each kind, scores as batch transform does row by row, serves on while others raise an alarm or fail their test, and gives way to one that is good", async () => {
  serving = await servingEstate(applied);
  const { added, stack, directoryOf, folder } = serving;
  const { estate } = added;
  const { rows, versions } = await servedVersions(applied);
  firstVersion = versions[0]?.arn ?? "";
  const [prod] = workloadsOf(estate).filter(({ name }) => name === "prod");
  if (!prod) throw new Error("there must be prod");
  const access = await applied.access("prod");
  const [sagemaker, runtime, ssm, s3] = [
    new SageMakerClient(access),
    new SageMakerRuntimeClient(access),
    new SSMClient(access),
    new S3Client(access),
  ];
  const names = endpointNames("mlops", "mammo-severity");
  const features = [...rows.matchAll(/^[^,]*,(.+)$/gm)].map(([, row = ""]) => row);
  const release = async (at: number): Promise<ReleaseResult> => {
    const version = await described(applied, versions[at]?.arn ?? "");
    const accepted = acceptedVersions(estate, prod, mammoSeverity);
    const uri = version.ModelMetrics?.ModelQuality?.Statistics?.S3Uri ?? "";
    return releaseVersion({
      ...{ accounts: applied.accounts, folder, stack, names, sagemaker, ssm },
      runs: { tool: tools().terraform, directoryOf },
      runner: silentRunner(),
      release: acceptableRelease(version, accepted, servedHash(estate, prod, mammoSeverity)),
      test: async () => testEndpoint(scoringAtOnce(runtime, names.endpoint), await heldOutRows(s3, uri)),
      report: (line) => void reported.push(line),
    });
  };
  const reported: string[] = [];
  const scores = async () => (await scoreRows(runtime, names.endpoint, features)).scores;

  await killedAsAwsMakesTheEndpoint(applied, serving, firstVersion);
  const first = await release(0);
  expect(reported).toContainEqual(
    expect.stringMatching(/^removing the endpoint mammo-severity, which a run left/),
  );
  expect(first).toMatchObject({ before: undefined, refused: undefined, test: { rows: 100, passed: true } });
  expect(await scores()).toEqual(versions[0]?.scores);

  const [version] = versions;
  if (!version) throw new Error("there must be a version");
  const kinds = { directoryOf, version, rows };
  const [rare, slow] = await Promise.all(
    (["mass-rare", "mass-slow"] as const).map((name) => releaseKind(applied, added, name, kinds)),
  );
  const released = { result: { refused: undefined }, scores: version.scores };
  expect(rare).toMatchObject({ ...released, objects: { requests: 0, answers: 0 } });
  expect(slow).toMatchObject({ ...released, objects: { requests: 2, answers: 2, "answers/failures": 0 } });

  // Whatever goes wrong, the first serves on, and Terraform, the record and AWS agree on it.
  client = new SteadyClient(runtime, names.endpoint, features[0] ?? "");
  const [alarm, state] = [names.errorAlarm, await applied.accounts.stateOf(stack)];
  const served = async () => {
    const endpoints = (await state.read()).resources.filter(({ type }) => type === "aws_sagemaker_endpoint");
    return {
      aws: (await describeEndpoint(sagemaker, names.endpoint))?.EndpointConfigName,
      terraform: endpoints[0]?.instances[0]?.attributes?.endpoint_config_name,
      recorded: (await recordedReleases(ssm, names.parameter)).map(({ key }) =>
        configurationName(names.endpoint, key),
      ),
    };
  };
  const before = await served();
  expect(before).toEqual({ aws: before.aws, terraform: before.aws, recorded: [before.aws] });
  await setAlarmState(access, alarm, "ALARM");
  expect((await release(1)).refused).toMatch(
    /mammo-severity must serve mammo-severity-2-\w+, but mammo-severity-1-\w+ serves: .*in ALARM: mammo-severity-endpoint-errors/,
  );
  expect(await served()).toEqual(before);
  await setAlarmState(access, alarm, "OK");
  expect((await release(2)).refused).toMatch(/^its AUC is 0\.\d+, and was 0\.\d+ when it was registered$/);
  expect(await served()).toEqual(before);

  const asked: string[] = [];
  const second = await runDeployJob(versions[1]?.arn ?? "", {
    workspace: deployWorkspace(join(applied.folder, "workspace")),
    environment: {
      ...(await jenkinsCredentials(applied)),
      PROD_ACCOUNT: "222222222222",
      MLOPS_ENVIRONMENTS: serving.environments,
      MLOPS_APPROVERS: "alice:alice@example.com",
    },
    approve: ({ text }) => Promise.resolve((asked.push(text), "alice")),
  });
  expect(second.lines.map(({ exitCode, output }) => (exitCode === 1 ? output : exitCode))).toEqual([0, 3, 0]);
  expect(asked).toEqual([
    expect.stringMatching(
      /^Release +version 2 of mammo-severity to prod\n[^]*\nMetrics +auc 0\.\d{4}[^]*\nServes now +version 1\n$/,
    ),
  ]);
  expect(second.lines.at(-1)?.output).toMatch(
    /prod-mammo-severity-endpoint serves version 2; before: version 1\n100 held-out rows: AUC [.\d]+, as good as registered/,
  );
  expect(await refusals(applied.localAws)).toEqual([]);
  expect(await (await applied.accounts.stateOf(stack)).record()).toMatchObject({ approvedBy: "alice" });
  expect(await scores()).toEqual(versions[1]?.scores);

  const after = await served();
  expect(after).toEqual({ aws: after.aws, terraform: after.aws, recorded: [after.aws, before.aws] });
  await client.stop();
  expect({ errors: client.errors, scores: [...client.scores] }).toEqual({
    errors: [],
    scores: [versions[0]?.scores[0], versions[1]?.scores[0]],
  });
  expect(await serving.planned()).toEqual([]);
  const Bucket = "mlops-prod-sagemaker-data-222222222222";
  const captured = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: names.capturePrefix }));
  expect(captured.KeyCount).toBeGreaterThan(0);
});

test("a release that is killed in each of its phases is done once when it is run to its end, and recorded then alone", async () => {
  const { environments, planned, stack } = serving;
  const wire = await applied.startWire();
  const ssm = new SSMClient(await applied.access("prod"));
  const recorded = async () =>
    (await recordedReleases(ssm, "/mlops/endpoints/mammo-severity")).map(({ version }) => version);
  const version = await registeredAgain(applied, firstVersion);
  const release = () =>
    mlops(["endpoints", "deploy", "prod", "mammo-severity", version, "--yes", stack.id], { environments });
  for (const [phase, what] of Object.entries(phasesOf(stack.id))) {
    await killedIn(wire, what, release);
    expect([phase, await recorded()]).toEqual([phase, [2, 1]]);
    expect([phase, await unlocked(serving)]).toEqual([phase, what.terraform === "dies too"]);
  }
  const { exitCode, stdout } = await release();
  expect([exitCode, stdout]).toEqual([
    0,
    expect.stringMatching(`^${stack.id} serves version 4; before: version 2`),
  ]);
  expect(await recorded()).toEqual([4, 2]);
  expect(
    wire.seen({ action: "DeleteEndpointConfig", where: ({ userAgent }) => userAgent.includes("aws-sdk-js") }),
  ).toHaveLength(1);
  expect(await planned()).toEqual([]);
  wire.stop();
});

test("the CI server trains where the way of a model begins as its deploy role, which may stop what it began", async () => {
  const wire = await applied.startWire();
  const hold = wire.hold({ action: "ListPipelineExecutionSteps" });
  const training = mlops(["models", "train", "dev", "--applied-by", "ci"], {
    environments: serving.environments,
    env: await jenkinsCredentials(applied),
  });
  await hold.reachedDuring(training);
  process.kill(training.pid ?? 0, "SIGINT");
  hold.release();
  const { exitCode, all } = await training;
  expect([exitCode, all]).toEqual([130, expect.stringMatching(/it has never run\. Started arn:[^]*Stopped/)]);
  expect(await refusals(applied.localAws)).toEqual([]);
  wire.stop();
});
