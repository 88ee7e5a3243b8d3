import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SignatureV4 } from "@smithy/signature-v4";
import { partitionOf } from "../core/partition";

/** An operation of a service that the registry has no client for. */
export interface JsonOperation {
  /** As its host and its signatures call it. */
  readonly service: string;
  /** As the header `x-amz-target` has it. */
  readonly target: string;
  /** Of AWS's JSON protocol. */
  readonly version: "1.0" | "1.1";
}

/** What AWS answers instead of what was asked for. `name` is its code. */
export class JsonApiError extends Error {
  constructor({ __type: type = "", message, Message }: Failure, text: string) {
    super(message ?? Message ?? (type || text));
    this.name = type.slice(type.lastIndexOf("#") + 1);
  }
}

/**
 * Asks with the settings of a client of another service.
 * @throws JsonApiError in AWS's words
 */
export async function askJson<Answer>(
  { config }: SageMakerClient,
  { service, target, version }: JsonOperation,
  body: object,
): Promise<Answer> {
  const { credentials, sha256 } = config;
  const region = await config.region();
  const endpoint = new URL(
    process.env.AWS_ENDPOINT_URL ?? `https://${service}.${region}.${partitionOf(region).dnsSuffix}`,
  );
  const request = await new SignatureV4({ region, service, credentials, sha256 }).sign({
    ...{ method: "POST", protocol: endpoint.protocol, hostname: endpoint.hostname, path: "/", query: {} },
    ...(endpoint.port && { port: Number(endpoint.port) }),
    body: JSON.stringify(body),
    headers: {
      host: endpoint.host,
      "content-type": `application/x-amz-json-${version}`,
      "x-amz-target": target,
    },
  });
  const { response } = await (config.requestHandler as unknown as Handler).handle(request);
  const text = config.utf8Encoder(await config.streamCollector(response.body));
  const answer = JSON.parse(text) as Answer & Failure;
  if (response.statusCode !== 200) throw new JsonApiError(answer, text);
  return answer;
}

interface Failure {
  readonly __type?: string;
  readonly message?: string;
  readonly Message?: string;
}

interface Handler {
  handle(
    request: unknown,
  ): Promise<{ readonly response: { readonly statusCode: number; readonly body: unknown } }>;
}
