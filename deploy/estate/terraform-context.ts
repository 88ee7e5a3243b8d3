import type { StackDescription } from "../../stacks/list";
import type { Message, ResourceHook } from "../terraform/messages";
import type { TerraformOptions, TerraformTool } from "../terraform/terraform";

/** What running Terraform over synthesised stacks takes. */
export interface TerraformContext {
  readonly tool: TerraformTool;
  /** The folder a stack's synthesised files are in, by stack id. */
  readonly directoryOf: (stack: string) => string;
  readonly signal?: AbortSignal | undefined;
}

/** Says what is going on within one stack, a line at a time. */
export type Logger = (line: string) => void;

const past: Readonly<Record<string, string>> = { create: "created", update: "changed", delete: "destroyed" };

/** Terraform says every ten seconds that it is still at it; once a minute is enough. */
function describeProgress({
  action,
  resource,
  elapsed_seconds: seconds = 0,
}: ResourceHook): string | undefined {
  if (seconds === 0 || seconds % 60 !== 0) return undefined;
  return `${action} ${resource.addr}: under way for ${seconds / 60} min`;
}

/** A message in a few words, for progress; undefined for those of no interest. */
export function describeMessage(message: Message): string | undefined {
  if (message.type === "apply_start") return `${message.hook.action} ${message.hook.resource.addr}`;
  if (message.type === "apply_progress") return describeProgress(message.hook);
  if (message.type === "apply_complete") {
    return `${past[message.hook.action] ?? message.hook.action} ${message.hook.resource.addr}`;
  }
  return undefined;
}

/** What Terraform takes to run over one stack, saying what it does. */
export const optionsFor = (
  runs: TerraformContext,
  stack: StackDescription,
  report: Logger = () => undefined,
): TerraformOptions => ({
  ...runs.tool,
  directory: runs.directoryOf(stack.id),
  signal: runs.signal,
  onMessage: (message: Message) => {
    const line = describeMessage(message);
    if (line) report(line);
  },
});
