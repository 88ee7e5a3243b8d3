/** One mistake in a configuration file, with the place it is at. */
export interface Problem {
  /** Path of the file, relative to the working directory. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
  /** Keys that lead to the value, joined by dots; empty for the file as a whole. */
  readonly path: string;
  /** The rule, worded to follow the path: "must be …". */
  readonly rule: string;
  /** The value that broke the rule, as JSON; undefined where there is none or it may be a secret. */
  readonly got?: string | undefined;
}

/** One line: where, the rule and what was got. */
export function describeProblem({ file, line, column, path, rule, got }: Problem): string {
  const subject = path ? `${path} ${rule}` : rule;
  return `${file}:${line}:${column} ${subject}${got === undefined ? "" : `, got: ${got}`}`;
}

const byPlace = (a: Problem, b: Problem): number =>
  a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column || a.path.localeCompare(b.path);

/** The configuration cannot be used; every problem in it is listed. */
export class ConfigurationError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const sorted = problems.toSorted(byPlace);
    super(sorted.map(describeProblem).join("\n"));
    this.name = "ConfigurationError";
    this.problems = sorted;
  }
}
