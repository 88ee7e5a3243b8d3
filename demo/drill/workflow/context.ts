import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { Estate } from "../../../config/schema";
import { stateMachineArn } from "../../../core/arns";
import { workflowNames } from "../../../core/workflow-names";
import { accessAccount, type AccountAccess } from "../../../deploy/access/account-access";
import { accountRegionOf, namesOfWorkload } from "../../../stacks/topology";
import type { LocalAwsAddress } from "../../../tools/local-aws/address";
import { clientsOf, type AccountClients } from "../accounts";
import { Inbox } from "../inbox";
import type { DrillResults } from "../results";
import type { Stages } from "../stage";
import type { WorkflowParticipants } from "./participants";

export interface WorkflowActOptions {
  readonly estate: Estate;
  readonly participants: WorkflowParticipants;
  readonly localAws: LocalAwsAddress;
  readonly python: string;
  readonly stages: Stages;
  readonly results: Pick<DrillResults, "alerts" | "workflows">;
  readonly signal: AbortSignal;
}

/** What the stages of the act work with. */
export interface WorkflowAct extends WorkflowActOptions {
  /** Gets the code that is committed. */
  readonly folder: string;
  readonly access: AccountAccess;
  readonly clients: AccountClients;
  readonly states: SFNClient;
  readonly ssm: SSMClient;
  readonly machineArn: string;
  readonly dataBucket: string;
  /** What approvers get, and what those get who hear of ends. */
  readonly inboxes: { readonly approvals: Inbox; readonly alerts: Inbox };
}

/** At most, of each thing that is waited for, on whatever machine this is. */
export const actSeconds = 600;

export async function prepareAct(options: WorkflowActOptions): Promise<WorkflowAct> {
  const { estate, participants } = options;
  const { environment, model } = participants;
  const [access, clients] = await Promise.all([
    accessAccount(environment, estate.shared.adminRole),
    clientsOf(estate, environment),
  ]);
  const names = workflowNames(estate.shared.project, model.name);
  const open = (topic: string): Promise<Inbox> => Inbox.open(clients, environment, topic, `drill-${topic}`);
  const [approvals, alerts] = await Promise.all([open(names.approvalTopic), open(names.alertTopic)]);
  return {
    ...options,
    folder: await mkdtemp(join(tmpdir(), "mlops-code-")),
    ...{ access, clients, states: new SFNClient(access), ssm: new SSMClient(access) },
    machineArn: stateMachineArn(accountRegionOf(environment), names.stateMachine),
    dataBucket: namesOfWorkload(estate, environment).dataBucket,
    inboxes: { approvals, alerts },
  };
}
