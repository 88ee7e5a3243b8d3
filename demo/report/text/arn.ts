/** What of an ARN a reader looks for. */
export interface ArnParts {
  readonly account: string;
  /** Without its kind: `sagemaker-execution-role`, not `role/sagemaker-execution-role`. */
  readonly name: string;
}

/** Splits an ARN; undefined where the text is none. */
export function arnParts(text: string): ArnParts | undefined {
  const match = /^arn:[^:]*:[^:]*:[^:]*:([^:]*):(.+)$/.exec(text);
  if (!match) return undefined;
  const [, account = "", resource = ""] = match;
  return { account, name: resource.slice(resource.indexOf("/") + 1) };
}
