import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What a custom resource answers. */
export interface Response {
  readonly Status: "SUCCESS" | "FAILED";
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>>;
}

/** Where CloudFormation waits for answers: takes PUTs without a content type, which its addresses are signed for. */
export class CloudFormation {
  readonly responses: Response[] = [];
  /** How many of the next answers get 503. */
  failing = 0;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const isGood = request.method === "PUT" && (request.headers["content-type"] ?? "") === "";
        const status = this.failing-- > 0 ? 503 : isGood ? 200 : 403;
        if (status === 200) this.responses.push(JSON.parse(Buffer.concat(chunks).toString()) as Response);
        response.writeHead(status).end();
      });
    });
  }

  static async start(): Promise<CloudFormation> {
    const double = new CloudFormation();
    await new Promise<void>((resolve) => double.server.listen(0, "127.0.0.1", resolve));
    return double;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/answer?X-Amz-Signature=5ec7e7`;
  }

  /** The last answer, which must be the only one since the last call. */
  take(): Response {
    const [response, ...others] = this.responses.splice(0);
    if (!response || others.length > 0)
      throw new Error(`Not one answer, but ${others.length + (response ? 1 : 0)}`);
    return response;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
