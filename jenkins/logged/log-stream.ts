import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  ResourceAlreadyExistsException,
} from "@aws-sdk/client-cloudwatch-logs";
import { toBatches, type LogEvent } from "./batches";

/** A stream of a log group in one account. */
export interface Destination {
  /** The account, in words for people. */
  readonly account: string;
  readonly group: string;
  readonly stream: string;
  /** @throws Error when the account cannot be reached */
  readonly open: () => Promise<CloudWatchLogsClient>;
}

/** Sends lines to a stream, in order. The first failure ends it: a log must not hold up what it tells of. */
export class LogStream {
  private client: CloudWatchLogsClient | undefined;
  private waiting: LogEvent[] = [];
  private sending: Promise<void> = Promise.resolve();
  private unsent = 0;
  private reason: string | undefined;

  constructor(private readonly destination: Destination) {}

  /** How many lines did not get there, and why; undefined where all did. */
  get missing(): string | undefined {
    const { account, group } = this.destination;
    const reason = this.reason ?? "it does not answer";
    return this.unsent === 0
      ? undefined
      : `lines missing in ${group} of ${account}: ${this.unsent} (${reason})`;
  }

  add(event: LogEvent): void {
    if (event.message === "") return;
    this.waiting.push(event);
    this.unsent++;
  }

  /** Sends what has been added; never fails. */
  flush(): Promise<void> {
    const events = this.waiting;
    this.waiting = [];
    this.sending = this.sending.then(() => this.send(events));
    return this.sending;
  }

  private async send(events: readonly LogEvent[]): Promise<void> {
    if (this.reason !== undefined) return;
    const { group: logGroupName, stream: logStreamName } = this.destination;
    try {
      for (const logEvents of toBatches(events)) {
        this.client ??= await this.open();
        await this.client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
      }
      this.unsent -= events.length;
    } catch (error) {
      this.reason = (error as Error).message;
    }
  }

  private async open(): Promise<CloudWatchLogsClient> {
    const { group: logGroupName, stream: logStreamName } = this.destination;
    const client = await this.destination.open();
    try {
      await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
    } catch (error) {
      if (!(error instanceof ResourceAlreadyExistsException)) throw error;
    }
    return client;
  }
}
