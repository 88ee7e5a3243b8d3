import type { LocalAwsAddress } from "../../../tools/local-aws/address";

interface Question {
  readonly method: "GET" | "POST";
  /** @default / */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A question for each service that an empty local AWS is asked for in many tests, by its name in signatures. */
const questions: Readonly<Record<string, Question>> = {
  sts: query("GetCallerIdentity", "2011-06-15"),
  iam: query("ListRoles", "2010-05-08"),
  s3: { method: "GET" },
  sagemaker: json("SageMaker.ListPipelines"),
  events: json("AWSEvents.ListRules"),
  sqs: json("AmazonSQS.ListQueues"),
  logs: json("Logs_20140328.DescribeLogGroups"),
  kms: json("TrentService.ListKeys"),
  lambda: { method: "GET", path: "/2015-03-31/functions" },
};

function query(action: string, version: string): Question {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return { method: "POST", headers, body: `Action=${action}&Version=${version}` };
}

function json(target: string): Question {
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
  return { method: "POST", headers, body: "{}" };
}

/**
 * Has a local AWS load what each service takes, which it does at the first request for it: a fork has that from the beginning.
 * @throws Error where one does not answer
 */
export async function loadServices({ endpoint, secret }: LocalAwsAddress): Promise<void> {
  for (const [service, { path = "/", ...question }] of Object.entries(questions)) {
    const scope = `Credential=${secret}/20260101/us-east-1/${service}/aws4_request`;
    const authorization = `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0`;
    const headers = { ...question.headers, authorization };
    const response = await fetch(`${endpoint}${path}`, { ...question, headers });
    if (!response.ok) throw new Error(`${service} answered ${response.status}: ${await response.text()}`);
  }
}
