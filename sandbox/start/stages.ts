export interface Stage {
  readonly name: string;
  readonly seconds: number;
}

/** Runs stages one after another and keeps the wall time of each. */
export class Stages {
  readonly done: Stage[] = [];

  async run<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const started = performance.now();
    try {
      return await work();
    } finally {
      this.done.push({ name, seconds: (performance.now() - started) / 1000 });
    }
  }
}
