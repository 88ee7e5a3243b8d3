import { CodeconnectionsConnection } from "@cdktf/provider-aws/lib/codeconnections-connection";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import type { WorkloadEnvironment } from "../../../config/schema";
import { keyAliasArn, policyArn, ruleArn } from "../../../core/arns";
import { everyProject, projectNames, type ProjectTemplatesNames } from "../../../core/project-names";
import { OidcProvider } from "../../../modules/iam/oidc-provider";
import type { Role } from "../../../modules/iam/role";
import { KmsKey } from "../../../modules/kms/kms-key";
import { logsUseStatement, rulesAndAlarmsStatement } from "../../../modules/kms/statements";
import { PrivateBucket } from "../../../modules/s3/private-bucket";
import { Portfolio } from "../../../modules/servicecatalog/portfolio";
import { Product } from "../../../modules/servicecatalog/product";
import { AccountStack, type AccountStackProps } from "../../account-stack";
import { accountRegionOf } from "../../topology";
import { releaseTrigger } from "../approvals/release-trigger";
import { Launch } from "./launch";
import { networkThatLeadsOut } from "./network";
import { namesIn, offers, releaseServers, templatesIn } from "./offered";
import { studioPrefix } from "./places";
import { SeedFunction } from "./seed-function";
import { projectTemplatesOf } from "./settings";
import { templateEnvironment } from "./template-environment";
import { TemplatesBucket } from "./templates-bucket";

type Props = AccountStackProps<WorkloadEnvironment>;

/** `<env>-project-templates`: templates of SageMaker projects, by the catalog and by S3, and what projects made of them share. */
export class ProjectTemplatesStack extends AccountStack {
  private readonly props: Props;
  private readonly names: ProjectTemplatesNames;

  constructor(scope: Construct, id: string, props: Props) {
    super(scope, id, props);
    this.props = props;
    this.names = namesIn(props.estate, props.environment);
    const key = this.key();
    this.projectsBucket(key);
    this.gitlabTokens();
    this.seedFunction(key);
    this.releases(key);
    this.catalog(this.templates(key));
  }

  private get where() {
    return accountRegionOf(this.props.environment);
  }

  private get settings() {
    return projectTemplatesOf(this.props.environment);
  }

  private get releaseRules(): string {
    return ruleArn(this.where, projectNames(this.names.prefix, everyProject).releaseRule);
  }

  /** The account's own boundary, where it has one for every role; else one that lets roles do what projects do. */
  private get boundaryArn(): string {
    return policyArn(this.where, this.props.environment.permissionsBoundary ?? this.names.boundary);
  }

  private key(): KmsKey {
    return new KmsKey(this, "key", {
      description: `Projects of ${this.props.environment.name}, their templates and artifacts`,
      accountRegion: this.where,
      alias: this.names.keyAlias,
      statements: [rulesAndAlarmsStatement(this.where.account), logsUseStatement(this.where)],
    });
  }

  private projectsBucket(key: KmsKey): void {
    new PrivateBucket(this, "projects", { ...this.encryptedBy(key), bucketName: this.names.projectsBucket });
  }

  private encryptedBy(key: KmsKey) {
    const { region } = this.where;
    return {
      region,
      keyArn: key.arn,
      acceptedKeyArns: [key.arn, keyAliasArn(this.where, this.names.keyAlias)],
    };
  }

  /** CI of GitLab becomes CI's role of its project by these. */
  private gitlabTokens(): void {
    const { gitlab } = this.settings;
    if (gitlab && offers(this.props.environment, "gitlab"))
      new OidcProvider(this, "gitlab-tokens", { issuer: gitlab.url, audience: gitlab.url });
  }

  private seedFunction(key: KmsKey): void {
    const { environment } = this.props;
    const gitlab = offers(environment, "gitlab") ? this.settings.gitlab : undefined;
    new SeedFunction(this, "seeds", {
      environment,
      names: this.names,
      keyArn: key.arn,
      connectionArn: offers(environment, "jenkins") ? this.connectionArn() : undefined,
      gitlab,
    });
  }

  private connectionArn(): string {
    const { connection } = this.settings.github ?? {};
    return (
      connection ??
      new CodeconnectionsConnection(this, "connection", {
        name: this.names.connection,
        providerType: "GitHub",
      }).arn
    );
  }

  private releases(key: KmsKey): void {
    const { environment } = this.props;
    const servers = releaseServers(environment);
    if (Object.keys(servers).length === 0) return;
    releaseTrigger(new Construct(this, "release"), {
      account: environment,
      names: { ...this.names, rules: [this.releaseRules] },
      keyArn: key.arn,
      alertEmails: environment.alertEmails,
      network: networkThatLeadsOut(environment),
      servers,
      tokenSecrets: Object.values(servers).map(({ secret }) => secret),
      description: "Asks the CI server to deploy a version of a project that was approved, once an approval",
    }).trigger.allowRule(this.releaseRules);
  }

  private templates(key: KmsKey): TemplatesBucket {
    const { estate, environment } = this.props;
    return new TemplatesBucket(this, "templates", {
      ...this.encryptedBy(key),
      bucketName: this.names.templatesBucket,
      where: this.where,
      templates: templatesIn(environment),
      environment: templateEnvironment(estate, environment, {
        ...{ names: this.names, boundaryArn: this.boundaryArn, stack: this.node.id },
      }),
    });
  }

  private catalog(templates: TemplatesBucket): void {
    const { estate, environment } = this.props;
    const launch = this.launchRole();
    const portfolio = new Portfolio(this, "portfolio", {
      name: this.names.portfolio,
      description: `SageMaker projects of ${environment.name}`,
      provider: estate.shared.owner,
      users: this.settings.users,
    });
    for (const template of templatesIn(environment))
      new Product(this, template.name, {
        name: `${this.names.prefix}-${template.name}`,
        description: `${template.title}. ${template.description}`,
        owner: estate.shared.owner,
        portfolioId: portfolio.id,
        launchRoleArn: launch.arn,
        noVersion: templates.noVersion,
        versions: template.versions.map((version) => ({
          ...version,
          template: templates.templateOf(version),
        })),
        dependsOn: launch.policies,
      });
    new TerraformOutput(this, "studio-templates", {
      description: "Value of the domain's tag sagemaker:projectS3TemplatesLocation",
      value: `s3://${this.names.templatesBucket}/${studioPrefix}`,
    });
  }

  private launchRole(): Role {
    const { environment } = this.props;
    const launch = new Launch(this, "launch", {
      ...{ where: this.where, names: this.names, boundaryArn: this.boundaryArn },
      ownBoundary: environment.permissionsBoundary === undefined,
      releases: Object.keys(releaseServers(environment)).length > 0,
      users: this.settings.users,
    });
    return launch.role;
  }
}
