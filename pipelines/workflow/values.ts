import type { Json } from "../definition/values";
import { unrenderable } from "../definition/unrenderable";

/** Stands for a value that is known only when the workflow runs. */
export abstract class RunValue {
  /** A JSONPath, or an intrinsic function of Amazon States Language. */
  abstract readonly expression: string;

  toJSON(): string {
    return this.expression;
  }

  /** @throws Error always: it would become a part of a text that is written before the workflow runs */
  toString(): never {
    throw new Error(
      `${this.expression} is known only when the workflow runs: put it into a text with the tag text\`…\``,
    );
  }
}

/** A place in what an execution knows. Conditions compare these. */
export class Reference extends RunValue {
  constructor(readonly expression: string) {
    super();
  }
}

/** A result of an intrinsic function. https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html */
class Computed extends RunValue {
  constructor(readonly expression: string) {
    super();
  }
}

/** Texts and values put together when the workflow runs. */
export class Format extends RunValue {
  constructor(readonly parts: readonly Text[]) {
    super();
  }

  get expression(): string {
    const values = this.parts.filter((part) => typeof part !== "string");
    const template = this.parts.map((part) => (typeof part === "string" ? escaped(part) : "{}")).join("");
    return `States.Format('${template}', ${values.map(({ expression }) => expression).join(", ")})`;
  }

  /** What is known of it before the workflow runs: the text that it begins with. */
  get known(): string {
    const [first = ""] = this.parts;
    return typeof first === "string" ? first : "";
  }
}

/** A name that no other run has, for the jobs and models of one: only `runName` makes these. */
export class RunName extends Format {
  constructor(
    readonly prefix: string,
    run: RunId,
  ) {
    super([`${prefix}-`, run]);
  }
}

/** Tells runs apart, by 36 characters; the workflow draws it at its start. */
export class RunId extends Reference {
  /** Keeps other references from standing for one. */
  protected readonly drawn = true;
}

/** A text, or what stands for one. */
export type Text = string | RunValue;

/** What a state hands over: JSON in which any leaf may stand for what is known only when the workflow runs. */
export type Data = string | number | boolean | null | undefined | RunValue | readonly Data[] | Payload;

export interface Payload {
  readonly [key: string]: Data;
}

/** In characters, of names of jobs and models in SageMaker. */
const nameLimit = 63;
const runIdLength = 36;

/**
 * A name for a job or a model of a run; permissions are for all names with its prefix.
 * @throws Error where SageMaker would refuse the name
 */
export function runName(prefix: string, run: RunId): RunName {
  const longest = nameLimit - runIdLength - 1;
  if (!/^[A-Za-z0-9](-?[A-Za-z0-9])*$/.test(prefix) || prefix.length > longest)
    throw new Error(
      `prefix of a run's names must be 1 to ${longest} letters, digits and inner dashes, got: "${prefix}"`,
    );
  return new RunName(prefix, run);
}

/** A text with values that are known when the workflow runs, such as text`s3://bucket/${before.Run.id}/output`. */
export function text(strings: TemplateStringsArray, ...values: readonly Text[]): Text {
  const parts = strings.flatMap((string, at) => [string, ...values.slice(at, at + 1).flatMap(partsOf)]);
  const full = merged(parts.filter((part) => part !== ""));
  return full.some((part) => typeof part !== "string") ? new Format(full) : full.join("");
}

const partsOf = (value: Text): readonly Text[] => (value instanceof Format ? value.parts : [value]);

/** The sum of two whole numbers. */
export const sum = (left: RunValue, right: number): RunValue =>
  new Computed(`States.MathAdd(${left.expression}, ${right})`);

/** The number that a text is; where it is none, the execution ends with one of AWS's own errors. */
export const numberOf = (digits: RunValue): RunValue =>
  new Computed(`States.StringToJson(${digits.expression})`);

/** The first of a list; not there, where the list is empty. */
export const firstOf = (list: Reference): Reference => new Reference(`${list.expression}[0]`);

/** A place in what another refers to; it may not be there, which a condition can ask. */
export const within = (whole: Reference, path: string): Reference =>
  new Reference(`${whole.expression}.${path}`);

/** https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html#asl-intrsc-func-uuid-generate */
export const uuid: RunValue = new Computed("States.UUID()");

/** What is known of a text before the workflow runs: the beginning, or nothing. */
export function knownStart(value: Text): string {
  if (typeof value === "string") return value;
  return value instanceof Format ? value.known : "";
}

/** Of URIs of which nothing is known, whoever wrote there says who may read. */
export const knownUris = (uris: readonly Text[]): string[] =>
  uris.map(knownStart).filter((known) => known !== "");

/**
 * Renders a payload template: a key whose value is known only when the workflow runs ends in `.$`.
 * @throws Error naming what JSON has no value for, a key that would be read as such a one, or a list of lists
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-inputpath-params.html
 */
export function payloadTemplate(payload: Payload): Json {
  const faults = unrenderable(payload, "");
  if (faults.length > 0) throw new Error(faults.join("; "));
  return object(payload);
}

function object(payload: Payload): Json {
  const given = Object.entries(payload).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([key, value]) => entry(key, value)));
}

function entry(key: string, value: Data): [string, Json] {
  if (key.endsWith(".$")) throw new Error(`a key must not end in ".$", got: "${key}"`);
  const computed = expressionOf(value);
  return computed === undefined ? [key, literal(value)] : [`${key}.$`, computed];
}

function expressionOf(value: Data): string | undefined {
  if (value instanceof RunValue) return value.expression;
  if (!Array.isArray(value) || !value.some((item) => item instanceof RunValue)) return undefined;
  return `States.Array(${(value as readonly Data[]).map(argument).join(", ")})`;
}

function argument(value: Data): string {
  if (value instanceof RunValue) return value.expression;
  if (typeof value === "string") return `'${escaped(value)}'`;
  if (typeof value === "number" || typeof value === "boolean" || value === null) return String(value);
  throw new Error(`a list with what is known only when the workflow runs must hold texts and numbers alone`);
}

function literal(value: Data): Json {
  if (Array.isArray(value)) return (value as readonly Data[]).map(literal);
  return typeof value === "object" && value !== null ? object(value as Payload) : (value as Json);
}

const escaped = (part: string): string => part.replaceAll(/[\\'{}]/g, String.raw`\$&`);

const merged = (parts: readonly Text[]): Text[] =>
  parts.reduce<Text[]>((all, part) => {
    const last = all.at(-1);
    return typeof last === "string" && typeof part === "string"
      ? [...all.slice(0, -1), last + part]
      : [...all, part];
  }, []);
