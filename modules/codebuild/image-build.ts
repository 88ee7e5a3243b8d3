import { CodebuildProject } from "@cdktf/provider-aws/lib/codebuild-project";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { resourceName } from "../../core/name-limits";

export interface ImageBuildProps {
  readonly projectName: string;
  readonly description: string;
  readonly roleArn: string;
  /** Path of the build's description in the source. */
  readonly buildspec: string;
  /** Variables that the build gets beside CodeBuild's own. */
  readonly environment: Readonly<Record<string, string>>;
  readonly keyArn: string;
  readonly logGroupName: string;
  /** What the role needs before the first build. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html */
const image = "aws/codebuild/amazonlinux-x86_64-standard:5.0";

/** A build that a delivery pipeline runs, with Docker's daemon in it, which wants the privileged mode. */
export class ImageBuild extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: ImageBuildProps) {
    super(scope, id);
    const project = new CodebuildProject(this, "project", {
      name: resourceName("buildProject", props.projectName),
      description: props.description,
      serviceRole: props.roleArn,
      encryptionKey: props.keyArn,
      buildTimeout: 60,
      queuedTimeout: 480,
      source: { type: "CODEPIPELINE", buildspec: props.buildspec },
      artifacts: { type: "CODEPIPELINE" },
      environment: {
        type: "LINUX_CONTAINER",
        computeType: "BUILD_GENERAL1_SMALL",
        image,
        imagePullCredentialsType: "CODEBUILD",
        privilegedMode: true,
        environmentVariable: Object.entries(props.environment).map(([name, value]) => ({ name, value })),
      },
      logsConfig: { cloudwatchLogs: { groupName: props.logGroupName } },
      dependsOn: [...props.dependsOn],
    });
    this.name = project.name;
  }
}
