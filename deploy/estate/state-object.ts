import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Estate } from "../../config/schema";
import { recordKey, stateKey } from "../../core/state-keys";
import type { StackDescription } from "../../stacks/list";
import { namesOfAccount } from "../../stacks/topology";
import type { AccountAccess } from "../access/account-access";
import { parseRecord, type AppliedRecord } from "./applied-record";
import { s3In } from "./state-bucket";
import { parseState, type StateJson, type StateVersion } from "../terraform/state-json";

/** Who holds the lock on a stack's state. */
export interface Lock {
  readonly id: string;
  /** `user@host`. */
  readonly who: string;
  /** What it is held for, such as `OperationTypeApply`. */
  readonly operation: string;
  /** ISO 8601. */
  readonly since: string;
}

/** The lock file that Terraform writes beside the state (ADR 6). */
interface LockFile {
  readonly ID: string;
  readonly Operation: string;
  readonly Who: string;
  readonly Created: string;
}

/** A stack's state and lock where Terraform keeps them, read without starting it, and the record of what was applied. */
export class StateObject {
  private readonly s3: S3Client;
  private readonly bucket: string;
  private readonly key: string;
  private readonly recordKey: string;

  constructor(estate: Estate, stack: StackDescription, account: AccountAccess) {
    this.s3 = s3In(account);
    this.bucket = namesOfAccount(estate, stack.environment).stateBucket;
    this.key = stateKey(stack.id);
    this.recordKey = recordKey(stack.id);
  }

  /** The state; an empty one where there is none. */
  async read(): Promise<StateJson> {
    return parseState(await this.get(this.key), `s3://${this.bucket}/${this.key}`);
  }

  /** Which state it is; serial 0 where there is none. */
  async version(): Promise<StateVersion> {
    const { serial, lineage } = await this.read();
    return { serial, lineage };
  }

  /** Who holds the lock; undefined where it is free. */
  async lock(): Promise<Lock | undefined> {
    const text = await this.get(`${this.key}.tflock`);
    if (text === undefined) return undefined;
    return lockIn(text);
  }

  /** What was applied last; undefined where nothing is on record. */
  async record(): Promise<AppliedRecord | undefined> {
    return parseRecord(await this.get(this.recordKey));
  }

  /** Puts what was applied on record; the bucket keeps the versions before. */
  async putRecord(record: AppliedRecord): Promise<void> {
    const Body = `${JSON.stringify(record, undefined, 2)}\n`;
    await this.s3.send(new PutObjectCommand({ Bucket: this.bucket, Key: this.recordKey, Body }));
  }

  /** Asks first whether the object is there: without the right to list all of a bucket, S3 calls a missing one denied. */
  private async get(Key: string): Promise<string | undefined> {
    const { s3, bucket: Bucket } = this;
    try {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key }));
      if (!Contents.some((object) => object.Key === Key)) return undefined;
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      return await Body?.transformToString();
    } catch (error) {
      if (["NoSuchKey", "NoSuchBucket"].includes((error as Error).name)) return undefined;
      throw error;
    }
  }
}

/** Terraform holds to any file there; one that it did not write is a lock of nobody's. */
function lockIn(text: string): Lock {
  const { ID = "unknown", Who = "unknown", Operation = "unknown", Created = "unknown" } = lockFile(text);
  return { id: ID, who: Who, operation: Operation, since: Created };
}

function lockFile(text: string): Partial<LockFile> {
  try {
    return (JSON.parse(text) as LockFile | null) ?? {};
  } catch {
    return {};
  }
}
