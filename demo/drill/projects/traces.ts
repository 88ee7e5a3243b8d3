/** What a repository's test of staging has measured. */
export interface StagingTest {
  readonly rows: number;
  readonly auc: number;
  readonly registered: number;
}

/** @param trace of the job `test-staging`. @throws Error where it says no such thing */
export function stagingTestIn(trace: string): StagingTest {
  const [, auc, rows, registered] =
    /^AUC +([\d.]+) on (\d+) rows, registered with ([\d.]+)/m.exec(trace) ?? [];
  if (auc === undefined) throw new Error(`The test of staging says no AUC:\n${trace}`);
  return { rows: Number(rows), auc: Number(auc), registered: Number(registered) };
}

/** What is planned for production, in the words that whoever decides reads. @throws Error where it says no such thing */
export function planIn(trace: string): string {
  const [plan] = /^production of [^\n]+(?:\n(?:AUC|-) [^\n]+)+/m.exec(trace) ?? [];
  if (plan === undefined) throw new Error(`There is no plan of production:\n${trace}`);
  return plan;
}
