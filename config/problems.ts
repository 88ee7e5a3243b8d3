/** One mistake in the configuration, and the place it is at. */
export interface Problem {
  /** Path of the file relative to the working directory; absolute for a file outside of it. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units, as editors count. */
  readonly column: number;
  /** Keys that lead to the value (`models.mammo-severity.inferenceSchedule`); empty for the file as a whole. */
  readonly path: string;
  /** The rule that is broken, worded to follow the path: "must be …". */
  readonly message: string;
  /** The value that breaks it, where that is a single value and cannot be a secret. */
  readonly value?: string | number | boolean | null;
  /** The value in words or as JSON, as it is shown to people. */
  readonly got?: string;
}

/** Keys and indexes that lead to a value. */
export type Path = readonly (string | number)[];

/** Renders a path the way it would be written in code: `alertEmails[0]`, `tags["cost center"]`. */
export function formatPath(path: Path): string {
  return path.map(formatStep).join("").replace(/^\./, "");
}

function formatStep(step: string | number): string {
  if (typeof step === "number") return `[${step}]`;
  return /^[\w$-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}

/** One line: the place, the rule, and what was got. */
export function formatProblem({ file, line, column, path, message, got }: Problem): string {
  const subject = path === "" ? message : `${path} ${message}`;
  return `${file}:${line}:${column} ${subject}${got === undefined ? "" : `, got: ${got}`}`;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const byPlace = (a: Problem, b: Problem): number =>
  compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.path, b.path);

/** The configuration cannot be used. Its message has every problem, one a line, sorted by place. */
export class ConfigurationError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const sorted = problems.toSorted(byPlace);
    super(sorted.map(formatProblem).join("\n"));
    this.name = "ConfigurationError";
    this.problems = sorted;
  }
}
