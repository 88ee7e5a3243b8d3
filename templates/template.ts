import type { AccountRegion } from "../core/arns";
import type { CloudFormationTemplate } from "./cloudformation";

/** Where the repositories of a project are, and who builds them. */
export type Server = "jenkins" | "gitlab";

/** A template of SageMaker projects, as people choose it. */
export interface ProjectTemplate {
  /** Name of its folder here, and of the product in the catalog. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly server: Server;
  /** The newest first. Each stays what it is: what is changed is a version of its own. */
  readonly versions: readonly TemplateVersion[];
}

export interface TemplateVersion {
  readonly name: string;
  readonly description: string;
  /** Whether projects may be made of it, and moved to it. */
  readonly active: boolean;
  /** Whether people are told to take another. https://docs.aws.amazon.com/servicecatalog/latest/dg/API_UpdateProvisioningArtifact.html */
  readonly guidance: "DEFAULT" | "DEPRECATED";
  readonly repositories: readonly SeededRepository[];
  readonly render: (parts: TemplateParts) => CloudFormationTemplate;
}

/** What of a project's code stands in one repository. */
export type RepositoryName = "build" | "deploy" | "preprocess";

/** A repository that a project is begun with. */
export interface SeededRepository {
  readonly name: RepositoryName;
  /** Folders below `templates/` that its files are from: a later one's take the place of an earlier one's. */
  readonly layers: readonly string[];
}

/** What a template is told of the environment that offers it. */
export interface TemplateEnvironment {
  readonly where: AccountRegion;
  /** `<project>-<environment>`: begins the names of roles. */
  readonly prefix: string;
  readonly projectsBucket: string;
  /** `alias/…` of the key that encrypts what projects write. */
  readonly keyAlias: string;
  /** ARN of the policy that bounds what roles of projects may do. */
  readonly boundaryArn: string;
  readonly seedFunctionArn: string;
  /** Who asks a server for the release of an approved version, by the server. Nobody asks one that is not here. */
  readonly releases: Readonly<Partial<Record<Server, Release>>>;
  /** ARN of the role of the Jenkins server, which becomes CI's role of each project. */
  readonly jenkinsServerArn?: string | undefined;
  /** Address of the GitLab server, whose tokens become CI's role. */
  readonly gitlabUrl?: string | undefined;
  /** Tags of everything, beside those that say which project it is of. */
  readonly tags: Readonly<Record<string, string>>;
  /** Archives by repository: their S3 key, and the version of that object. */
  readonly seeds: Readonly<Partial<Record<RepositoryName, Seed>>>;
}

export interface Release {
  readonly functionArn: string;
  /** Queue of what does not reach the function. */
  readonly undeliveredQueueArn: string;
}

export interface Seed {
  readonly key: string;
  readonly versionId: string;
}

/** What of a template's its parts are told. */
export interface TemplateParts extends Omit<TemplateEnvironment, "releases"> {
  readonly release?: Release | undefined;
  readonly template: string;
  readonly version: string;
}
