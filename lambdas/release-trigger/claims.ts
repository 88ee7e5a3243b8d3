import {
  ConditionalCheckFailedException,
  GetItemCommand,
  UpdateItemCommand,
  type AttributeValue,
  type DynamoDBClient,
} from "@aws-sdk/client-dynamodb";

/** What became of an attempt to be the one who asks for an approval's build. */
export type Claim =
  | {
      readonly kind: "taken";
      /** Since when a build may have been asked for already. */ readonly unsureSince?: Date;
    }
  | { readonly kind: "busy" }
  | { readonly kind: "started"; readonly where: string };

/** Who may ask for an approval's build, and whether somebody has. */
export interface Claims {
  /** @param milliseconds for which nobody else may have it */
  take(id: string, milliseconds: number): Promise<Claim>;
  /** A build was asked for. */
  settle(id: string, where: string): Promise<void>;
  /** Whoever comes next may have it. @param unsure whether a build may have been asked for all the same */
  give(id: string, unsure: boolean): Promise<void>;
}

/** Seconds that a row stays: redriven events are two weeks old at most. */
const keptFor = 90 * 24 * 60 * 60;

/**
 * Claims in a table of DynamoDB, a row for each approval: `free`, `claimed` until a moment (milliseconds), or `started`.
 * Every change is one conditional write.
 */
export function tableOfClaims(client: DynamoDBClient, TableName: string): Claims {
  const update = async (
    id: string,
    set: string,
    values: Record<string, AttributeValue>,
    condition?: string,
  ) =>
    client.send(
      new UpdateItemCommand({
        TableName,
        Key: { approval: { S: id } },
        UpdateExpression: set,
        ExpressionAttributeNames: { "#state": "state" },
        ExpressionAttributeValues: values,
        ReturnValues: "ALL_OLD",
        ...(condition !== undefined && { ConditionExpression: condition }),
      }),
    );
  return {
    take: async (id, milliseconds) => {
      const now = Date.now();
      try {
        const { Attributes: before } = await update(
          id,
          "SET #state = :claimed, claimedUntil = :until, claimedSince = if_not_exists(claimedSince, :now), expires = :expires",
          {
            ":claimed": { S: "claimed" },
            ":free": { S: "free" },
            ":until": { N: String(now + milliseconds) },
            ":now": { N: String(now) },
            ":expires": { N: String(Math.ceil(now / 1000) + keptFor) },
          },
          "attribute_not_exists(approval) OR #state = :free OR (#state = :claimed AND claimedUntil <= :now)",
        );
        const unsure = before?.state?.S === "claimed";
        return { kind: "taken", ...(unsure && { unsureSince: new Date(Number(before.claimedSince?.N)) }) };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        const { Item } = await client.send(
          new GetItemCommand({ TableName, Key: { approval: { S: id } }, ConsistentRead: true }),
        );
        return Item?.state?.S === "started"
          ? { kind: "started", where: Item.place?.S ?? "" }
          : { kind: "busy" };
      }
    },
    settle: async (id, where) => {
      await update(id, "SET #state = :started, place = :place", {
        ":started": { S: "started" },
        ":place": { S: where },
      });
    },
    give: async (id, unsure) => {
      if (unsure)
        await update(id, "SET #state = :claimed, claimedUntil = :now", {
          ":claimed": { S: "claimed" },
          ":now": { N: String(Date.now()) },
        });
      else await update(id, "SET #state = :free REMOVE claimedSince", { ":free": { S: "free" } });
    },
  };
}
