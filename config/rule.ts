import type { AccountFile } from "./account-file";
import type { Known } from "./known";
import type { Path } from "./problems";

/** All files together, for what no file shows alone. Values that have a problem of their own are left out. */
export interface Files {
  readonly accounts: readonly AccountFile[];
  readonly shared: {
    readonly project?: string;
    readonly region?: string;
    readonly adminRole?: string;
  };
  readonly known: Known;
}

/** A rule that is broken by the value, or only by the key, at a path of one file. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
  readonly at?: "key";
}

/** One rule about one file among the others. */
export type Rule = (file: AccountFile, files: Files) => readonly Finding[];
