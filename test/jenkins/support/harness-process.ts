import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Event } from "./events";

/** A running harness, which answers one request after the other. */
export class HarnessProcess {
  private readonly process: ChildProcess;
  private readonly lines: AsyncIterator<string>;
  private readonly exit: Promise<unknown>;
  private previous: Promise<unknown> = Promise.resolve();
  private complaints = "";

  constructor(java: string, classPath: string) {
    const child = spawn(java, ["-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8", "-cp", classPath, "Main"]);
    this.process = child;
    this.exit = once(child, "exit");
    this.lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    child.stderr.on("data", (data: Buffer) => (this.complaints += data.toString()));
  }

  /** @throws Error with what the harness printed when it could not answer */
  ask(request: object): Promise<Event[]> {
    const answer = this.previous.then(() => this.exchange(request));
    this.previous = answer.catch(() => undefined);
    return answer;
  }

  async stop(): Promise<void> {
    this.process.stdin?.end();
    await this.exit;
  }

  private async exchange(request: object): Promise<Event[]> {
    this.process.stdin?.write(`${JSON.stringify(request)}\n`);
    const events: Event[] = [];
    for (;;) {
      const next = await this.lines.next();
      if (next.done) throw new Error(`the harness ended: ${this.complaints}`);
      const event = JSON.parse(next.value) as Event;
      if (event.event !== "end") events.push(event);
      else if (event.message === undefined) return events;
      else throw new Error(`${event.message}\n${this.complaints}`);
    }
  }
}
