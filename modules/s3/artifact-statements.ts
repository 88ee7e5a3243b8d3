import { accountRootArn, type AccountRegion } from "../../core/arns";
import { artifactPrefixes, formerPrefixes } from "../../core/artifacts";
import { rolesOfAccount, type IdentityStatement, type PolicyStatement } from "../../core/policy";

/** A workload account that uses the central artifacts bucket, with its roles by what they do there. */
export interface ArtifactsUser {
  readonly environment: string;
  readonly where: AccountRegion;
  /** Environments whose models come here. */
  readonly upstream: readonly string[];
  /** Whether pipelines run there; else it only serves, and writes nothing. */
  readonly runs: boolean;
  /** ARNs, wildcards allowed, of the roles that run pipelines, and of those that endpoints have. */
  readonly execution: readonly string[];
  /** Of those that keep versions. */
  readonly sealing: readonly string[];
  /** Of those that look versions up. */
  readonly lookup: readonly string[];
}

/**
 * Bucket policy of the central artifacts bucket: each account reads what is promoted to it and, where it runs pipelines, writes
 * below its own environment only; which models, its roles' own policies say. A statement a model would not fit into a policy of
 * 20 KB.
 */
export function artifactsAccessStatements(bucketArn: string, user: ArtifactsUser): PolicyStatement[] {
  const { environment, where, execution, sealing, lookup } = user;
  const suffix = environment.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  const { runs, versions } = artifactPrefixes(environment, "*");
  const objects = (...prefixes: readonly string[]) => prefixes.map((prefix) => `${bucketArn}/${prefix}*`);
  const allow = (
    Sid: string,
    roles: readonly string[],
    on: Pick<PolicyStatement, "Action" | "Resource">,
  ): PolicyStatement => ({ Sid, Effect: "Allow", ...rolesOfAccount(where, roles), ...on });
  const read = ["s3:GetObject", "s3:GetObjectVersion"];
  const readable = readablePrefixes("*", user);
  if (!user.runs)
    return [allow(`ArtifactsFor${suffix}`, execution, { Action: read, Resource: objects(...readable) })];
  return [
    allow(`RunsOf${suffix}`, execution, { Action: ["s3:PutObject"], Resource: objects(runs) }),
    allow(`ArtifactsFor${suffix}`, [...execution, ...sealing, ...lookup], {
      Action: read,
      Resource: objects(runs, ...readable),
    }),
    allow(`VersionsOf${suffix}`, sealing, { Action: ["s3:PutObject"], Resource: objects(versions) }),
  ];
}

/** Bucket policy: the roles that run pipelines list the bucket, as far as their own policies say. */
export const listingStatement = (bucketArn: string, users: readonly ArtifactsUser[]): PolicyStatement => ({
  Sid: "Listing",
  Effect: "Allow",
  Principal: { AWS: users.map(({ where }) => accountRootArn(where)) },
  Action: ["s3:ListBucket"],
  Resource: [bucketArn],
  Condition: { ArnEquals: { "aws:PrincipalArn": users.flatMap(({ execution }) => execution) } },
});

/** Where the versions lie that an environment runs: its own, those promoted to it, and those of before. */
export const readablePrefixes = (
  model: string,
  { environment, upstream }: Pick<ArtifactsUser, "environment" | "upstream">,
): string[] => [
  ...[environment, ...upstream].map((origin) => artifactPrefixes(origin, model).versions),
  ...formerPrefixes(model),
];

/**
 * Bucket policy: below the versions of any environment an object is written where there is none, and never again. The parts of
 * an upload need no such header, its completion does.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
 */
export const writeOnceStatement = (bucketArn: string): PolicyStatement => ({
  Sid: "DenyOverwritingVersions",
  Effect: "Deny",
  Principal: "*",
  Action: ["s3:PutObject"],
  Resource: [`${bucketArn}/${artifactPrefixes("*", "*").versions}*`],
  Condition: { Null: { "s3:if-none-match": "true" }, Bool: { "s3:ObjectCreationOperation": "true" } },
});

/** Identity policy: read objects below some prefixes, and list them. */
export const readArtifactsStatements = (
  bucketArn: string,
  prefixes: readonly string[],
): IdentityStatement[] => [
  {
    Sid: "Versions",
    Effect: "Allow",
    Action: ["s3:GetObject"],
    Resource: prefixes.map((prefix) => `${bucketArn}/${prefix}*`),
  },
  {
    Sid: "Listing",
    Effect: "Allow",
    Action: ["s3:ListBucket"],
    Resource: [bucketArn],
    Condition: { StringLike: { "s3:prefix": prefixes.map((prefix) => `${prefix}*`) } },
  },
];

/** Identity policy of a role that copies a model's files, as they are in one S3 version, to where they are kept. */
export function sealStatements(bucketArn: string, model: string, environment: string): IdentityStatement[] {
  const { runs, versions } = artifactPrefixes(environment, model);
  return [
    {
      Sid: "Runs",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:GetObjectVersion"],
      Resource: [`${bucketArn}/${runs}*`],
    },
    {
      Sid: "Versions",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: [`${bucketArn}/${versions}*`],
    },
  ];
}
