import type { Answer, Question, Questions } from "./questions";

/** What a decision is made with. */
export interface Tools {
  readonly questions: Questions;
  /** Of a question, which only this decrypts. */
  readonly tokenOf: (question: Question) => Promise<string>;
  /** Tells the workflow, in one attempt: of a second one, nobody could say what its answer means. */
  readonly send: (token: string, output: { readonly answer: Answer; readonly by: string }) => Promise<void>;
  /** Seconds since 1970. */
  readonly now: () => number;
}

/** What became of an attempt to decide. */
export type Outcome =
  | { readonly kind: "decided"; readonly answer: Answer }
  /** By somebody, earlier. */
  | { readonly kind: "answered"; readonly question: Question }
  /** An answer was sent, now or earlier, and nobody knows whether it arrived. */
  | { readonly kind: "uncertain"; readonly question: Question }
  | { readonly kind: "unknown" | "expired" | "gone" | "busy" | "failed" };

/** Errors by which Step Functions says that it waits for no answer to this token, or knows none such. */
const over = ["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"];

/** What stands in the way of an answer; undefined where nothing does. */
export function standing(question: Question | undefined, now: number): Outcome | undefined {
  if (!question) return { kind: "unknown" };
  if (question.answer === "gone") return { kind: "gone" };
  if (question.answer !== undefined) return { kind: "answered", question };
  if (question.expires > now) return undefined;
  return question.tried === undefined ? { kind: "expired" } : { kind: "uncertain", question };
}

/**
 * Answers a question once, whoever else answers at the same moment. Where the workflow was certainly not told, nothing is decided, and somebody
 * may try again; where that is not certain, the question keeps what was sent.
 * @param id hash of a link's secret part
 */
export async function decide(tools: Tools, id: string, answer: Answer, by: string): Promise<Outcome> {
  const { questions, now } = tools;
  const question = await questions.get(id);
  const before = standing(question, now());
  if (before || !question) return before ?? { kind: "unknown" };
  if (!(await questions.claim(id, answer, now())))
    return standing(await questions.get(id), now()) ?? { kind: "busy" };
  const sent = await send(tools, question, { answer, by });
  const tried = question.tried ?? answer;
  switch (sent) {
    case "failed":
      await questions.release(id, question.tried);
      return { kind: "failed" };
    case "uncertain":
      return { kind: "uncertain", question: { ...question, tried } };
    case "gone":
      if (question.tried !== undefined) return { kind: "uncertain", question };
      await questions.settle(id, "gone", by, now());
      return { kind: "gone" };
    case "decided":
      await settled(questions.settle(id, answer, by, now()));
      return { kind: "decided", answer };
  }
}

async function send(
  tools: Tools,
  question: Question,
  output: { readonly answer: Answer; readonly by: string },
): Promise<"decided" | "gone" | "failed" | "uncertain"> {
  let isOut = false;
  try {
    const token = await tools.tokenOf(question);
    isOut = true;
    await tools.send(token, output);
    return "decided";
  } catch (error) {
    const { name, $metadata } = error as Error & {
      readonly $metadata?: { readonly httpStatusCode?: number };
    };
    if (isOut && over.includes(name)) return "gone";
    const { httpStatusCode: status = 0 } = $metadata ?? {};
    const isRefused = status >= 400 && status < 500;
    console.error(`The workflow ${isOut && !isRefused ? "may not have been" : "was not"} told: ${name}`);
    return isOut && !isRefused ? "uncertain" : "failed";
  }
}

/** It is decided, whether that could be written down or not. */
const settled = (written: Promise<void>): Promise<void> =>
  written.catch((error: unknown) => {
    console.error(`The answer is not written down: ${(error as Error).name}`);
  });
