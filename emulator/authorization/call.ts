/** One request to AWS, as local AWS read it. */
export interface Call {
  /** As in IAM's actions: `cloudwatch`, `s3`. */
  readonly service: string;
  /** As in the service's API: `ListObjectsV2`. */
  readonly operation: string;
  /** By the names of the service's API. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly region: string;
  readonly caller: Caller;
  /** What else the call needs, which only the state tells: the use of keys. */
  readonly further: readonly FurtherNeed[];
  /** Of the object that is read. @default none */
  readonly objectTags?: Readonly<Record<string, string>>;
}

/** Who asks. */
export interface Caller {
  /** ARN of a role. */
  readonly role: string;
  /** ARN of its session, as AWS names the caller in refusals. */
  readonly session: string;
  readonly account: string;
}

export interface FurtherNeed {
  readonly action: string;
  readonly resource: string;
  readonly when: Readonly<Record<string, string>>;
}

/** A parameter that is text. */
export function textOf({ parameters }: Call, name: string): string | undefined {
  const value = parameters[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}
