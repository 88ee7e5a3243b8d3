import type { Path, Problem } from "../../../config/problems";
import { standInNames, type AccountValues, type StandInName } from "../../../pipelines/imported/stand-ins";
import { UsageError } from "../../errors";
import type { GivenDefinition } from "./source";
import { keyOf, textsIn, type FoundText } from "./texts";

/** What the values of the context were where the definition comes from, as far as it says. */
export type FoundValues = Partial<AccountValues>;

/** Reads `NAME=VALUE` options. @throws UsageError for another name */
export function readValues(given: readonly string[]): FoundValues {
  return Object.fromEntries(
    given.map((text) => {
      const [, name, value] = /^(\w+)=(.+)$/.exec(text) ?? [];
      const known = standInNames.find((each) => each === name);
      if (known === undefined || value === undefined)
        throw new UsageError(
          `--was must be NAME=VALUE, NAME one of ${standInNames.join(", ")}, got: ${text}`,
        );
      return [known, value];
    }),
  );
}

/** Keys of requests whose whole value is one of the context's. */
const byKey: Readonly<Partial<Record<string, StandInName>>> = {
  RoleArn: "executionRoleArn",
  ExecutionRoleArn: "executionRoleArn",
  ModelPackageGroupName: "modelPackageGroupArn",
  KmsKeyId: "kmsKeyArn",
  VolumeKmsKeyId: "volumeKeyArn",
};

const bySuffix = [
  ["-latest-approved-model", "latestApprovedModelFunctionArn"],
  ["-seal-version", "sealVersionFunctionArn"],
] as const satisfies readonly (readonly [string, StandInName])[];

/** Which of the context's values a text is by the place that it is at; undefined where the place does not say. */
export function valueByPlace({ path, text }: FoundText): StandInName | undefined {
  if (path.includes("Environment") || path.includes("HyperParameters") || path.includes("Get"))
    return undefined;
  const key = keyOf(path);
  if (key === "FunctionArn") return bySuffix.find(([suffix]) => text.endsWith(suffix))?.[1];
  return path.at(-1) === key ? byKey[key] : undefined;
}

/**
 * What a definition's values were, from what was given and, where that does not say, from the places that they are at.
 * @param was given by the caller, which counts first
 * @returns a problem for each that cannot be told and is needed
 */
export function valuesIn(
  { source, arn }: GivenDefinition,
  was: FoundValues,
): { readonly values: FoundValues; readonly problems: readonly Problem[] } {
  const texts = textsIn(source.value);
  const placed: FoundValues = Object.fromEntries(
    texts.toReversed().flatMap((found) => {
      const name = valueByPlace(found);
      return name === undefined ? [] : [[name, found.text]];
    }),
  );
  const [, arnRegion, arnAccount] = /^arn:[\w-]+:sagemaker:([\w-]+):(\d{12}):/.exec(arn ?? "") ?? [];
  const role = /^arn:[\w-]+:iam::(\d{12}):/.exec(was.executionRoleArn ?? placed.executionRoleArn ?? "");
  const account = was.account ?? arnAccount ?? role?.[1];
  const regions = regionsIn(texts);
  const region = was.region ?? arnRegion ?? (regions.length === 1 ? regions[0] : undefined);
  const buckets = bucketsIn(texts, was.artifactsUri);
  const dataBucket = was.dataBucket ?? dataBucketAmong(buckets, account);
  const values = withoutUndefined({ ...placed, ...was, account, region, dataBucket });
  const missing = [
    ...(account === undefined ? ["account: no role says it"] : []),
    ...(region === undefined ? [`region: it has ${regions.join(", ") || "none"}`] : []),
    ...(dataBucket === undefined && buckets.length > 0 ? [`dataBucket: it has ${buckets.join(", ")}`] : []),
  ];
  const stepsPath: Path = ["Steps"];
  return {
    values,
    problems: missing.map((what) =>
      source.atHiddenValue(
        stepsPath,
        `do not say which value was the context's: give it with --was ${what.replace(":", "=…:")}`,
      ),
    ),
  };
}

const withoutUndefined = (values: Readonly<Record<string, string | undefined>>): FoundValues =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const regionsIn = (texts: readonly FoundText[]): string[] => {
  const found = (pattern: RegExp) => [
    ...new Set(texts.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, region]) => region ?? ""))),
  ];
  const ofArns = found(/\barn:[\w-]+:[\w-]+:([a-z]{2,4}(?:-[a-z]+)+-\d):\d{12}:/g);
  return ofArns.length > 0 ? ofArns : found(/\.dkr\.ecr\.([\w-]+)\.amazonaws\.com/g);
};

const bucketsIn = (texts: readonly FoundText[], artifactsUri: string | undefined): string[] => [
  ...new Set(
    texts
      .filter(({ text }) => artifactsUri === undefined || !text.startsWith(artifactsUri))
      .flatMap(({ text }) =>
        [...text.matchAll(/s3:\/\/([a-z0-9][a-z0-9.-]+)/g)].map(([, name]) => name ?? ""),
      ),
  ),
];

/** The only one, or the only one that bears the account's id. */
function dataBucketAmong(buckets: readonly string[], account: string | undefined): string | undefined {
  const own = buckets.filter((bucket) => account !== undefined && bucket.includes(account));
  const [only, ...more] = own.length > 0 ? own : buckets;
  return more.length === 0 ? only : undefined;
}
