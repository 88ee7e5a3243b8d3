import type { Change, Json } from "../../terraform/plan-json";
import { isObject, marksAt, structureOf, type JsonObject } from "./values";

/** What the synthesised files say of a resource's attributes, by its address; undefined where they have no such. */
export type WrittenAttributes = (address: string) => JsonObject | undefined;

interface FilledChange {
  readonly change: Change;
  /** Attributes that are shown as the code has them. */
  readonly written: readonly string[];
}

/**
 * A policy that names what is not made yet is known after the apply only, as a whole. It is shown as the code has it,
 * with the references in it.
 */
export function withWritten(change: Change, attributes: JsonObject = {}): FilledChange {
  const { after, after_unknown: unknown } = change;
  const written = Object.keys(attributes).filter(
    (name) => marksAt(unknown, name) === true && isDocument(attributes[name]),
  );
  if (written.length === 0 || !isObject(after) || !isObject(unknown)) return { change, written: [] };
  const filled = written.map((name): [string, Json] => [name, attributes[name] ?? null]);
  const known = written.map((name): [string, Json] => [name, false]);
  return {
    written,
    change: {
      ...change,
      after: { ...after, ...Object.fromEntries(filled) },
      after_unknown: { ...unknown, ...Object.fromEntries(known) },
    },
  };
}

const isDocument = (value: Json | undefined): boolean =>
  typeof value === "string" && structureOf(value) !== value;

/** Reads what a stack's synthesised configuration (`cdk.tf.json`) says of its resources. */
export function writtenIn(configuration: unknown): WrittenAttributes {
  const types = partOf(configuration as Json, "resource");
  return (address) => {
    const [type = "", name = ""] = address.replace(/\[.*$/, "").split(".");
    const attributes = partOf(partOf(types, type), name);
    return isObject(attributes) ? attributes : undefined;
  };
}

const partOf = (value: Json | undefined, name: string): Json | undefined =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
