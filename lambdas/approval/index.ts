import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DecryptCommand, KMSClient } from "@aws-sdk/client-kms";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SFNClient } from "@aws-sdk/client-sfn";
import type { Evaluation } from "../evaluation/evaluate";
import { tableOfQuestions, type Question } from "./questions";
import { answerDirectly, answerHttp, type DirectEvent, type HttpEvent, type PageTools } from "./requests";
import { oneAttempt, tellWorkflow } from "./tell-workflow";
import { tokenContext } from "./token";

const [database, kms, s3] = [new DynamoDBClient(), new KMSClient(), new S3Client()];
const states = new SFNClient(oneAttempt);

const tools = (): PageTools => ({
  questions: tableOfQuestions(database, process.env.QUESTIONS ?? ""),
  tokenOf: async ({ token, execution }) => {
    const { Plaintext = new Uint8Array() } = await kms.send(
      new DecryptCommand({
        KeyId: process.env.KEY,
        CiphertextBlob: Buffer.from(token, "base64"),
        EncryptionContext: tokenContext(execution),
      }),
    );
    return Buffer.from(Plaintext).toString();
  },
  send: (token, output) => tellWorkflow(states, token, output),
  evaluationOf: readEvaluation,
  now: () => Math.floor(Date.now() / 1000),
});

/**
 * The page behind the link that a workflow sends, and what `mlops workflows approve` and `reject` call. The table of questions is that of the
 * variable `QUESTIONS`, the key of their tokens that of `KEY`.
 */
export const handler = (event: HttpEvent | DirectEvent) =>
  "requestContext" in event ? answerHttp(tools(), event) : answerDirectly(tools(), event);

/** Undefined where it cannot be read: a person may decide by the metrics. */
async function readEvaluation({ report }: Question): Promise<Evaluation | undefined> {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(report) ?? [];
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return JSON.parse((await Body?.transformToString()) ?? "") as Evaluation;
  } catch (error) {
    console.warn(`The evaluation cannot be read: ${(error as Error).name}`);
    return undefined;
  }
}
