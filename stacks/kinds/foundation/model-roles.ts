import { Construct } from "constructs";
import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { inferenceRoleName } from "../../../core/inference-api-names";
import { modelRoleName, servingRoleName } from "../../../core/naming";
import { serviceTrust, type IdentityStatement } from "../../../core/policy";
import { Role } from "../../../modules/iam/role";
import type { ModelDefinition } from "../../../pipelines/model";
import { inferenceRolePolicies } from "../../inference-api";
import { servingRolePolicies } from "../../serving-role";
import { namesOfWorkload, runsIn, settingsOf } from "../../topology";
import { executionRolePolicies, lambdaRolePolicies, pipelinePolicies, sealingRolePolicies } from "./policies";
import { retrainingRolePolicies } from "./retraining";
import { addWorkflowRoles } from "./workflow-roles";

export interface ModelRolesProps {
  readonly estate: Estate;
  readonly workload: WorkloadEnvironment;
  readonly model: ModelDefinition;
}

type Policies = Readonly<Record<string, readonly IdentityStatement[]>>;

/** The roles of one model in an account: what they reach of data, artifacts and versions is that model's alone (ADR 7). */
export class ModelRoles extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ModelRolesProps,
  ) {
    super(scope, id);
    const { workload, model } = props;
    if (runsIn(workload, model)) this.ofPipelines();
    if (settingsOf(workload, model).endpoint !== undefined) this.serving();
    if (settingsOf(workload, model).workflow !== undefined)
      addWorkflowRoles(this, props.estate, workload, model);
    if (settingsOf(workload, model).api !== undefined) this.inference();
  }

  private ofPipelines(): void {
    const { estate, workload, model } = this.props;
    const { executionRole, lambdaRole, retrainingRole, sealingRole } = namesOfWorkload(estate, workload);
    this.execution(executionRole);
    this.ofFunction("lookup", lambdaRole, {
      description: `Looks up approved versions of ${model.name} in the central registry`,
      policies: lambdaRolePolicies(estate, workload, [model]),
    });
    this.ofFunction("retraining", retrainingRole, {
      description: `Starts training of ${model.name} where a monitor has found data drift`,
      policies: retrainingRolePolicies(estate, workload, [model]),
    });
    this.ofFunction("sealing", sealingRole, {
      description: `Keeps versions of ${model.name} in the central artifacts bucket`,
      policies: sealingRolePolicies(estate, workload, model),
    });
  }

  private serving(): void {
    const { estate, workload, model } = this.props;
    const { executionRole } = namesOfWorkload(estate, workload);
    new Role(this, "serving", {
      roleName: servingRoleName(executionRole, model.name),
      description: `Serves ${model.name}`,
      trust: [serviceTrust(["sagemaker.amazonaws.com"], workload.account)],
      inlinePolicies: servingRolePolicies(estate, workload, model),
    });
  }

  private inference(): void {
    const { estate, workload, model } = this.props;
    const { lambdaRole } = namesOfWorkload(estate, workload);
    new Role(this, "inference", {
      roleName: inferenceRoleName(lambdaRole, model.name),
      description: `Asks the endpoint of ${model.name} for callers of its API`,
      trust: [serviceTrust(["lambda.amazonaws.com"], workload.account)],
      inlinePolicies: inferenceRolePolicies(estate, workload, model),
    });
  }

  private execution(base: string): void {
    const { estate, workload, model } = this.props;
    new Role(this, "execution", {
      roleName: modelRoleName(base, model.name),
      description: `Runs the pipelines of ${model.name}, and starts them for EventBridge`,
      trust: [serviceTrust(["events.amazonaws.com", "sagemaker.amazonaws.com"], workload.account)],
      inlinePolicies: executionRolePolicies(estate, workload, [model]),
      managedPolicies: pipelinePolicies(estate, workload, [model]),
    });
  }

  /** None where there is nothing for it to do. */
  private ofFunction(
    id: string,
    base: string,
    { description, policies }: { readonly description: string; readonly policies: Policies },
  ): void {
    if (Object.keys(policies).length === 0) return;
    const { workload, model } = this.props;
    new Role(this, id, {
      roleName: modelRoleName(base, model.name),
      description,
      trust: [serviceTrust(["lambda.amazonaws.com"], workload.account)],
      inlinePolicies: policies,
    });
  }
}
