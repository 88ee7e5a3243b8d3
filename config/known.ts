import type { z } from "zod";
import type { PartialAccount } from "./partial-account";
import type { Rule } from "./rule";
import type { Kind } from "./schema";

/** What environment files may say beyond what `config/` knows by itself. */
export interface Known {
  /** The models in `pipelines/`. */
  readonly models: readonly KnownModel[];
  readonly stackKinds: readonly KnownStackKind[];
}

export interface KnownModel {
  readonly name: string;
  /** Short names of its pipelines. */
  readonly pipelines: readonly string[];
  readonly hasWorkflow: boolean;
  /** The keys it adds to its settings. */
  readonly settings: Readonly<Record<string, ModelSetting>>;
}

export interface ModelSetting {
  readonly schema: z.ZodType;
  /** Short names of the pipelines that must run where the setting is given. */
  readonly needs: readonly string[];
}

/** A key whose presence switches a kind of stack on, and what may stand under it. */
export interface SettingsFragment {
  /** The kind of account file that has it; `model`: the settings of one model. */
  readonly at: Kind | "model";
  readonly key: string;
  /** Its `describe` text is what editors show. */
  readonly schema: z.ZodType;
  /** Which models may have it. @default all */
  readonly isOf?: (model: KnownModel) => boolean;
}

/** What configuration must know of a kind of stack. */
export interface KnownStackKind {
  /** Kind of the accounts that have such stacks. */
  readonly in: Kind | "every";
  /** Settings that switch it on. @default undefined: every such account has it */
  readonly settings: SettingsFragment | undefined;
  /** Rules across files about its settings. */
  readonly rules: readonly Rule[];
  /** The stacks of this kind that an account has; the account's file may have mistakes. */
  instances(account: PartialAccount): readonly StackInstance[];
}

/** One stack that an account file asks for. */
export interface StackInstance {
  readonly id: string;
  /** Name of the model it is for, where there is one a model. */
  readonly model?: string;
}

/** What of this kind of stack an account asks for. */
export const instancesIn = (kind: KnownStackKind, account: PartialAccount): readonly StackInstance[] =>
  kind.in === "every" || kind.in === account.kind ? kind.instances(account) : [];
