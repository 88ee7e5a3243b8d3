/**
 * Lines of Terraform's machine-readable output that we act on.
 * https://developer.hashicorp.com/terraform/internals/machine-readable-ui
 */
export interface ResourceHook {
  readonly resource: { readonly addr: string };
  readonly action: string;
  readonly elapsed_seconds?: number;
  /** What the resource is called in AWS, once it exists. */
  readonly id_value?: string;
}

export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
}

/** What a plan will do to one resource. */
export interface PlannedChange {
  readonly resource: { readonly addr: string; readonly resource_type: string };
  /** Where the resource has been moved. */
  readonly previous_resource?: { readonly addr: string };
  /** Such as `create`, `replace` or `remove`, which forgets. */
  readonly action: string;
  readonly importing?: { readonly id?: string };
}

export interface ChangeSummary {
  readonly add: number;
  readonly change: number;
  readonly import: number;
  readonly remove: number;
  readonly operation: "plan" | "apply" | "destroy";
}

export type Message =
  | {
      readonly type: "apply_start" | "apply_progress" | "apply_complete" | "apply_errored";
      readonly hook: ResourceHook;
    }
  | { readonly type: "diagnostic"; readonly diagnostic: Diagnostic }
  | { readonly type: "planned_change"; readonly change: PlannedChange }
  | { readonly type: "change_summary"; readonly changes: ChangeSummary };

const known = new Set([
  "apply_start",
  "apply_progress",
  "apply_complete",
  "apply_errored",
  "diagnostic",
  "planned_change",
  "change_summary",
]);

/** One line of output as a message; undefined for lines of no interest, for text, and for a line cut off by a kill. */
export function parseMessage(line: string): Message | undefined {
  const message = readJson(line);
  return message?.type !== undefined && known.has(message.type) ? (message as Message) : undefined;
}

function readJson(line: string): { readonly type?: string } | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as { readonly type?: string };
  } catch {
    return undefined;
  }
}

/** A diagnostic in one paragraph: what went wrong, at which resource, and why. */
export function describeDiagnostic({ summary, detail, address }: Diagnostic): string {
  const where = address ? `${address}: ` : "";
  return `${where}${summary}${detail ? `\n${detail}` : ""}`;
}
