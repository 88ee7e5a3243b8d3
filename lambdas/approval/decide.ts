import type { Answer, Question, Questions } from "./questions";

/** What a decision is made with. */
export interface Tools {
  readonly questions: Questions;
  /** Of a question, which only this decrypts. */
  readonly tokenOf: (question: Question) => Promise<string>;
  /** Tells the workflow. */
  readonly send: (token: string, output: { readonly answer: Answer; readonly by: string }) => Promise<void>;
  /** Seconds since 1970. */
  readonly now: () => number;
}

/** What became of an attempt to decide. */
export type Outcome =
  | { readonly kind: "decided"; readonly answer: Answer }
  /** By somebody, earlier. */
  | { readonly kind: "answered"; readonly question: Question }
  | { readonly kind: "unknown" | "expired" | "gone" | "busy" | "failed" };

/** Errors by which Step Functions says that it waits for no answer to this token, or knows none such. */
const over = ["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"];

/** What stands in the way of an answer; undefined where nothing does. */
export function standing(question: Question | undefined, now: number): Outcome | undefined {
  if (!question) return { kind: "unknown" };
  if (question.answer === "gone") return { kind: "gone" };
  if (question.answer !== undefined) return { kind: "answered", question };
  return question.expires <= now ? { kind: "expired" } : undefined;
}

/**
 * Answers a question once, whoever else answers at the same moment. Where the workflow could not be told, nothing is decided, and somebody
 * may try again.
 * @param id hash of a link's secret part
 */
export async function decide(tools: Tools, id: string, answer: Answer, by: string): Promise<Outcome> {
  const { questions, now } = tools;
  const before = standing(await questions.get(id), now());
  if (before) return before;
  if (!(await questions.claim(id, now())))
    return standing(await questions.get(id), now()) ?? { kind: "busy" };
  const question = await questions.get(id);
  if (!question) return { kind: "unknown" };
  try {
    await tools.send(await tools.tokenOf(question), { answer, by });
  } catch (error) {
    if (!over.includes((error as Error).name)) {
      console.error(`The workflow was not told: ${(error as Error).name}`);
      await questions.release(id);
      return { kind: "failed" };
    }
    await questions.settle(id, "gone", by, now());
    return { kind: "gone" };
  }
  await questions.settle(id, answer, by, now());
  return { kind: "decided", answer };
}
