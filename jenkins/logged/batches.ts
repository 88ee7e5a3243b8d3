/** A line that a command printed. */
export interface LogEvent {
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly message: string;
}

/** Limits of PutLogEvents: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const limits = { events: 10_000, bytes: 1_048_576, overheadBytes: 26, messageBytes: 256 * 1024 - 26 };

/** Groups events, in order, so that PutLogEvents takes each group. Empty lines are left out, long ones cut in pieces. */
export function toBatches(events: readonly LogEvent[]): LogEvent[][] {
  const batches: LogEvent[][] = [];
  let bytes = Infinity;
  for (const event of events.flatMap(pieces)) {
    const size = Buffer.byteLength(event.message) + limits.overheadBytes;
    const last = batches.at(-1);
    if (last === undefined || last.length === limits.events || bytes + size > limits.bytes) {
      batches.push([event]);
      bytes = size;
    } else {
      last.push(event);
      bytes += size;
    }
  }
  return batches;
}

function pieces({ timestamp, message }: LogEvent): LogEvent[] {
  const found: LogEvent[] = [];
  let piece = "";
  let bytes = 0;
  if (Buffer.byteLength(message) <= limits.messageBytes)
    return message === "" ? [] : [{ timestamp, message }];
  for (const character of message) {
    const size = Buffer.byteLength(character);
    if (bytes + size > limits.messageBytes) {
      found.push({ timestamp, message: piece });
      piece = "";
      bytes = 0;
    }
    piece += character;
    bytes += size;
  }
  return [...found, { timestamp, message: piece }];
}
