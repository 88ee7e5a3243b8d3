import type { Management } from "../../core/management";
import { SagemakerPipeline } from "@cdktf/provider-aws/lib/sagemaker-pipeline";
import { Construct } from "constructs";
import { escapeTemplate, withStandIns } from "../terraform/escape-template";

export interface PipelineProps {
  /** SageMaker's name of the pipeline, shown in Studio too. */
  readonly pipelineName: string;
  /** The pipeline definition: JSON text of at most 1,048,576 characters. */
  readonly definition: string;
  readonly executionRoleArn: string;
  /** What Terraform alone knows, by the text that stands for it in the definition. @default nothing */
  readonly standIns?: Readonly<Record<string, string>>;
  /** What the definition refers to and must stand first, such as scripts and functions. @default nothing */
  readonly dependsOn?: readonly Construct[];
}

/** A SageMaker pipeline whose definition was built in TypeScript. */
export class Pipeline extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: PipelineProps) {
    super(scope, id);
    const pipeline = new SagemakerPipeline(this, "pipeline", {
      pipelineName: props.pipelineName,
      pipelineDisplayName: props.pipelineName,
      roleArn: props.executionRoleArn,
      pipelineDefinition: withStandIns(escapeTemplate(props.definition), props.standIns),
    });
    pipeline.node.addDependency(...(props.dependsOn ?? []));
    this.arn = pipeline.arn;
  }
}

/** What managing pipelines takes, by ARN; old files go when no execution under way was started with them. */
export const pipelineManagement = (resources: readonly string[]): Management => ({
  service: "sagemaker",
  actions: [
    "CreatePipeline",
    "UpdatePipeline",
    "DeletePipeline",
    "DescribePipeline",
    "ListPipelineExecutions",
    "DescribePipelineDefinitionForExecution",
    "AddTags",
    "DeleteTags",
    "ListTags",
  ],
  resources: [...resources, ...resources.map((pipeline) => `${pipeline}/execution/*`)],
});
