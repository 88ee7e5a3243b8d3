import { open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { executionIdOf } from "../../core/execution-id";

/** A line that a step of an execution on this machine has written. */
export interface LogLine {
  readonly step: string;
  readonly line: string;
}

/** Folder of an execution's step logs. */
export const logFolder = (logs: string, executionArn: string): string =>
  join(logs, executionIdOf(executionArn));

const suffix = ".log";

/** Names of the steps that have a log; none where the runner of this machine did not run them. */
export async function stepsWithLog(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith(suffix)).map((name) => name.slice(0, -suffix.length));
}

export const logFile = (folder: string, step: string): string => join(folder, `${step}${suffix}`);

export const readLog = (folder: string, step: string): Promise<string> =>
  readFile(logFile(folder, step), "utf8");

/** Reads what steps write to their logs as they write it. */
export class LogTail {
  private readonly offsets = new Map<string, number>();
  private readonly unfinished = new Map<string, Buffer>();

  constructor(private readonly folder: string) {}

  /** Whole lines since the last call. */
  async lines(): Promise<LogLine[]> {
    const found: LogLine[] = [];
    for (const step of await stepsWithLog(this.folder)) found.push(...(await this.linesOf(step)));
    return found;
  }

  /** What was written without an end of line, for when nothing more comes. */
  rest(): LogLine[] {
    return [...this.unfinished].flatMap(([step, bytes]) =>
      bytes.length > 0 ? [{ step, line: bytes.toString() }] : [],
    );
  }

  private async linesOf(step: string): Promise<LogLine[]> {
    const bytes = Buffer.concat([this.unfinished.get(step) ?? Buffer.alloc(0), await this.newBytes(step)]);
    const end = bytes.lastIndexOf("\n") + 1;
    this.unfinished.set(step, bytes.subarray(end));
    if (end === 0) return [];
    const text = bytes.subarray(0, end - 1).toString();
    return text.split(/\r?\n/).map((line) => ({ step, line }));
  }

  private async newBytes(step: string): Promise<Buffer> {
    const offset = this.offsets.get(step) ?? 0;
    const file = await open(logFile(this.folder, step));
    try {
      const { size } = await file.stat();
      const buffer = Buffer.alloc(Math.max(0, size - offset));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, offset);
      this.offsets.set(step, offset + bytesRead);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }
}
