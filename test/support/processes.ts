import { execFileSync } from "node:child_process";
import { until } from "./until";

interface Process {
  readonly group: number;
  readonly line: string;
}

/** All processes of this machine that have not ended. */
function processes(): Process[] {
  const lines = execFileSync("ps", ["-eo", "pgid=,stat=,args="], { encoding: "utf8" }).trim().split("\n");
  return lines
    .filter((line) => !/^\s*\d+ Z/.test(line))
    .map((line) => ({ group: Number.parseInt(line, 10), line }));
}

/** Waits until a process has a text in its command line. @returns its process group */
export const untilRunning = (text: string): Promise<number> =>
  until(`a process runs ${text}`, () => processes().find(({ line }) => line.includes(text))?.group);

/** How many processes of a group run. */
export const runningOf = (group: number): number => processes().filter((each) => each.group === group).length;

/** Waits until no process of a group runs. */
export const untilEnded = (group: number): Promise<true> =>
  until("its processes have ended", () => runningOf(group) === 0 || undefined);
