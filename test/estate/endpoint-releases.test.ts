import { join } from "node:path";
import { S3Client, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { SSMClient } from "@aws-sdk/client-ssm";
import { App } from "cdktf";
import { endpointNames } from "../../core/naming";
import { configurationName } from "../../core/releases";
import { acceptableRelease } from "../../deploy/releases/acceptable";
import { heldOutRows } from "../../deploy/releases/held-out";
import { releaseVersion, type ReleaseResult } from "../../deploy/releases/release";
import { testEndpoint } from "../../deploy/releases/test-release";
import { StackRunner } from "../../deploy/estate/stack-runner";
import { PlanFolder } from "../../deploy/plans/plan-folder";
import { deployWorkspace, runDeployJob } from "../../emulator/jenkins";
import { refusals } from "../../emulator/local-aws";
import { describeEndpoint, recordedReleases } from "../../operate/endpoints";
import { scoreRows, scoringAtOnce } from "../../operate/scoring";
import { mammoSeverity } from "../../pipelines/mammo-severity/model";
import { addStacks } from "../../stacks/app";
import { servedHash } from "../../stacks/kinds/endpoint/served";
import { listStacks } from "../../stacks/list";
import { acceptedVersions } from "../../stacks/model-versions";
import { withoutTokenTraces } from "../../stacks/synthesise";
import { workloadsOf } from "../../stacks/topology";
import { AppliedEstate } from "../support/applied-estate";
import { changedEstate } from "../support/changed-estate";
import { apply, outcomesOf, plan } from "../support/deployment";
import { tools } from "../support/tools";
import { setAlarmState } from "./support/alarm-state";
import { jenkinsCredentials } from "./support/jenkins-server";
import { endpointStackOf, modelsOfOtherKinds, otherKinds, releaseKind } from "./support/other-kinds";
import { described, servedVersions } from "./support/served-versions";
import { SteadyClient } from "./support/steady-client";

let applied: AppliedEstate;
let client: SteadyClient | undefined;

beforeAll(async () => {
  applied = await AppliedEstate.copy({ policies: true });
});
afterAll(async () => {
  await client?.stop();
  await applied.stop();
});

test("a version is deployed to an endpoint of each kind, scores as batch transform does row by row, serves on while others raise an alarm or fail their test, and gives way to one that is good", async () => {
  const serving = { "mammo-severity": { endpoint: { capturePercent: 50 } } };
  const added = changedEstate({
    files: { "prod.json": { models: { ...serving, ...otherKinds } } },
    models: [mammoSeverity, ...modelsOfOtherKinds],
  });
  const ofTheJob = changedEstate({ files: { "prod.json": { models: serving } } });
  const outdir = join(applied.folder, "serving");
  withoutTokenTraces(() => {
    const app = new App({ outdir });
    addStacks(app, { ...added, assumeRole: added.estate.shared.adminRole });
    app.synth();
  });
  const of = (...ids: string[]) =>
    listStacks(added.estate, added.models).filter(({ id }) => ids.includes(id));
  const folder = new PlanFolder(join(applied.folder, "plans"));
  const directoryOf = (id: string) => join(outdir, "stacks", id);
  const run = { accounts: applied.accounts, directoryOf, folder };
  const endpoints = ["mammo-severity", ...Object.keys(otherKinds)].map(endpointStackOf);
  for (const stacks of [of("prod-foundation", "registry"), of(...endpoints)]) {
    await plan({ ...run, stacks }, { attributes: false });
    expect(new Set(Object.values(outcomesOf(await apply({ ...run, stacks }))))).toEqual(new Set(["applied"]));
  }

  const { rows, versions } = await servedVersions(applied);
  const [prod] = workloadsOf(added.estate).filter(({ name }) => name === "prod");
  const [stack] = of("prod-mammo-severity-endpoint");
  if (!prod || !stack) throw new Error("prod must have an endpoint");
  const access = await applied.access("prod");
  const [sagemaker, runtime, ssm, s3] = [
    new SageMakerClient(access),
    new SageMakerRuntimeClient(access),
    new SSMClient(access),
    new S3Client(access),
  ];
  const names = endpointNames("mlops", "mammo-severity");
  const features = rows
    .trim()
    .split("\n")
    .map((row) => row.slice(row.indexOf(",") + 1));
  const release = async (at: number): Promise<ReleaseResult> => {
    const version = await described(applied, versions[at]?.arn ?? "");
    const accepted = acceptedVersions(added.estate, prod, mammoSeverity);
    const uri = version.ModelMetrics?.ModelQuality?.Statistics?.S3Uri ?? "";
    return releaseVersion({
      ...{ accounts: applied.accounts, folder, stack, names, sagemaker, ssm },
      runs: { tool: tools().terraform, directoryOf },
      runner: new StackRunner(new AbortController().signal, () => undefined),
      release: acceptableRelease(version, accepted, servedHash(added.estate, prod, mammoSeverity)),
      test: async () => testEndpoint(scoringAtOnce(runtime, names.endpoint), await heldOutRows(s3, uri)),
      report: () => undefined,
    });
  };
  const scores = async () => (await scoreRows(runtime, names.endpoint, features)).scores;

  const first = await release(0);
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
      MLOPS_ENVIRONMENTS: ofTheJob.folder,
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
  const { summaries } = await plan({ ...run, stacks: of(...endpoints) }, { attributes: false });
  expect(summaries.map(({ changes }) => changes)).toEqual([[], [], []]);
  const captured = await s3.send(
    new ListObjectsV2Command({
      Bucket: "mlops-prod-sagemaker-data-222222222222",
      Prefix: names.capturePrefix,
    }),
  );
  expect(captured.KeyCount).toBeGreaterThan(0);
});
