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
    .map((line) => ({ line, columns: line.trim().split(/ +/) }))
    .filter(({ columns: [, state = ""] }) => !state.startsWith("Z"))
    .map(({ line, columns: [group] }) => ({ group: Number(group), line }));
}

/** Waits until a process has a text in its command line, other than a provider, which may be up for others. @returns its process group */
export const untilRunning = (text: string): Promise<number> =>
  until(
    `a process runs ${text}`,
    () => processes().find(({ line }) => line.includes(text) && !line.includes("terraform-provider"))?.group,
  );

/** How many processes of a group run. */
export const runningOf = (group: number): number => processes().filter((each) => each.group === group).length;

/** Waits until no process of a group runs. */
export const untilEnded = (group: number): Promise<true> =>
  until("its processes have ended", () => runningOf(group) === 0 || undefined);

/** Ends the Terraform that works in a folder as `kill -9` does; its plugins, which serve nobody now, go with it. */
export async function killedIn(folder: string): Promise<void> {
  const group = await untilRunning(`${folder}/`);
  process.kill(-group, "SIGKILL");
  await untilEnded(group);
}
