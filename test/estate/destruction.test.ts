import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateModelPackageCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { destroyEstate } from "../../deploy/destruction/destroy-estate";
import { contentsOfStacks } from "../../deploy/destruction/state-contents";
import { estateFolder } from "../support/environments";
import { mlops } from "../support/mlops";
import { AppliedEstate } from "../support/applied-estate";
import { changes } from "../support/changed-estate";
import { silentRunner } from "../support/deployment";
import { ChangedStacks } from "./support/changed-stacks";
import { leftovers } from "./support/leftovers";

const Bucket = "mlops-prod-sagemaker-data-222222222222";
const trail = "registry-audit";
let applied: AppliedEstate;
/** The trail's outcome: it is applied while other tests run, for that is mostly waiting. */
let standing: Promise<Record<string, string>>;

beforeAll(async () => {
  applied = await AppliedEstate.copy();
  await leaveData();
  standing = applyTrail();
});
afterAll(() => applied.stop());

/** What AWS lets nobody destroy before it is emptied: versions of objects, and versions of a model. */
async function leaveData(): Promise<void> {
  const s3 = new S3Client({ ...(await applied.access("prod")), forcePathStyle: true });
  for (const Body of ["first", "second"])
    await s3.send(new PutObjectCommand({ Bucket, Key: "rows.csv", Body }));
  await new SageMakerClient(await applied.access("registry")).send(
    new CreateModelPackageCommand({ ModelPackageGroupName: "mammo-severity-model-package" }),
  );
}

async function applyTrail(): Promise<Record<string, string>> {
  const asked = new ChangedStacks(applied, "trail", changes["a trail asked for"]);
  await asked.planned([trail]);
  return asked.apply([trail]);
}

test("several accounts are bootstrapped side by side, again and again", async () => {
  const { exitCode, stdout } = await mlops(["bootstrap", "dev", "registry"], { environments: estateFolder });
  expect({ exitCode, lines: stdout.split("\n") }).toEqual({
    exitCode: 0,
    lines: [
      "Account 111111111111 (dev) has its state bucket: mlops-dev-terraform-state-111111111111",
      "Account 333333333333 (registry) has its state bucket: mlops-registry-terraform-state-333333333333",
    ],
  });
});

test("what holds data is destroyed only where it is allowed; one line allows all of it", async () => {
  const { exitCode, stderr } = await mlops(["destroy", "jenkins", "--yes", "jenkins"], {
    environments: estateFolder,
  });
  expect(exitCode).toBe(1);
  const addresses = [...stderr.matchAll(/would destroy (\S+) and lose/g)].map(([, address = ""]) => address);
  expect(addresses.length).toBeGreaterThan(1);
  const line = /^ {2}to let all of it go: mlops destroy jenkins (.*)$/m.exec(stderr)?.[1] ?? "";
  expect(line.match(/--allow-destroy '[^']+'/g)).toHaveLength(addresses.length);
});

test("a trail taken out of an account's file stays until each that holds records, keys or events is allowed to go", async () => {
  expect(await standing).toEqual({ [trail]: "applied" });
  const s3 = new S3Client({ ...(await applied.access("registry")), forcePathStyle: true });
  const records = { Bucket: "mlops-registry-audit-333333333333", Key: "AWSLogs/333333333333/record.json.gz" };
  for (const Body of ["first", "second"]) await s3.send(new PutObjectCommand({ ...records, Body }));

  const destroy = (...more: string[]) =>
    mlops(["destroy", trail, "--yes", trail, ...more], { environments: estateFolder });
  const refused = await destroy();
  const addresses = [...refused.stderr.matchAll(/would destroy (\S+) and lose/g)].map(([, one = ""]) => one);
  expect(refused.exitCode).toBe(1);
  expect(addresses.map((address) => address.split(".")[0]).toSorted()).toEqual([
    "aws_kms_key",
    "aws_s3_bucket",
    "aws_sqs_queue",
  ]);
  expect(await leftovers(applied)).toContain(`registry: ${records.Bucket}`);
  const line = new RegExp(`^ {2}to let all of it go: mlops destroy ${trail} (.*)$`, "m").exec(refused.stderr);
  const allowed = (line?.[1] ?? "").split(" ").map((word) => word.replaceAll("'", ""));
  expect(await destroy(...allowed)).toMatchObject({ exitCode: 0, stdout: `Nothing of ${trail} is left` });
  expect((await leftovers(applied)).filter((one) => one.includes("audit"))).toEqual([]);
});

test("every stack is destroyed with all it holds, the state buckets last", async () => {
  const { stacks, accounts, estate, runs } = applied;
  expect(await leftovers(applied)).toContain(`prod: ${Bucket}`);
  const ids = stacks.map(({ id }) => id);
  const holdings = await contentsOfStacks(accounts, stacks);
  expect(holdings.map(({ id }) => id)).toEqual(ids);
  const runner = silentRunner();
  const { destroyed, failures } = await destroyEstate({ estate, runs, accounts, runner, holdings });
  expect(failures).toEqual([]);
  expect(destroyed.toSorted()).toEqual(ids.toSorted());
  expect(await leftovers(applied)).toEqual([]);
});
