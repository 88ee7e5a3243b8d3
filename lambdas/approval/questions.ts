import { createHash } from "node:crypto";
import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
  type AttributeValue,
  type DynamoDBClient,
} from "@aws-sdk/client-dynamodb";

export const answers = ["approved", "rejected"] as const;
export type Answer = (typeof answers)[number];

/** A question that a workflow has asked a person. */
export interface Question {
  /** ARN. */
  readonly execution: string;
  /** The task's token, encrypted, in base64. */
  readonly token: string;
  readonly metrics: Readonly<Record<string, string | number>>;
  /** S3 URI of the evaluation. */
  readonly report: string;
  /** Seconds since 1970, as all times here. */
  readonly asked: number;
  readonly expires: number;
  /** What somebody has sent of which it is not known whether it arrived. */
  readonly tried?: Answer | undefined;
  /** What became of it; `gone` where the workflow did not wait any more. */
  readonly answer?: Answer | "gone" | undefined;
  readonly by?: string | undefined;
  readonly answeredAt?: number | undefined;
}

/** The questions there are, by the hash of their links' secret part. */
export interface Questions {
  put(id: string, question: Question): Promise<void>;
  get(id: string): Promise<Question | undefined>;
  /** Makes the caller the only one who may answer for a while, and writes down what it is going to send. @returns whether it is */
  claim(id: string, answer: Answer, now: number): Promise<boolean>;
  /** Lets others answer. @param tried what was sent before the claim */
  release(id: string, tried: Answer | undefined): Promise<void>;
  settle(id: string, answer: NonNullable<Question["answer"]>, by: string, now: number): Promise<void>;
  /** Ids of those that an execution has asked. */
  of(execution: string): Promise<string[]>;
}

/** What stands in the table for a link. */
export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** Seconds that a claim lasts: longer than the function that holds it. */
const claimSeconds = 60;
/** Seconds that a question is kept after its time, for friendly answers. */
const keptSeconds = 30 * 24 * 60 * 60;

export function tableOfQuestions(client: DynamoDBClient, TableName: string): Questions {
  const update = async (
    id: string,
    UpdateExpression: string,
    values: Readonly<Record<string, AttributeValue>>,
    ConditionExpression = "attribute_exists(id)",
  ) =>
    client.send(
      new UpdateItemCommand({
        TableName,
        Key: { id: { S: id } },
        UpdateExpression,
        ConditionExpression,
        ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: { ...values } }),
      }),
    );
  return {
    put: async (id, { execution, token, metrics, report, asked, expires }) => {
      const Item = {
        id: { S: id },
        execution: { S: execution },
        token: { S: token },
        metrics: { S: JSON.stringify(metrics) },
        report: { S: report },
        asked: { N: String(asked) },
        expires: { N: String(expires) },
        kept: { N: String(expires + keptSeconds) },
      };
      const ConditionExpression = "attribute_not_exists(id)";
      await client.send(new PutItemCommand({ TableName, Item, ConditionExpression }));
    },
    get: async (id) => {
      const Key = { id: { S: id } };
      const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
      return Item && questionOf(Item);
    },
    claim: async (id, answer, now) => {
      try {
        await update(
          id,
          "SET claimedUntil = :until, tried = if_not_exists(tried, :answer)",
          {
            ":answer": { S: answer },
            ":now": { N: String(now) },
            ":until": { N: String(now + claimSeconds) },
          },
          "expires > :now AND attribute_not_exists(answer) AND (attribute_not_exists(claimedUntil) OR claimedUntil <= :now)",
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
    release: async (id, tried) => {
      await update(id, `REMOVE claimedUntil${tried === undefined ? ", tried" : ""}`, {});
    },
    settle: async (id, answer, by, now) => {
      await update(id, "SET answer = :answer, answeredBy = :by, answeredAt = :now", {
        ":answer": { S: answer },
        ":by": { S: by },
        ":now": { N: String(now) },
      });
    },
    of: async (execution) => {
      const found: string[] = [];
      let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
      do {
        const page = await client.send(
          new ScanCommand({
            TableName,
            ExclusiveStartKey,
            ConsistentRead: true,
            FilterExpression: "execution = :execution",
            ExpressionAttributeValues: { ":execution": { S: execution } },
          }),
        );
        found.push(...(page.Items ?? []).flatMap(({ id }) => id?.S ?? []));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      return found;
    },
  };
}

const questionOf = (item: Readonly<Record<string, AttributeValue>>): Question => ({
  execution: item.execution?.S ?? "",
  token: item.token?.S ?? "",
  metrics: JSON.parse(item.metrics?.S ?? "{}") as Question["metrics"],
  report: item.report?.S ?? "",
  asked: Number(item.asked?.N),
  expires: Number(item.expires?.N),
  tried: item.tried?.S as Question["tried"],
  answer: item.answer?.S as Question["answer"],
  by: item.answeredBy?.S,
  answeredAt: item.answeredAt && Number(item.answeredAt.N),
});
