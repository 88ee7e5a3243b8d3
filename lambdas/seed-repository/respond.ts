import { answer, type Outcome, type ResourceRequest } from "./custom-resource";
import { perform, unmade, type Actions } from "./perform";
import type { Redaction } from "./redaction";

/** Milliseconds before the function's end at which it answers, whatever it waits for: three tries of five seconds, and some. */
const reserve = 20_000;

/**
 * Does what CloudFormation asks, and always answers: also where the work fails, or takes too long.
 * @param remaining milliseconds that the function has left
 * @throws Error where CloudFormation could not be told: Lambda then calls again, and what was done is found done
 */
export async function respond(
  request: ResourceRequest,
  actions: Actions,
  redaction: Redaction,
  remaining: number,
): Promise<Outcome> {
  const outcome = await inTime(perform(request, actions), remaining - reserve).catch(
    (error: unknown): Outcome => ({
      physicalId: unmade(request),
      reason: redaction.apply(error instanceof Error ? error.message : String(error)),
    }),
  );
  console.info(JSON.stringify({ request: request.RequestId, type: request.RequestType, ...outcome }));
  await answer(request, outcome);
  return outcome;
}

async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const seconds = Math.round(milliseconds / 1000);
      reject(new Error(`It took longer than ${seconds} seconds; a second try goes on where it ended`));
    }, milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
