import { InvokeEndpointCommand, type SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";

/** An endpoint to which rows of CSV, without label and header, can be given, in whatever way it takes them. */
export interface Scoring {
  /** How many it is given at most in one invocation. */
  readonly rowsAtATime: number;
  /** @throws Error for another number of scores than of rows, and where it has none; the SDK's errors */
  readonly score: (rows: readonly string[]) => Promise<Scored>;
}

/** What an endpoint said of rows, and how long that took. */
export interface Scored {
  readonly scores: readonly number[];
  readonly milliseconds: number;
}

/**
 * Scores rows of CSV in one invocation.
 * @throws Error for another number of scores than of rows; the SDK's errors
 */
export async function scoreRows(
  runtime: SageMakerRuntimeClient,
  endpoint: string,
  rows: readonly string[],
): Promise<Scored> {
  const started = performance.now();
  const { Body } = await runtime.send(
    new InvokeEndpointCommand({
      EndpointName: endpoint,
      ContentType: "text/csv",
      Accept: "text/csv",
      Body: Buffer.from(`${rows.join("\n")}\n`),
    }),
  );
  const milliseconds = performance.now() - started;
  return { scores: scoresIn(Buffer.from(Body).toString(), { endpoint, rows: rows.length }), milliseconds };
}

/** Of CSV, or a score a line. @throws Error for another number of scores than of rows */
export function scoresIn(
  text: string,
  { endpoint, rows }: { readonly endpoint: string; readonly rows: number },
): number[] {
  const scores = text
    .split(/[,\n]/)
    .filter((score) => score.trim() !== "")
    .map(Number);
  if (scores.length !== rows || scores.some(Number.isNaN))
    throw new Error(`${endpoint} must answer ${rows} rows with as many scores, got: ${scores.length}`);
  return scores;
}

/** Of an endpoint that answers at once. */
export const scoringAtOnce = (runtime: SageMakerRuntimeClient, endpoint: string): Scoring => ({
  rowsAtATime: 100,
  score: (rows) => scoreRows(runtime, endpoint, rows),
});

/** What an endpoint said of any number of rows, in their order, and how long each invocation took. */
export interface ScoredAll {
  readonly scores: readonly number[];
  readonly milliseconds: readonly number[];
}

/** @throws Error, the SDK's errors: as scoring does */
export async function scoreAll({ score, rowsAtATime }: Scoring, rows: readonly string[]): Promise<ScoredAll> {
  const scores: number[] = [];
  const milliseconds: number[] = [];
  for (let at = 0; at < rows.length; at += rowsAtATime) {
    const scored = await score(rows.slice(at, at + rowsAtATime));
    scores.push(...scored.scores);
    milliseconds.push(scored.milliseconds);
  }
  return { scores, milliseconds };
}
