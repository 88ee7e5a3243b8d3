import { accepted } from "./accepted";

/** What checkov says with `-o json`, of one framework. */
export interface CheckovReport {
  readonly summary: { readonly passed: number; readonly failed: number; readonly parsing_errors: number };
  readonly results: {
    readonly failed_checks: readonly Finding[];
    readonly parsing_errors: readonly string[];
  };
}

export interface Finding {
  readonly check_id: string;
  readonly check_name: string;
  readonly resource: string;
  readonly file_path: string;
}

/** What is to be mended, a line each; empty where all is well. */
export function complaintsOf({ summary, results }: CheckovReport): string[] {
  return [
    ...results.parsing_errors.map((file) => `${file}: checkov cannot read it`),
    ...results.failed_checks
      .filter(({ check_id }) => !(check_id in accepted))
      .map((one) => `${one.file_path}: ${one.resource}: ${one.check_id}: ${one.check_name}`),
    ...(summary.passed === 0 ? ["checkov checked nothing"] : []),
  ];
}
