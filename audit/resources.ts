import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { regionalArn } from "../core/arns";
import { aliasOf, arnOf, drawnIdOf, keyArn, keyName, type Attributes, type Raw } from "./arn-of";

/** One resource of a synthesised stack; expressions are resolved to what they will be on AWS. */
export interface Resource extends Raw {
  /** Of types that policies can name. */
  readonly arn: string | undefined;
}

interface StackFile {
  readonly provider: {
    readonly aws: readonly { readonly allowed_account_ids: readonly string[]; readonly region: string }[];
  };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly data?: StackFile["resource"];
}

/**
 * All resources of all stacks, with their expressions resolved.
 * @param stacks folder that holds one for each stack, as `cdktf synth` writes it
 * @throws Error naming an expression that no rule resolves
 */
export function readResources(stacks: string): Resource[] {
  return readdirSync(stacks)
    .toSorted()
    .flatMap((stack) =>
      resourcesOf(stack, JSON.parse(readFileSync(join(stacks, stack, "cdk.tf.json"), "utf8")) as StackFile),
    );
}

/** The resources of one stack. @throws Error naming an expression that no rule resolves */
export function resourcesOf(stack: string, { provider, resource = {}, data = {} }: StackFile): Resource[] {
  const [aws] = provider.aws;
  const [account] = aws?.allowed_account_ids ?? [];
  if (!aws || account === undefined) throw new Error(`stack ${stack} names no account`);
  const where = { account, region: aws.region };
  const listed = (all: NonNullable<StackFile["resource"]>, prefix = "") =>
    Object.entries(all).flatMap(([type, ofType]) =>
      Object.entries(ofType).map(([id, attributes]) => ({
        stack,
        type: prefix + type,
        id,
        where,
        attributes,
      })),
    );
  const own = listed(resource);
  const known = [...own, ...listed(data, "data.")];
  return own.map((one) => ({
    ...one,
    attributes: resolve(one.attributes, known) as Attributes,
    arn: arnOf(one, known),
  }));
}

/** Alone, or as the last of what is tried. */
const reference = /\$\{(?:try\([^${}]*, )?((?:data\.)?\w+)\.([\w-]+)\.(\w+)\)?\}/g;

function resolve(value: unknown, known: readonly Raw[]): unknown {
  if (typeof value === "string")
    return value.replace(reference, (_expression, type: string, id: string, attribute: string) =>
      valueOf({ type, id, attribute }, known),
    );
  if (Array.isArray(value)) return value.map((one) => resolve(one, known));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one, known)]));
}

interface Reference {
  readonly type: string;
  readonly id: string;
  readonly attribute: string;
}

function valueOf({ type, id, attribute }: Reference, known: readonly Raw[]): string {
  const found = known.find((one) => one.type === type && one.id === id);
  const written = found?.attributes[attribute];
  if (typeof written === "string") return written;
  const arn = found && attribute === "arn" ? arnOf(found, known) : undefined;
  if (arn !== undefined) return arn;
  if (found && type === "aws_s3_bucket" && attribute === "id") return String(found.attributes.bucket);
  if (found && type === "aws_kms_key" && attribute === "key_id") return keyName(aliasOf(found, known));
  if (found?.type.startsWith("aws_apigatewayv2_")) return apiAttribute(found, attribute);
  if (found && isDrawnByCatalog(found, attribute)) return `${attribute}-of-${id}`;
  if (found && ["id", "prefix_list_id", "vpc_id"].includes(attribute)) {
    const drawn = drawnIdOf(found, attribute);
    if (drawn !== undefined) return drawn;
  }
  if (found && type === "data.aws_kms_alias" && attribute === "target_key_arn")
    return keyArn(found.where, String(found.attributes.name));
  throw new Error(`nothing says what \${${type}.${id}.${attribute}} is on AWS`);
}

/** Of what policies never name: the parts of a catalog, and the version of an object that is uploaded. */
const isDrawnByCatalog = ({ type }: Raw, attribute: string): boolean =>
  (type.startsWith("aws_servicecatalog_") && attribute === "id") ||
  (type === "aws_s3_object" && attribute === "version_id");

/** AWS draws the ids of APIs and of their parts: their names stand for them. */
function apiAttribute({ id: own, where, attributes }: Raw, attribute: string): string {
  const id = typeof attributes.name === "string" ? attributes.name : own;
  if (attribute === "api_endpoint") return `https://${id}.execute-api.${where.region}.amazonaws.com`;
  return attribute === "execution_arn" ? regionalArn("execute-api", where, id) : id;
}
