import { performance } from "node:perf_hooks";
import type { DrillStage } from "../report/types";

/** What a stage found, in a sentence, beside what later stages need of it. */
export interface StageResult<Result> {
  readonly verdict: string;
  readonly result: Result;
}

/** Says what is going on. */
export type Logger = (line: string) => void;

/** A condition that must hold for a stage to pass. */
export function assertThat(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}

/** Runs stages one after another, tells of each as it goes, and keeps how each went. */
export class Stages {
  readonly done: DrillStage[] = [];
  private readonly started = performance.now();

  constructor(private readonly say: Logger) {}

  /** Seconds since the first stage could begin. */
  get seconds(): number {
    return (performance.now() - this.started) / 1000;
  }

  /** @throws whatever the stage failed of, which is kept as its verdict */
  async run<Result>(name: string, work: () => Promise<StageResult<Result>>): Promise<Result> {
    const startedAfter = this.seconds;
    this.say(`▸ ${name}`);
    try {
      const { verdict, result } = await work();
      this.finish({ name, status: "passed", startedAfter, verdict });
      return result;
    } catch (error) {
      this.finish({ name, status: "failed", startedAfter, verdict: (error as Error).message });
      throw error;
    }
  }

  private finish(stage: Omit<DrillStage, "seconds">): void {
    const seconds = this.seconds - stage.startedAfter;
    this.done.push({ ...stage, seconds });
    this.say(
      `${stage.status === "passed" ? "✓" : "✗"} ${stage.name}: ${stage.verdict} (${seconds.toFixed(1)} s)`,
    );
  }
}
