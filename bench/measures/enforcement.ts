import { join } from "node:path";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  CreateBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { forkLocalAws, liftPolicies, startLocalAws, type LocalAws } from "../../emulator/local-aws";
import { benchFolder, type Measure } from "../bench";
import { actingAs, allow } from "../endpoint/acting-as";
import { secondsOf, slower } from "../figures";
import { takeTurns } from "../rounds";
import type { Figure } from "../row";
import { timeOf, type Timing } from "../timing";

const account = "111111111111";
const caller = "444444444444";
const administrator = `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`;
const reader = `arn:aws:iam::${account}:role/reader`;
const object = { Bucket: "bench-enforcement", Key: "rows.csv" };

/** The same calls of a role with a policy to a local AWS that judges each, and to its copy in which policies are lifted (ADR 40). */
export const measureEnforcement: Measure = async ({ quick, tools, say }) => {
  const judging = await startLocalAws({
    python: tools.python,
    callerAccount: caller,
    logFile: join(benchFolder, "enforcement.log"),
    authorization: { administrators: [administrator], ledger: join(benchFolder, "enforcement-needs.jsonl") },
  });
  try {
    await makeReader(judging);
    const lifted = await forkLocalAws(judging);
    await liftPolicies(lifted);
    const count = quick ? 50 : 200;
    const [ours, others] = [await s3As(judging, reader), await s3As(lifted, reader)];
    if ((await mayWrite(ours)) || !(await mayWrite(others)))
      throw new Error("what the role may not do must be refused where policies count, and there alone");
    const turns = await takeTurns(
      { with: () => calls(ours, count), without: () => calls(others, count) },
      { count: quick ? 3 : 7, say },
    );
    const judged = withoutCpu(secondsOf(`${2 * count} calls, each judged`, turns.with));
    const baseline = withoutCpu(secondsOf("the same calls, none judged", turns.without));
    const what = "calls to local AWS, policies enforced";
    return [{ measure: "enforcement", what, ours: judged, baseline, ratio: slower(judged, baseline) }];
  } finally {
    await judging.stop();
  }
};

/** Both servers go on between rounds, so that processor time of programs that ended says nothing of them. */
const withoutCpu = (figure: Figure): Figure => ({ ...figure, cpuSeconds: undefined });

async function makeReader(localAws: LocalAws): Promise<void> {
  const settings = await actingAs(localAws, administrator);
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: object.Bucket }));
  await s3.send(new PutObjectCommand({ ...object, Body: "1,2\n" }));
  const iam = new IAMClient(settings);
  await iam.send(
    new CreateRoleCommand({
      RoleName: "reader",
      AssumeRolePolicyDocument: allow({
        Principal: { AWS: `arn:aws:iam::${caller}:root` },
        Action: "sts:AssumeRole",
      }),
    }),
  );
  const bucket = `arn:aws:s3:::${object.Bucket}`;
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: "reader",
      PolicyName: "read",
      PolicyDocument: allow({ Action: ["s3:GetObject", "s3:ListBucket"], Resource: [bucket, `${bucket}/*`] }),
    }),
  );
}

const s3As = async (localAws: LocalAws, role: string): Promise<S3Client> =>
  new S3Client({ ...(await actingAs(localAws, role)), forcePathStyle: true });

/** Whether a role that may only read can write. */
const mayWrite = (s3: S3Client): Promise<boolean> =>
  s3.send(new PutObjectCommand({ ...object, Key: "other.csv", Body: "" })).then(
    () => true,
    () => false,
  );

/** One after the other, as a job makes them. */
const calls = (s3: S3Client, count: number): Promise<Timing> =>
  timeOf(async () => {
    for (let each = 0; each < count; each += 1) {
      await s3.send(new HeadObjectCommand(object));
      await s3.send(new ListObjectsV2Command({ Bucket: object.Bucket }));
    }
  });
