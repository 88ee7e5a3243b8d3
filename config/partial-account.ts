import type { Kind } from "./schema";

/** The valid part of an account file, of whichever kind: each value has passed its own checks, and any may be missing. */
export interface PartialAccount {
  /** The environment's name, from its file's. */
  readonly name: string;
  readonly kind?: Kind;
  readonly account?: string;
  readonly region?: string;
  readonly models?: Readonly<Record<string, unknown>>;
  /** What only some kinds of account have. */
  readonly [key: string]: unknown;
}

/** A value of a partial account where it is text. */
export function textAt(account: PartialAccount, key: string): string | undefined {
  const value = account[key];
  return typeof value === "string" ? value : undefined;
}

/** Physical names that an account file gives. */
export const namesIn = ({ names }: PartialAccount): Readonly<Record<string, string>> =>
  (names ?? {}) as Readonly<Record<string, string>>;

/** The same, where models that have no pipelines say that they run none, as they do once their defaults are known. */
export const withoutPipelines = (
  { models, ...account }: PartialAccount,
  pipelineless: readonly string[],
): PartialAccount => ({
  ...account,
  ...(models && {
    models: Object.fromEntries(
      Object.entries(models).map(([name, settings]) => [
        name,
        pipelineless.includes(name) && typeof settings === "object" && settings !== null
          ? { pipelines: [], ...settings }
          : settings,
      ]),
    ),
  }),
});

/** Names of the models that run pipelines: their settings may leave all of them out. */
export const modelsRunIn = ({ models = {} }: PartialAccount): string[] =>
  Object.entries(models).flatMap(([name, settings]) => (runsNothing(settings) ? [] : [name]));

const runsNothing = (settings: unknown): boolean =>
  typeof settings === "object" &&
  settings !== null &&
  "pipelines" in settings &&
  Array.isArray(settings.pipelines) &&
  settings.pipelines.length === 0;

/** Names of the models in whose settings a key is. */
export const modelsWith = ({ models = {} }: PartialAccount, key: string): string[] =>
  Object.entries(models).flatMap(([name, settings]) =>
    typeof settings === "object" && settings !== null && Object.hasOwn(settings, key) ? [name] : [],
  );
