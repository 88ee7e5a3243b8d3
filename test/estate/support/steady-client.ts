import { setTimeout as sleep } from "node:timers/promises";
import type { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { scoreRows } from "../../../operate/scoring";

const pauseMilliseconds = 250;

/** Somebody who invokes an endpoint all the while, with one row. */
export class SteadyClient {
  readonly errors: unknown[] = [];
  /** Every score that it was given. */
  readonly scores = new Set<number | undefined>();
  private going = true;
  private readonly ended: Promise<void>;

  constructor(
    private readonly runtime: SageMakerRuntimeClient,
    private readonly endpoint: string,
    private readonly row: string,
  ) {
    this.ended = this.work();
  }

  async stop(): Promise<void> {
    this.going = false;
    await this.ended;
  }

  private async work(): Promise<void> {
    while (this.going) {
      try {
        const { scores } = await scoreRows(this.runtime, this.endpoint, [this.row]);
        this.scores.add(scores[0]);
      } catch (error) {
        this.errors.push(error);
      }
      await sleep(pauseMilliseconds);
    }
  }
}
