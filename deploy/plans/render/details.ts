import type { Action, AttributeChange, ResourceSummary } from "../summary";
import type { SignedLine } from "../summary/lines";
import { unknown } from "../summary/values";
import { printable } from "./printable";
import { beforeAndAfter, shortened } from "./shorten";

/** Signs of Terraform's own, which reviewers know. */
const signs: Readonly<Record<Action, string>> = {
  create: "+",
  change: "~",
  replace: "-/+",
  destroy: "-",
  import: "<=",
  move: "->",
  forget: "x",
};

/** One attribute as reviewers read it: in one line, or under one. */
export interface AttributeDetails {
  readonly title: string;
  readonly lines: readonly SignedLine[];
}

/** One resource as reviewers read it. */
export interface ResourceDetails {
  readonly title: string;
  readonly attributes: readonly AttributeDetails[];
}

export function detailsOf(resource: ResourceSummary): ResourceDetails {
  const { action, address, attributes } = resource;
  const pending = attributes.filter(({ after }) => after === unknown).map(({ path }) => path);
  const known = attributes.filter(({ after }) => after !== unknown).map(detailsOfAttribute);
  const later = { title: printable(`known after the apply: ${pending.join(", ")}`), lines: [] };
  return {
    title: printable(`${signs[action]} ${address}${remarksOn(resource)}`),
    attributes: pending.length > 0 ? [...known, later] : known,
  };
}

const repairs = { all: "repairs configuration drift", part: "repairs configuration drift, in part" };

function remarksOn({ action, reason, losing, movedFrom, repairs: repaired }: ResourceSummary): string {
  const remarks = [
    ...(action === "create" || action === "change" ? [] : [action]),
    ...(reason === undefined ? [] : [reason]),
    ...(movedFrom === undefined ? [] : [`was ${movedFrom}`]),
    ...(losing === undefined ? [] : [`LOSES ${losing.toUpperCase()}`]),
    ...(repaired === undefined ? [] : [repairs[repaired]]),
  ];
  return remarks.length > 0 ? `  (${remarks.join("; ")})` : "";
}

function detailsOfAttribute(attribute: AttributeChange): AttributeDetails {
  const { path, lines } = attribute;
  const remarks = remarksOnAttribute(attribute);
  const remark = remarks.length > 0 ? ` (${remarks.join("; ")})` : "";
  if (!lines) return { title: printable(`${path}: ${valuesOf(attribute)}${remark}`), lines: [] };
  return {
    title: printable(`${path}${remark}:`),
    lines: lines.map(({ sign, text }) => ({ sign, text: printable(shortened(text)) })),
  };
}

function remarksOnAttribute({ written, drifted }: AttributeChange): string[] {
  return [
    ...(written ? ["as the code has it; ${…} is known after the apply"] : []),
    ...(drifted === "repaired" ? ["changed outside of the code, and put back"] : []),
    ...(drifted === "and changed" ? ["changed outside of the code as well"] : []),
  ];
}

function valuesOf({ before, after }: AttributeChange): string {
  if (before === undefined) return `+ ${shortened(after ?? "null")}`;
  if (after === undefined) return `- ${shortened(before)}`;
  const [old, current] = beforeAndAfter(before, after);
  return `${old} → ${current}`;
}

/** What a plan does to one resource, in lines: the resource first, then its attributes. */
export function describeResource(resource: ResourceSummary): string[] {
  const { title, attributes } = detailsOf(resource);
  return [title, ...attributes.flatMap(linesOfAttribute).map((line) => `    ${line}`)];
}

/** What becomes of one attribute, in lines. */
export const describeAttribute = (attribute: AttributeChange): string[] =>
  linesOfAttribute(detailsOfAttribute(attribute));

const linesOfAttribute = ({ title, lines }: AttributeDetails): string[] => [
  title,
  ...lines.map(({ sign, text }) => `${sign} ${text}`),
];
