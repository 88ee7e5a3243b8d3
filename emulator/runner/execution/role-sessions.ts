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

  /** @throws ServiceSideError when the role's trust policy does not let the service in */
  of(service: string, roleArn: string, sourceArn: string): Promise<RoleSession> {
    const key = `${service} ${roleArn} ${sourceArn}`;
    const known = this.sessions.get(key);
    if (known) return known;
    const session = this.assume(service, roleArn, sourceArn);
    this.sessions.set(key, session);
    session.catch(() => this.sessions.delete(key));
    return session;
  }

  private async assume(service: string, roleArn: string, sourceArn: string): Promise<RoleSession> {
    const sessionName = service === "sagemaker.amazonaws.com" ? "SageMaker" : sourceArn.replace(/^.*:/, "");
    const credentials = await this.controlPlane.assumeRole(service, roleArn, { sessionName, sourceArn });
    const settings = { region: this.execution.region, credentials };
    return {
      credentials,
      s3: new S3Client(settings),
      // Retry policies are the definition's; the client must not hide what they are for.
      sagemaker: new SageMakerClient({ ...settings, maxAttempts: 1 }),
      sqs: new SQSClient({ ...settings, useQueueUrlAsEndpoint: false }),
    };
  }
}
