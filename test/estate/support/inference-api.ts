import { SSMClient } from "@aws-sdk/client-ssm";
import { SignatureV4 } from "@smithy/signature-v4";
import type { AccountAccess } from "../../../deploy/access/account-access";
import { flowers } from "./workflow-runs";

/** What an API answers. */
export interface Answered {
  readonly status: number;
  readonly body: string;
  /** Of an answer that is an error. */
  readonly code?: string | undefined;
  readonly retryAfter?: string | undefined;
}

interface Asking {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: string;
  /** What signs. @default the caller's credentials; null: nothing does */
  readonly secret?: string | null;
}

/** What is asked otherwise than docs/inference-api.md has it: the status, and the code where the function has one. */
export const documentedRefusals: readonly (readonly [
  why: string,
  asking: Asking,
  status: number,
  code: string | undefined,
])[] = [
  ["unsigned", { secret: null }, 403, undefined],
  ["a wrong signature", { secret: "guessed" }, 403, undefined],
  ["a foreign endpoint", { query: "sagemaker_endpoint=mammo-severity" }, 400, "UnknownParameter"],
  ["another type", { headers: { "content-type": "application/json" } }, 415, "UnsupportedMediaType"],
  ["rows that the model refuses", { body: "5.1,3.5\n" }, 422, "RefusedByModel"],
  ["more than 4 MiB", { body: "1".repeat(4 * 2 ** 20 + 1) }, 413, "BodyTooLarge"],
  ["more than 10 MB", { body: "1".repeat(10 * 2 ** 20 + 1) }, 413, undefined],
];

/** An application that asks a model by its API. @param url where local AWS answers for it */
export class Application {
  constructor(
    private readonly url: string,
    private readonly access: AccountAccess,
  ) {}

  /** Asks for what the endpoint answers. @throws Error for any other answer */
  async predict(): Promise<void> {
    const answered = await this.ask();
    if (answered.status !== 200) throw new Error(JSON.stringify(answered));
  }

  async ask({ body = flowers, headers = {}, query = "", secret }: Asking = {}): Promise<Answered> {
    const sent = { "content-type": "text/csv", ...headers };
    const answer = await fetch(`${this.url}${query && `?${query}`}`, {
      method: "POST",
      body,
      headers: secret === null ? sent : await this.signed(body, sent, query, secret),
    });
    const text = await answer.text();
    const { code, requestId } = answer.ok ? {} : (JSON.parse(text) as Record<string, string>);
    if (code !== undefined && requestId !== answer.headers.get("apigw-requestid"))
      throw new Error(`an error must name its request, got: ${text}`);
    return {
      status: answer.status,
      body: text,
      code,
      retryAfter: answer.headers.get("retry-after") ?? undefined,
    };
  }

  private async signed(
    body: string,
    headers: Readonly<Record<string, string>>,
    query: string,
    secret?: string,
  ): Promise<Record<string, string>> {
    const { sha256 } = new SSMClient(this.access).config;
    const own = await this.access.credentials();
    const credentials = { ...own, ...(secret !== undefined && { secretAccessKey: secret }) };
    const signer = new SignatureV4({
      service: "execute-api",
      region: this.access.region,
      sha256,
      credentials,
    });
    const { protocol, hostname, host, pathname } = new URL(this.url);
    const request = {
      ...{ method: "POST", protocol, hostname, path: pathname, body },
      query: Object.fromEntries(new URLSearchParams(query)),
      headers: { ...headers, host },
    };
    return (await signer.sign(request)).headers;
  }
}
