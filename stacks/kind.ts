import type { App } from "cdktf";
import type { KnownStackKind } from "../config/known";
import type { Environment, Estate } from "../config/schema";
import type { Management } from "../core/management";
import type { IdentityStatement, PassedRole } from "../core/policy";
import type { Machines } from "../pipelines/definition";
import type { ModelDefinition } from "../pipelines/model";
import type { StackContext } from "./context";

/** Who applies stacks: an administrator, or the CI server. */
export const appliers = ["administrator", "ci"] as const;
export type Applier = (typeof appliers)[number];

/**
 * When stacks apply on a new estate: those of one wave beside one another, `base` beside `state`, and networks before what is put
 * in them. Teardown goes backwards, `state` last, for its buckets hold all other states.
 */
export const waves = ["network", "state", "base", "workload"] as const;
export type Wave = (typeof waves)[number];

/** One stack of the estate: its id, what kind it is, and the account it is in. */
export interface StackDescription<In extends Environment = Environment> {
  readonly id: string;
  readonly kind: string;
  readonly environment: In;
  /** The model it is for, where there is one a model. */
  readonly model?: ModelDefinition;
}

/** `trust`: the first may assume a role of the second. `data`: something goes from the first to the second. */
export interface Link {
  readonly kind: "trust" | "data";
  /** Stack ids. */
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** Whether something comes back. */
  readonly both?: boolean;
}

/** What whoever applies a stack must be able to manage, by exact name. */
export interface Managed {
  readonly services: readonly Management[];
  /** Prefixes of the account's data bucket that it writes. */
  readonly dataPrefixes: readonly string[];
  /** Roles of the account that it hands to services. */
  readonly passes: readonly PassedRole[];
}

/** What another stack must have granted before one is applied, and how that is seen on AWS. */
export type Need = {
  /** The stack that grants it. */
  readonly by: StackDescription;
} & (
  | {
      /** ARN of a customer-managed policy. */
      readonly policy: string;
      /** What it has to allow at least. */
      readonly statements: readonly IdentityStatement[];
    }
  | {
      /** ARN of a role. */
      readonly role: string;
      /** Name of a policy within it. */
      readonly inlinePolicy: string;
      /** What it has to allow at least. */
      readonly statements: readonly IdentityStatement[];
    }
  | {
      /** That it stands at all. */
      readonly applied: true;
    }
  | {
      /** ARN of a model package group that lets the account in. */
      readonly packageGroup: string;
    }
);

/** A topic, and the addresses that get its messages once their readers have confirmed it. */
export interface Mail {
  readonly topicArn: string;
  readonly emails: readonly string[];
}

/** A secret of the account's Secrets Manager that a person puts there. */
export interface Secret {
  readonly name: string;
  /** For people: `JSON with "user" and "token"`. */
  readonly holds: string;
}

/** A connection to where code is kept, by what is known of it: a person completes it in a browser. */
export type Connection = { readonly name: string } | { readonly arn: string };

/** What a stack needs that no apply brings: AWS raises quotas when it is asked, and people confirm subscriptions and know secrets. */
export interface ByHand {
  /** Machines that it may have running side by side. */
  readonly machines: readonly Machines[];
  readonly mail: readonly Mail[];
  readonly secrets: readonly Secret[];
  readonly connections: readonly Connection[];
}

export const nothingByHand: ByHand = { machines: [], mail: [], secrets: [], connections: [] };

/**
 * Everything there is to know of one kind of stack; `kinds/` has a folder for each, and `kinds/index.ts` a line. Whatever
 * must treat kinds differently is a field here, so that a kind without it does not compile.
 */
export interface StackKind<In extends Environment = Environment> extends KnownStackKind {
  readonly kind: string;
  /** What people call such stacks, in the plural. */
  readonly title: string;
  readonly in: In["kind"] | "every";
  readonly wave: Wave;
  /** Adds the stack to the app. */
  create(app: App, stack: StackDescription<In>, context: StackContext): void;
  appliedBy(stack: StackDescription<In>): Applier;
  /** What it holds, the most important first, for people. */
  contents(estate: Estate, stack: StackDescription<In>): readonly string[];
  /** What it and other stacks let one another do. */
  links(estate: Estate, stack: StackDescription<In>): readonly Link[];
  /** What other stacks must have granted first: without it an apply fails half-way, or the first run does. */
  needs(estate: Estate, stack: StackDescription<In>): readonly Need[];
  byHand(estate: Estate, stack: StackDescription<In>): ByHand;
  /** Asked only of stacks that the CI server applies. */
  manages(estate: Estate, stack: StackDescription<In>): Managed;
}

/** Of what only an administrator applies. */
export const managedByAdministrators: Managed = { services: [], dataPrefixes: [], passes: [] };

/** The model that a stack is for. @throws Error where its kind has none */
export function modelOf({ id, model }: StackDescription): ModelDefinition {
  if (!model) throw new Error(`stack ${id} is for no model`);
  return model;
}
