import { closeSync, openSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { setTimeout as sleep } from "node:timers/promises";

const pollMilliseconds = 100;
const chunkBytes = 64 * 1024;

/**
 * Reads a file line by line as it grows, until whoever writes it has ended and its last line is read.
 * @param writer settles when nothing more will be written
 */
export async function followLines(
  file: string,
  writer: PromiseLike<unknown>,
  onLine: (line: string) => void,
): Promise<void> {
  const descriptor = openSync(file, "r");
  const lines = new LineReader(descriptor, onLine);
  const writing = new AbortController();
  const stop = () => {
    writing.abort();
  };
  void Promise.resolve(writer).then(stop, stop);
  try {
    while (!writing.signal.aborted) {
      lines.readOn();
      await sleep(pollMilliseconds, undefined, { signal: writing.signal }).catch(() => undefined);
    }
    lines.readOn();
    lines.end();
  } finally {
    closeSync(descriptor);
  }
}

class LineReader {
  private readonly decoder = new StringDecoder("utf8");
  private readonly buffer = Buffer.alloc(chunkBytes);
  private rest = "";

  constructor(
    private readonly descriptor: number,
    private readonly onLine: (line: string) => void,
  ) {}

  readOn(): void {
    for (;;) {
      const count = readSync(this.descriptor, this.buffer, 0, chunkBytes, null);
      if (count === 0) return;
      const lines = (this.rest + this.decoder.write(this.buffer.subarray(0, count))).split("\n");
      this.rest = lines.pop() ?? "";
      lines.forEach(this.onLine);
    }
  }

  /** A last line without a line feed is one as well. */
  end(): void {
    if (this.rest !== "") this.onLine(this.rest);
  }
}
