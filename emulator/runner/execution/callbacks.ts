import type { CallbackAnswer } from "../control-plane";

/** Callback steps that wait for somebody's answer. */
export class Callbacks {
  private readonly waiting = new Map<string, (answer: CallbackAnswer) => void>();

  /** @throws whatever the signal was aborted with */
  answerTo(token: string, signal: AbortSignal): Promise<CallbackAnswer> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        this.waiting.delete(token);
        reject(signal.reason as Error);
      };
      if (signal.aborted) {
        stop();
        return;
      }
      signal.addEventListener("abort", stop, { once: true });
      this.waiting.set(token, (answer) => {
        signal.removeEventListener("abort", stop);
        this.waiting.delete(token);
        resolve(answer);
      });
    });
  }

  answer(answer: CallbackAnswer): void {
    this.waiting.get(answer.token)?.(answer);
  }
}
