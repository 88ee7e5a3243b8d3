/** How a thing is doing, as colour and sign show it. */
export type StatusTone = "good" | "bad" | "stopped" | "waiting" | "none";

const tones: Readonly<Record<string, StatusTone>> = {
  passed: "good",
  Succeeded: "good",
  Approved: "good",
  failed: "bad",
  Failed: "bad",
  Rejected: "bad",
  Stopped: "stopped",
  Stopping: "stopped",
  NotExecuted: "none",
};

/** A status of a stage, step, execution or model version; one that is not known is still under way. */
export const toneOf = (status: string): StatusTone => tones[status] ?? "waiting";

/** AWS's name of a status in words: `NotExecuted` is `Not executed`. */
export function statusText(status: string): string {
  const words = status.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
