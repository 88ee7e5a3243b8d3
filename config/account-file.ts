import { basename } from "node:path";
import type { accountSchema, AccountSettings } from "./account-schema";
import { checkFile } from "./check-file";
import { environmentNameRule, isEnvironmentName } from "./formats";
import type { PartialAccount } from "./partial-account";
import type { Problem } from "./problems";
import { accountOfUnknownKind, kinds } from "./schema";
import { fileProblem, SourceFile } from "./source-file";

/** One account file, valid or not. */
export interface AccountFile {
  /** Name of the environment. */
  readonly name: string;
  readonly source: SourceFile;
  /** What of it is valid. */
  readonly partial: PartialAccount;
  readonly problems: readonly Problem[];
  /** Undefined if the file has a problem. */
  readonly settings: AccountSettings | undefined;
}

export function readAccountFile(path: string, schema: ReturnType<typeof accountSchema>): AccountFile {
  const source = SourceFile.read(path);
  const name = basename(path, ".json");
  const named = isEnvironmentName(name) ? [] : [fileProblem(path, environmentNameRule)];
  const { kind } = (source.value ?? {}) as { readonly kind?: unknown };
  if (!kinds.some((known) => known === kind)) {
    const { problems, valid } = checkFile(source, accountOfUnknownKind);
    const { account, region } = (valid ?? {}) as Partial<PartialAccount>;
    return {
      name,
      source,
      partial: { name, account, region },
      problems: [...named, ...problems],
      settings: undefined,
    };
  }
  const { problems, valid, value } = checkFile(source, schema);
  const partial = { ...(valid as object), name };
  return { name, source, partial, problems: [...named, ...problems], settings: value };
}
