import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EncryptCommand, KMSClient } from "@aws-sdk/client-kms";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { tableOfQuestions } from "../approval/questions";
import { tokenContext } from "../approval/token";
import { ask, type AskedTask } from "./ask";

const [database, kms, sns] = [new DynamoDBClient(), new KMSClient(), new SNSClient()];

/**
 * A workflow's task that waits for a person: keeps its token, encrypted with the key of alias `KEY`, in the table `QUESTIONS`, and publishes
 * to the topic `TOPIC` a link to the page at `URL`. Logs nothing of either.
 */
export async function handler(task: AskedTask): Promise<void> {
  const { QUESTIONS = "", KEY = "", TOPIC = "", URL = "", MODEL = "" } = process.env;
  await ask(
    {
      questions: tableOfQuestions(database, QUESTIONS),
      url: URL,
      model: MODEL,
      encrypt: async (token, execution) => {
        const { CiphertextBlob = new Uint8Array() } = await kms.send(
          new EncryptCommand({
            KeyId: KEY,
            Plaintext: Buffer.from(token),
            EncryptionContext: tokenContext(execution),
          }),
        );
        return Buffer.from(CiphertextBlob).toString("base64");
      },
      tell: async (Subject, Message) => {
        await sns.send(new PublishCommand({ TopicArn: TOPIC, Subject, Message }));
      },
      now: () => Math.floor(Date.now() / 1000),
    },
    task,
  );
}
