import { Construct } from "constructs";
import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { stateMachineArn } from "../../../core/arns";
import type { ContainerNames } from "../../../core/container-names";
import { imageRepositoryName } from "../../../core/naming";
import { serviceTrust } from "../../../core/policy";
import { workflowNames } from "../../../core/workflow-names";
import type { AlertTopic } from "../../../modules/alerts/alert-topic";
import type { DeadLetterQueue } from "../../../modules/alerts/dead-letter-queue";
import { FailureAlert } from "../../../modules/events/failure-alert";
import { imageFoundClean, imageNotFoundClean, imagePushed } from "../../../modules/events/image-patterns";
import { scanMessage } from "../../../modules/events/messages";
import { RuleStart } from "../../../modules/events/rule-start";
import { Role } from "../../../modules/iam/role";
import type { ModelDefinition, WorkflowInput } from "../../../pipelines/model";
import { accountRegionOf } from "../../topology";
import { workflowSettingsOf } from "../workflow/settings";
import type { ContainerSettings } from "./settings";

export interface WorkflowStartProps {
  readonly estate: Estate;
  readonly environment: WorkloadEnvironment;
  readonly model: ModelDefinition;
  readonly names: ContainerNames;
  readonly when: NonNullable<ContainerSettings["startsWorkflow"]>;
  readonly alerts: AlertTopic;
  readonly undelivered: DeadLetterQueue;
}

/** Starts a model's workflow with the digest of each image that is pushed, whoever pushes it, or with those alone that a scan found clean. */
export class WorkflowStart extends Construct {
  constructor(scope: Construct, id: string, props: WorkflowStartProps) {
    super(scope, id);
    const where = accountRegionOf(props.environment);
    const images = imageRepositoryName(props.estate.shared.project, props.model.name);
    this.start(props, props.when === "pushed" ? imagePushed(images) : imageFoundClean(where, images));
    if (props.when === "pushed") return;
    new FailureAlert(this, "scan", {
      ruleName: props.names.scanRule,
      description: `Says which image of ${props.model.name} was not found clean`,
      pattern: imageNotFoundClean(where, images),
      message: scanMessage,
      topicArn: props.alerts.arn,
      deadLetterQueueArn: props.undelivered.arn,
    });
  }

  private start({ estate, environment, model, names, ...props }: WorkflowStartProps, pattern: object): void {
    const { stateMachine } = workflowNames(estate.shared.project, model.name);
    const machine = stateMachineArn(accountRegionOf(environment), stateMachine);
    const role = new Role(this, "role", {
      roleName: names.startRole,
      description: `Starts the workflow of ${model.name} with its images`,
      trust: [serviceTrust(["events.amazonaws.com"], environment.account)],
      inlinePolicies: {
        start: [{ Sid: "Start", Effect: "Allow", Action: ["states:StartExecution"], Resource: [machine] }],
      },
    });
    const answerSeconds = workflowSettingsOf(environment, model).answerHours * 60 * 60;
    const input: Readonly<Record<WorkflowInput, string>> = {
      digest: "<digest>",
      answerSeconds: String(answerSeconds),
    };
    new RuleStart(this, "start", {
      ruleName: names.startRule,
      description: `Starts the workflow of ${model.name} with each image that is ${props.when}`,
      trigger: { pattern },
      target: {
        ...{ stateMachineArn: machine, roleArn: role.arn, input, dependsOn: role.policies },
        variables: { digest: "$.detail.image-digest" },
      },
      targetId: "workflow",
      deadLetterQueueArn: props.undelivered.arn,
    });
  }
}
