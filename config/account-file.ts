import { basename } from "node:path";
import type { z } from "zod";
import { checkFile } from "./check-file";
import { environmentNameRule, isEnvironmentName } from "./formats";
import type { Problem } from "./problems";
import { accountOfUnknownKind, accountSchema, kinds, type Kind } from "./schema";
import { fileProblem, SourceFile } from "./source-file";

/** The sound part of an account file: every value here has passed its own checks, and any may be missing. */
export interface Draft {
  readonly kind?: Kind;
  readonly account?: string;
  readonly region?: string;
  readonly registry?: string;
  readonly ci?: string;
  readonly promotesTo?: string;
  readonly jenkinsServerRole?: string;
  readonly models?: Readonly<Record<string, unknown>>;
  readonly names?: Readonly<Record<string, string>>;
}

/** One account file, valid or not. */
export interface AccountFile {
  /** Name of the environment. */
  readonly name: string;
  readonly source: SourceFile;
  readonly draft: Draft;
  readonly problems: readonly Problem[];
  /** Undefined if the file has a problem. */
  readonly settings: z.output<typeof accountSchema> | undefined;
}

export function readAccountFile(path: string): AccountFile {
  const source = SourceFile.read(path);
  const name = basename(path, ".json");
  const named = isEnvironmentName(name) ? [] : [fileProblem(path, environmentNameRule)];
  const { kind } = (source.value ?? {}) as { readonly kind?: unknown };
  if (!kinds.some((known) => known === kind)) {
    const { problems, sound } = checkFile(source, accountOfUnknownKind);
    const { account, region } = (sound ?? {}) as Draft;
    return {
      name,
      source,
      draft: { account, region },
      problems: [...named, ...problems],
      settings: undefined,
    };
  }
  const { problems, sound, value } = checkFile(source, accountSchema);
  return { name, source, draft: sound as Draft, problems: [...named, ...problems], settings: value };
}
