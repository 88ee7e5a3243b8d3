import { applyEdits, visit, type Edit } from "jsonc-parser";
import type { Path, Problem } from "../../../config/problems";
import { containerImages } from "../../../core/container-images";
import { registryName, standIn, type StandInName } from "../../../pipelines/imported/stand-ins";
import type { GivenDefinition } from "./source";
import { textsIn, type FoundText } from "./texts";
import { valueByPlace, type FoundValues } from "./values";

/** A definition's text with stand-ins in place of an account's values; all else is as it was written. */
export function templateOf({ text }: GivenDefinition, values: FoundValues): string {
  const edits: Edit[] = [];
  visit(text, {
    onLiteralValue: (value, offset, length, _line, _column, path) => {
      if (typeof value !== "string") return;
      const written = text.slice(offset + 1, offset + length - 1);
      const content = withStandIns(written, { path: path(), text: value }, values);
      if (content !== written) edits.push({ offset: offset + 1, length: length - 2, content });
    },
  });
  return applyEdits(text, edits);
}

function withStandIns(written: string, found: FoundText, values: FoundValues): string {
  const place = valueByPlace(found);
  if (place !== undefined && values[place] === found.text) return standIn(place);
  const whole = inTexts.reduce(
    (text, name) => replaced(text, values[name], name, (value) => `${value}(?![\\w.-])`),
    written,
  );
  const bucket = replaced(
    whole,
    values.dataBucket,
    "dataBucket",
    (value) => `(?<=^|://|:::)${value}(?![\\w.-])`,
  );
  const images = withRegistries(bucket, values.region);
  const account = replaced(images, values.account, "account", (value) => `(?<!\\d)${value}(?!\\d)`);
  return replaced(account, values.region, "region", (value) => `(?<!\\w)${value}(?!\\w)`);
}

/** What may be a part of a longer text, such as a script's arguments; the longest first. */
const inTexts = [
  "artifactsUri",
  "executionRoleArn",
  "modelPackageGroupArn",
  "latestApprovedModelFunctionArn",
  "sealVersionFunctionArn",
  "kmsKeyArn",
  "volumeKeyArn",
] as const satisfies readonly StandInName[];

function replaced(
  text: string,
  value: string | undefined,
  name: StandInName,
  pattern: (escaped: string) => string,
): string {
  // A key's id or a group's name alone is one only where its place says so.
  if (value === undefined || (name.endsWith("Arn") && !value.startsWith("arn:"))) return text;
  const escaped = value.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
  return text.replaceAll(new RegExp(pattern(escaped), "g"), standIn(name));
}

/** AWS's own images lie in another account in each region. */
function withRegistries(text: string, region = ""): string {
  return Object.entries(containerImages).reduce((image, [name, { repository, accounts }]) => {
    const account = (accounts as Readonly<Partial<Record<string, string>>>)[region];
    const start = `${account}.dkr.ecr.${region}.`;
    const isOf = image.startsWith(start) && image.split("/")[1]?.split(/[:@]/)[0] === repository;
    return isOf ? `${standIn(registryName(name))}${image.slice(String(account).length)}` : image;
  }, text);
}

/** Ids of accounts that ARNs, queues and roles in a definition may be of, beside its own. */
export type KeptAccounts = readonly string[];

/** ARNs and queues of accounts that are not the definition's own, which no permission here could reach. */
export function strangersIn({ source }: GivenDefinition, template: unknown, kept: KeptAccounts): Problem[] {
  return textsIn(template).flatMap(({ path, text }) => {
    const ids = [...text.matchAll(/arn:[\w-]+:[\w-]+:[^:]*:(\d{12}):|\/\/sqs\.[^/]+\/(\d{12})\//g)];
    const strange = ids.flatMap(([, arn, queue]) => arn ?? queue ?? "").find((id) => !kept.includes(id));
    if (strange === undefined) return [];
    return [
      source.atValue(path, `must be of the pipeline's own account; --keep-account ${strange} leaves it`),
    ];
  });
}

/** What stays as it is though it may be an account's own, and what has to be there: each in a sentence. */
export function remarksOn(template: unknown): string[] {
  const texts = textsIn(template);
  const all = (pattern: RegExp, say: (found: string) => string) =>
    [
      ...new Set(texts.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, found]) => found ?? ""))),
    ].map(say);
  const read = texts
    .filter(({ path, text }) => text.startsWith("s3://") && !isWritten(path))
    .map(({ text }) => text);
  return [
    ...all(
      /s3:\/\/([a-z0-9][a-z0-9.-]+)/g,
      (bucket) => `bucket ${bucket} stays; if it is of another account, add that to bucketAccounts`,
    ),
    ...all(/^(\d{12}\.dkr\.ecr\..+)$/g, (image) => `image ${image} stays`),
    ...all(/:((?:key|alias)\/[\w/-]+)/g, (key) => `${key} stays, and must be a key of each account`),
    ...all(/:function:([\w-]+)/g, (name) => `function ${name} must be in each account`),
    ...all(/sqs\.[^/]+\/[^/]+\/([\w-]+)/g, (name) => `queue ${name} must be in each account`),
    ...[...new Set(read)].map((uri) => `it reads ${uri}, which must be there`),
  ];
}

const isWritten = (path: Path): boolean =>
  path.some((step) => String(step).includes("Output")) && !path.includes("Parameters");
