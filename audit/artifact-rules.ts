import type { Estate } from "../config/schema";
import { bucketArn } from "../core/arns";
import { artifactPrefixes } from "../core/artifacts";
import { registryNames } from "../core/naming";
import type { Cell } from "./matrix";
import { describe, type Rule } from "./rule";

/** Central artifacts buckets, by ARN. */
const artifactBuckets = ({ environments, shared: { project } }: Estate): string[] =>
  environments.flatMap((environment) => {
    if (environment.kind !== "registry") return [];
    const { account, name, names } = environment;
    const { artifactsBucket } = registryNames({ project, account, environment: name }, names);
    return [bucketArn(environment, artifactsBucket)];
  });

const objectIn =
  (estate: Estate) =>
  ({ resource }: Cell): string | undefined => {
    const bucket = artifactBuckets(estate).find((arn) => resource.startsWith(`${arn}/`));
    return bucket && resource.slice(bucket.length + 1);
  };

const overwrites = ({ action, when }: Cell): boolean =>
  action === "s3:PutObject" &&
  when["s3:ObjectCreationOperation"] === "true" &&
  when["s3:if-none-match"] === undefined;

/** `prod` of `prod/sagemaker-execution-role`, and of `prod/mammo-severity/runs/…`. */
const firstOf = (path: string): string => path.split("/")[0] ?? "";

/** What was approved is what runs. */
export const artifactRules: readonly Rule[] = [
  {
    title: "Nobody overwrites the files of a version, an administrator neither",
    broken: ({ cells }, estate) => {
      const keptFile = `${artifactPrefixes("any", "any").versions}any`;
      return cells
        .filter((cell) => overwrites(cell) && objectIn(estate)(cell) === keptFile)
        .flatMap((cell) => [
          ...cell.allowed.map((name) => `${name}: ${describe(cell)}`),
          ...(cell.deniedToAdministrator ? [] : [`its administrator: ${describe(cell)}`]),
        ]);
    },
  },
  {
    title: "No role deletes an artifact",
    broken: ({ cells }, estate) =>
      cells
        .filter((cell) => cell.action.startsWith("s3:DeleteObject") && objectIn(estate)(cell) !== undefined)
        .flatMap((cell) => cell.allowed.map((name) => `${name}: ${describe(cell)}`)),
  },
  {
    title: "A role writes artifacts below its own environment, and nowhere else",
    broken: ({ cells }, estate) =>
      cells.flatMap((cell) => {
        const key = objectIn(estate)(cell);
        if (cell.action !== "s3:PutObject" || key === undefined) return [];
        return cell.allowed
          .filter((name) => firstOf(name) !== firstOf(key))
          .map((name) => `${name}: ${describe(cell)}`);
      }),
  },
];
