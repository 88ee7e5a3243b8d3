import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { resourceName } from "../../core/name-limits";

export interface ImagePipelineProps {
  readonly pipelineName: string;
  readonly roleArn: string;
  readonly connectionArn: string;
  /** `<owner>/<name>` */
  readonly gitRepository: string;
  readonly branch: string;
  /** A push that changes nothing below it starts nothing. */
  readonly folder: string;
  readonly buildProjectName: string;
  readonly bucketName: string;
  readonly keyArn: string;
  /** What the role needs before the first execution. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * Builds an image of each push to a branch that changes its folder, one after the other: every commit gets its image. What follows is
 * told by the push of the image, and holds no action open.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-filter.html
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works.html#concepts-how-it-works-executions
 */
export class ImagePipeline extends Construct {
  constructor(scope: Construct, id: string, props: ImagePipelineProps) {
    super(scope, id);
    new Codepipeline(this, "pipeline", {
      name: resourceName("deliveryPipeline", props.pipelineName),
      roleArn: props.roleArn,
      pipelineType: "V2",
      executionMode: "QUEUED",
      artifactStore: [
        { type: "S3", location: props.bucketName, encryptionKey: { type: "KMS", id: props.keyArn } },
      ],
      trigger: [
        {
          providerType: "CodeStarSourceConnection",
          gitConfiguration: {
            sourceActionName: "Source",
            push: [
              {
                branches: { includes: [props.branch] },
                filePaths: { includes: [`${props.folder}/**`] },
              },
            ],
          },
        },
      ],
      stage: [
        { name: "Source", action: [sourceAction(props)] },
        { name: "Build", action: [buildAction(props)] },
      ],
      dependsOn: [...props.dependsOn],
    });
  }
}

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html */
const sourceAction = (props: ImagePipelineProps) => ({
  ...{ name: "Source", category: "Source", owner: "AWS", provider: "CodeStarSourceConnection", version: "1" },
  namespace: "Source",
  outputArtifacts: ["source"],
  configuration: {
    ConnectionArn: props.connectionArn,
    FullRepositoryId: props.gitRepository,
    BranchName: props.branch,
    OutputArtifactFormat: "CODE_ZIP",
  },
});

/** The whole commit is the image's tag. https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html */
const buildAction = (props: ImagePipelineProps) => ({
  ...{ name: "Build", category: "Build", owner: "AWS", provider: "CodeBuild", version: "1" },
  namespace: "Build",
  inputArtifacts: ["source"],
  configuration: {
    ProjectName: props.buildProjectName,
    EnvironmentVariables: JSON.stringify([
      { name: "COMMIT", value: "#{Source.CommitId}", type: "PLAINTEXT" },
    ]),
  },
});
