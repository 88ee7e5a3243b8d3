/** A command line up to the cursor. */
export interface Words {
  /** Words that are finished. */
  readonly before: readonly string[];
  /** The word under the cursor, up to it. */
  readonly current: string;
  /** What the shell wants before each candidate: `--option=`, where it takes that for one word. */
  readonly prefix: string;
}

/** Reads a command line as shells hand it over: bash makes three words of `--option=value`, others make one. */
export function readWords(given: readonly string[]): Words {
  const last = given.at(-1) ?? "";
  const before = given.slice(0, -1).filter((word) => word !== "=");
  if (last === "=") return { before, current: "", prefix: "" };
  const [, option, value] = /^(--[\w-]+)=(.*)$/.exec(last) ?? [];
  if (option === undefined || value === undefined) return { before, current: last, prefix: "" };
  return { before: [...before, option], current: value, prefix: `${option}=` };
}
