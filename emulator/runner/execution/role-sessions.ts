import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { RoleCredentials, ControlPlane, StartedExecution } from "../control-plane";

/** Clients that work as one role. */
export interface RoleSession {
  readonly credentials: RoleCredentials;
  readonly s3: S3Client;
  readonly sagemaker: SageMakerClient;
  readonly sqs: SQSClient;
}

/** Sessions of the roles that services assume for one execution, each assumed once. */
export class RoleSessions {
  private readonly sessions = new Map<string, Promise<RoleSession>>();

  constructor(
    private readonly controlPlane: ControlPlane,
    private readonly execution: StartedExecution,
  ) {}

  /**
   * @param subnet that its requests come from. @default none: a network of AWS's
   * @throws ServiceSideError when the role's trust policy does not let the service in
   */
  of(service: string, roleArn: string, sourceArn: string, subnet?: string): Promise<RoleSession> {
    const key = `${service} ${roleArn} ${sourceArn} ${subnet ?? ""}`;
    const known = this.sessions.get(key);
    if (known) return known;
    const session = this.assume(service, roleArn, sourceArn, subnet);
    this.sessions.set(key, session);
    session.catch(() => this.sessions.delete(key));
    return session;
  }

  private async assume(
    service: string,
    roleArn: string,
    sourceArn: string,
    subnet: string | undefined,
  ): Promise<RoleSession> {
    const sessionName = service === "sagemaker.amazonaws.com" ? "SageMaker" : sourceArn.replace(/^.*:/, "");
    const credentials = await this.controlPlane.assumeRole(service, roleArn, { sessionName, sourceArn });
    const settings = { region: this.execution.region, credentials };
    return {
      credentials,
      s3: fromSubnet(new S3Client(settings), subnet),
      // Retry policies are the definition's; the client must not hide what they are for.
      sagemaker: new SageMakerClient({ ...settings, maxAttempts: 1 }),
      sqs: new SQSClient({ ...settings, useQueueUrlAsEndpoint: false }),
    };
  }
}

/** Local AWS takes such requests for ones from within that subnet's network. */
function fromSubnet(s3: S3Client, subnet: string | undefined): S3Client {
  if (subnet !== undefined)
    s3.middlewareStack.add(
      (next) => (args) => {
        (args.request as HttpRequest).headers["x-local-aws-subnet"] = subnet;
        return next(args);
      },
      { step: "build", name: "fromSubnet" },
    );
  return s3;
}

interface HttpRequest {
  readonly headers: Record<string, string>;
}
