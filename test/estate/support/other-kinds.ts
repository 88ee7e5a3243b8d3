import { join } from "node:path";
import { CopyObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { SSMClient } from "@aws-sdk/client-ssm";
import { modelLike } from "../../../bench/estates/models";
import { endpointNames } from "../../../core/naming";
import { releaseKey } from "../../../core/releases";
import { PlanFolder } from "../../../deploy/plans/plan-folder";
import { releaseVersion, type ReleaseResult } from "../../../deploy/releases/release";
import { testEndpoint } from "../../../deploy/releases/test-release";
import { scoringByS3 } from "../../../operate/requests";
import { scoringAtOnce } from "../../../operate/scoring";
import { mammoSeverity } from "../../../pipelines/mammo-severity/model";
import { servedHash } from "../../../stacks/kinds/endpoint/served";
import { listStacks } from "../../../stacks/list";
import { workloadsOf } from "../../../stacks/topology";
import type { AppliedEstate } from "../../support/applied-estate";
import type { ChangedEstate } from "../../support/changed-estate";
import { silentRunner } from "../../support/deployment";
import { tools } from "../../support/tools";
import type { ServedVersion } from "./served-versions";

/** Models that prod serves otherwise than in real time, and trains nowhere. */
export const otherKinds = {
  "mass-rare": { pipelines: [], endpoint: { serverless: { memoryMb: 1024 } } },
  "mass-slow": { pipelines: [], endpoint: { asynchronous: {}, instances: { min: 0, max: 2 } } },
} as const;
type Name = keyof typeof otherKinds;

export const modelsOfOtherKinds = Object.keys(otherKinds).map((name) => modelLike(mammoSeverity, name));

export const endpointStackOf = (name: string): string => `prod-${name}-endpoint`;

/** What a release of one of these models came to, and what it then says of the held-out rows. */
export interface ReleasedKind {
  readonly result: ReleaseResult;
  readonly scores: readonly number[];
  /** How many objects lie below each prefix of the data bucket. */
  readonly objects: Readonly<Record<string, number>>;
}

/** Releases a version that was made for another model, asked as whoever asks such an endpoint would ask it. */
export async function releaseKind(
  applied: AppliedEstate,
  { estate, models }: ChangedEstate,
  name: Name,
  given: {
    readonly directoryOf: (stack: string) => string;
    readonly version: ServedVersion;
    /** Held-out, label first. */
    readonly rows: string;
  },
): Promise<ReleasedKind> {
  const [prod] = workloadsOf(estate).filter((workload) => workload.name === "prod");
  const [stack] = listStacks(estate, models).filter(({ id }) => id === endpointStackOf(name));
  const [model] = models.filter((each) => each.name === name);
  if (!prod || !stack || !model) throw new Error(`prod must serve ${name}`);
  const access = await applied.access("prod");
  const s3 = new S3Client({ ...access, forcePathStyle: true });
  const names = endpointNames("mlops", name);
  const runtime = new SageMakerRuntimeClient(access);
  const { endpoint, requestPrefix } = names;
  const scoring =
    name === "mass-slow"
      ? scoringByS3({ runtime, s3, endpoint, bucket: dataBucket, requestPrefix })
      : scoringAtOnce(runtime, endpoint);
  const result = await releaseVersion({
    ...{ accounts: applied.accounts, stack, names },
    sagemaker: new SageMakerClient(access),
    ssm: new SSMClient(access),
    folder: new PlanFolder(join(applied.folder, `plans-of-${name}`)),
    runs: { tool: tools().terraform, directoryOf: given.directoryOf },
    runner: silentRunner(),
    release: {
      ...{ version: 1, modelPackageArn: given.version.arn, image },
      modelData: await copyOfArtifact(applied, name),
      key: releaseKey(1, servedHash(estate, prod, model)),
    },
    test: () => testEndpoint(scoring, { text: given.rows, uri: "rows", recordedAuc: 0.5 }),
    report: () => undefined,
  });
  const features = given.rows
    .trim()
    .split("\n")
    .map((row) => row.slice(row.indexOf(",") + 1));
  const { scores } = await scoring.score(features);
  const count = async (Prefix: string) =>
    (await s3.send(new ListObjectsV2Command({ Bucket: dataBucket, Prefix }))).KeyCount ?? 0;
  const places = ["requests", "answers", "answers/failures"] as const;
  const counts = await Promise.all(places.map((place) => count(`${name}/captured/${place}/`)));
  return { result, scores, objects: Object.fromEntries(places.map((place, at) => [place, counts[at] ?? 0])) };
}

const image = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5";
const artifacts = "mlops-sagemaker-artifacts-333333333333";
const dataBucket = "mlops-prod-sagemaker-data-222222222222";

/** Where the model's own versions lie. @returns `s3://…` */
async function copyOfArtifact(applied: AppliedEstate, name: Name): Promise<string> {
  const key = `prod/${name}/versions/1/model.tar.gz`;
  await new S3Client(await applied.access("registry")).send(
    new CopyObjectCommand({
      ...{
        Bucket: artifacts,
        Key: key,
        CopySource: `${artifacts}/prod/mammo-severity/versions/1/model.tar.gz`,
      },
      ...{ ServerSideEncryption: "aws:kms", IfNoneMatch: "*" },
      SSEKMSKeyId: "arn:aws:kms:us-east-1:222222222222:alias/mlops-prod",
    }),
  );
  return `s3://${artifacts}/${key}`;
}
