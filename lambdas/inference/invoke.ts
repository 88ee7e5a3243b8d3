import { answerOf, largest, Refusal, refusalOf, type Answer } from "./answer";
import { refusalFor } from "./failures";
import { askedIn, type Asked, type InferenceEvent } from "./request";

/** What the model says. */
export interface Told {
  readonly contentType: string;
  readonly body: Uint8Array;
}

export interface Tools {
  /** Media types that the model takes. */
  readonly contentTypes: readonly string[];
  /** @throws what SageMaker does */
  readonly ask: (asked: Asked) => Promise<Told>;
}

/** Asks the model for a caller. Never fails otherwise than by a documented answer. What is logged is no row and no score. */
export async function answerTo(tools: Tools, event: InferenceEvent): Promise<Answer> {
  const { requestId } = event.requestContext;
  try {
    const { contentType, body } = await tools.ask(askedIn(event, tools.contentTypes));
    if (body.length <= largest) return answerOf(contentType, body);
    const rule = `The answer is more than ${largest} bytes: ask for fewer rows at once`;
    throw new Refusal(413, "AnswerTooLarge", rule);
  } catch (error) {
    const refusal = error instanceof Refusal ? error : refusalFor(error);
    console.info(`${requestId}: ${refusal.status} ${refusal.code}, ${(error as Error).name}`);
    return refusalOf(refusal, requestId);
  }
}
