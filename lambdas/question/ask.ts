import { randomBytes } from "node:crypto";
import { hashOf, type Question, type Questions } from "../approval/questions";

/** What a workflow's task hands over. */
export interface AskedTask {
  /** Whoever has it may answer: it goes nowhere but to where it is encrypted. */
  readonly token: string;
  /** ARN. */
  readonly execution: string;
  /** How long the task waits. */
  readonly seconds: number;
  readonly metrics: Question["metrics"];
  /** S3 URI. */
  readonly report: string;
}

export interface AskTools {
  readonly questions: Questions;
  /** Of the API whose page answers. */
  readonly url: string;
  readonly model: string;
  readonly encrypt: (token: string, execution: string) => Promise<string>;
  readonly tell: (subject: string, message: string) => Promise<void>;
  /** Seconds since 1970. */
  readonly now: () => number;
}

/** Keeps a question, and sends its link to those who may answer it. Only the link knows its secret part; a hash of it is kept. */
export async function ask(tools: AskTools, task: AskedTask): Promise<void> {
  const { execution, metrics, report } = task;
  const [secret, asked] = [randomBytes(32).toString("base64url"), tools.now()];
  const expires = asked + task.seconds;
  const token = await tools.encrypt(task.token, execution);
  await tools.questions.put(hashOf(secret), { execution, token, metrics, report, asked, expires });
  const figures = Object.entries(metrics).map(([name, value]) => `${name} ${value}`);
  await tools.tell(
    `${tools.model}: may a new model serve?`,
    [
      `A run of ${tools.model} has trained a model and waits for a decision: ${figures.join(", ")}.`,
      "",
      `Look at it, then approve or reject: ${tools.url}/approvals/${secret}`,
      "",
      `The link decides, once, for whoever has it, until ${new Date(expires * 1000).toISOString()}. Do not pass it on.`,
      `With access to the account: npx mlops workflows approve ${execution}`,
    ].join("\n"),
  );
}
