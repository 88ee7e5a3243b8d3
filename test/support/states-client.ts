import type { RunnerSandbox } from "./runner-sandbox";
import { account } from "./runner-sandbox";
import { until } from "./until";

export interface Execution {
  readonly executionArn: string;
  readonly status: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

/** Step Functions in a sandbox's account. Local AWS asks whose key it is, and checks no signature. */
export class StatesClient {
  constructor(private readonly sandbox: RunnerSandbox) {}

  async call<Answer>(action: string, body: object): Promise<Answer> {
    const { endpoint, region, credentials } = await this.sandbox.access(account);
    const scope = `Credential=${credentials.accessKeyId}/20260101/${region}/states/aws4_request`;
    const response = await fetch(endpoint, {
      method: "POST",
      headers: {
        "Content-Type": "application/x-amz-json-1.0",
        "X-Amz-Target": `AWSStepFunctions.${action}`,
        "X-Amz-Security-Token": credentials.sessionToken,
        Authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0`,
      },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${action}: ${text}`);
    return JSON.parse(text) as Answer;
  }

  /** Makes a state machine and runs it to its end. */
  async run(name: string, definition: string, roleArn: string, input: object): Promise<Execution> {
    const { stateMachineArn } = await this.call<{ readonly stateMachineArn: string }>("CreateStateMachine", {
      name,
      definition,
      roleArn,
    });
    const { executionArn } = await this.call<Execution>("StartExecution", {
      stateMachineArn,
      input: JSON.stringify(input),
    });
    return until(`${name} ends`, async () => {
      const told = await this.call<Execution>("DescribeExecution", { executionArn });
      return told.status === "RUNNING" ? undefined : told;
    });
  }
}
