import type { PageTools } from "../../../../lambdas/approval/requests";
import { hashOf, type Answer, type Question, type Questions } from "../../../../lambdas/approval/questions";

export const secret = "s".repeat(43);
export const execution = "arn:aws:states:us-east-1:111111111111:execution:iris-workflow:one";

export const question: Question = {
  execution,
  token: "ciphertext",
  metrics: { accuracy: 0.97, rows: 30 },
  report: "s3://data/iris/workflow/one/evaluation/evaluation.json",
  asked: 100,
  expires: 1000,
};

/** Questions as the table keeps them. */
export class MemoryQuestions implements Questions {
  readonly rows = new Map<string, Question & { claimedUntil?: number }>();
  /** Whether answers can be written down. */
  writes = true;

  put(id: string, row: Question): Promise<void> {
    this.rows.set(id, row);
    return Promise.resolve();
  }

  get(id: string): Promise<Question | undefined> {
    return Promise.resolve(this.rows.get(id));
  }

  claim(id: string, answer: Answer, now: number): Promise<boolean> {
    const row = this.rows.get(id);
    const free = row && !row.answer && row.expires > now && (row.claimedUntil ?? 0) <= now;
    if (free) this.rows.set(id, { ...row, claimedUntil: now + 60, tried: row.tried ?? answer });
    return Promise.resolve(Boolean(free));
  }

  release(id: string, tried: Answer | undefined): Promise<void> {
    this.change(id, { claimedUntil: 0, tried });
    return Promise.resolve();
  }

  settle(id: string, answer: NonNullable<Question["answer"]>, by: string, answeredAt: number): Promise<void> {
    if (!this.writes) return Promise.reject(new Error("no answer from the table"));
    this.change(id, { answer, by, answeredAt });
    return Promise.resolve();
  }

  of(run: string): Promise<string[]> {
    return Promise.resolve([...this.rows].flatMap(([id, row]) => (row.execution === run ? [id] : [])));
  }

  private change(id: string, more: Partial<Question> & { claimedUntil?: number }): void {
    const row = this.rows.get(id);
    if (row) this.rows.set(id, { ...row, ...more });
  }
}

/** A table with one question, a workflow that waits for its answer, and a clock. */
export class Bench implements PageTools {
  readonly questions = new MemoryQuestions();
  readonly sent: unknown[] = [];
  clock = 200;
  /** How Step Functions refuses. */
  error: string | undefined;
  /** Whether its answer gets lost on the way. */
  loses = false;

  constructor(row: Question = question) {
    void this.questions.put(hashOf(secret), row);
  }

  tokenOf: PageTools["tokenOf"] = ({ token }) => Promise.resolve(`plain ${token}`);
  send = (token: string, output: object): Promise<void> => {
    if (this.error !== undefined) return Promise.reject(refusal(this.error, 400));
    this.sent.push({ token, ...output });
    this.error = "TaskTimedOut";
    return this.loses ? Promise.reject(new Error("socket hang up")) : Promise.resolve();
  };
  evaluationOf: PageTools["evaluationOf"] = () =>
    Promise.resolve({
      rows: 30,
      accuracy: 0.97,
      confusion: {},
      examples: [[7, "<b>setosa</b>", 'virginica"><script>']],
    });
  now = (): number => this.clock;
}

const refusal = (name: string, httpStatusCode: number): Error =>
  Object.assign(new Error("no"), { name, $metadata: { httpStatusCode } });

export const get = (id: string | undefined = secret, method = "GET") => ({
  requestContext: { http: { method, sourceIp: "192.0.2.1" } },
  pathParameters: { id },
});

export const post = (body: string | undefined, more: object = {}) => ({
  ...get(secret, "POST"),
  headers: { "content-type": "application/x-www-form-urlencoded" },
  ...(body !== undefined && { body }),
  ...more,
});
