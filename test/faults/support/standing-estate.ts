import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { StackRunner } from "../../../deploy/estate/stack-runner";
import { wavesOf } from "../../../deploy/estate/waves";
import { deployStacks } from "../../../deploy/plans/deploy-stacks";
import { PlanFolder } from "../../../deploy/plans/plan-folder";
import { only, type Synthesised } from "../../support/synth";
import { tools } from "../../support/tools";
import type { FaultPlace } from "./place";

/** The stacks that stand: all but the state stacks, and dev's. */
export const standing = ["registry", "prod-foundation", "prod-mammo-severity"] as const;

type Change = (stack: Synthesised) => object;

/**
 * Brings up prod and what it needs, without what the provider alone waits two minutes for: lifecycle rules of buckets
 * are left out, and the queue is imported.
 */
export async function bringUpProd(place: FaultPlace): Promise<void> {
  const folder = join(place.folder, "standing");
  const directoryOf = (id: string) => join(folder, id);
  for (const id of standing) cpSync(place.directoryOf(id), directoryOf(id), { recursive: true });
  for (const id of ["registry", "prod-foundation"]) change(directoryOf(id), withoutLifecycle);
  const queue = await createQueue(place);
  change(directoryOf("prod-mammo-severity"), importing(queue));
  const runs = { tool: tools().terraform, directoryOf };
  const runner = new StackRunner(new AbortController().signal, () => undefined);
  const deployment = {
    runs,
    runner,
    accounts: place.accounts,
    folder: new PlanFolder(join(folder, "plans")),
  };
  for (const { stacks } of wavesOf(standing.map((id) => place.stack(id))))
    expect((await deployStacks({ ...deployment, stacks })).failures).toEqual([]);
}

function change(directory: string, by: Change): void {
  const file = join(directory, "cdk.tf.json");
  writeFileSync(file, JSON.stringify(by(JSON.parse(readFileSync(file, "utf8")) as Synthesised)));
}

const withoutLifecycle: Change = ({ resource, ...rest }) => ({
  ...rest,
  resource: Object.fromEntries(
    Object.entries(resource).filter(([type]) => type !== "aws_s3_bucket_lifecycle_configuration"),
  ),
});

/** Takes over a queue that stands, with its policy. */
const importing =
  (id: string): Change =>
  (stack) => ({
    ...stack,
    import: Object.keys(stack.resource.aws_sqs_queue ?? {}).map((name) => ({
      to: `aws_sqs_queue.${name}`,
      id,
    })),
  });

/** @returns the queue's URL */
async function createQueue(place: FaultPlace): Promise<string> {
  const stack = place.synthesised("prod-mammo-severity");
  const queue = only(stack, "aws_sqs_queue");
  const name = String(queue.name);
  const { QueueUrl = "" } = await new SQSClient(await place.accounts.of(place.stack("prod-foundation"))).send(
    new CreateQueueCommand({
      QueueName: name,
      Attributes: {
        KmsMasterKeyId: String(queue.kms_master_key_id),
        MessageRetentionPeriod: String(queue.message_retention_seconds),
        MaximumMessageSize: "262144", // the provider's default
        Policy: String(queue.policy),
      },
    }),
  );
  return QueueUrl;
}
