import { readFileSync, readdirSync } from "node:fs";

const sampleMilliseconds = 100;
const bytesPerKibibyte = 1024;
/** Linux counts processor time for programs in hundredths of a second, whatever the kernel's own clock. */
const ticksPerSecond = 100;

/** Whether this system tells about process trees the way Linux does. */
export const canLookInside = process.platform === "linux";

/**
 * Processor seconds of all children of this process that have ended, with theirs: the difference of two readings is what
 * was run in between.
 */
export function secondsOfChildren(): number | undefined {
  if (!canLookInside) return undefined;
  const [, fields = ""] = readFileSync("/proc/self/stat", "utf8").split(") ");
  const [user = "0", system = "0"] = fields.split(" ").slice(13, 15);
  return (Number(user) + Number(system)) / ticksPerSecond;
}

/** Watches how much memory a process takes together with all that it has started. */
export class MemoryWatch {
  /** Most bytes that were resident at once; pages shared by several processes count in each. */
  peak = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly pid: number) {
    this.timer = setInterval(() => {
      this.look();
    }, sampleMilliseconds);
  }

  end(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    if (canLookInside) this.peak = Math.max(this.peak, residentBytes(this.pid));
  }
}

function residentBytes(pid: number): number {
  const resident = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0;
  return childrenOf(pid).reduce(
    (sum, child) => sum + residentBytes(child),
    Number(resident) * bytesPerKibibyte,
  );
}

/** A process that ends while it is looked at has none. */
function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
      .flatMap((thread) => read(`/proc/${pid}/task/${thread}/children`).split(" "))
      .filter((text) => text !== "")
      .map(Number);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
