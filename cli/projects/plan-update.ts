import type { Parameters } from "../../operate/executions";
import { versionsOfProduct } from "../../operate/catalog";
import { isInProgress, type DescribedProject, type ProjectUpdate } from "../../operate/projects";
import { parametersOfStack, templateOfStack } from "../../operate/stacks-of-projects";
import {
  currentVersion,
  type ProjectTemplate,
  type TemplateVersion,
} from "../../stacks/kinds/project-templates/offered";
import type { Context } from "../context";
import { UsageError } from "../errors";
import { hint } from "../estate/find";
import { namesOfPeople, parameterProblems } from "./parameters";
import {
  keysThatDiffer,
  madeOf,
  parseTemplate,
  resourceChanges,
  type ParsedTemplate,
  type ResourceChange,
} from "./parsed-template";
import { offeredVersion, templateNamed, type OfferedTemplate } from "./template";
import type { ProjectsAccount } from "./target";

/** What a project is moved to. */
export interface UpdateWish {
  /** Name of a version. @default the newest that is offered */
  readonly version: string | undefined;
  /** Values of parameters; all others stay. */
  readonly given: Parameters;
}

/** What moving a project to a version does, by its template. */
export interface PlannedUpdate {
  readonly template: string;
  readonly from: string;
  readonly to: string;
  readonly guidance: TemplateVersion["guidance"];
  readonly resources: readonly ResourceChange[];
  readonly parameters: readonly ParameterChange[];
  /** Parts of the template that differ beside these, such as Outputs. */
  readonly others: readonly string[];
}

export interface ParameterChange {
  readonly name: string;
  /** undefined for a parameter that is new */
  readonly from: string | undefined;
  /** undefined for one that goes */
  readonly to: string | undefined;
}

/**
 * Compares a standing project with a version of its template, and checks all values for that.
 * @throws UsageError for a project that does not stand, for a version that is not offered, and with every mistake in values
 */
export async function planUpdate(
  context: Context,
  account: ProjectsAccount,
  project: DescribedProject,
  wish: UpdateWish,
): Promise<{ readonly plan: PlannedUpdate; readonly update: ProjectUpdate }> {
  const standing = await standingTemplate(account, project);
  const template = templateNamed(account, standing.template);
  const version = versionOf(template, wish.version);
  const place = { template: template.name, version: version.name };
  const offered = await offeredVersion(context, account, place);
  const before = await parametersOfStack(account.cloudformation, standing.stack);
  const { Parameters: declared = {} } = offered.content;
  const names = namesOfPeople(declared);
  const kept = Object.fromEntries(Object.entries(before).filter(([name]) => names.includes(name)));
  const parameters = { ...kept, ...wish.given };
  const problems = parameterProblems(parameters, declared);
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  const defaults = names.map((name) => [name, declared[name]?.Default]);
  const after = { ...Object.fromEntries(defaults), ...parameters } as Parameters;
  return {
    plan: {
      template: template.name,
      ...{ from: standing.version, to: version.name, guidance: version.guidance },
      resources: resourceChanges(standing.content, offered.content),
      parameters: parameterChanges(before, after),
      others: keysThatDiffer(standing.content, offered.content).filter((part) => part !== "Resources"),
    },
    update: {
      ...{ name: project.name, source: project.source, parameters },
      ...(await newPlace(account, project, version, offered)),
    },
  };
}

/** Whether a plan leaves a project as it is. */
export const isNothing = ({ resources, parameters, others }: PlannedUpdate): boolean =>
  resources.length + parameters.length + others.length === 0;

interface StandingTemplate {
  readonly stack: string;
  readonly template: string;
  readonly version: string;
  readonly content: ParsedTemplate;
}

async function standingTemplate(
  { workload, cloudformation }: ProjectsAccount,
  project: DescribedProject,
): Promise<StandingTemplate> {
  const { name, status, stack } = project;
  if (isInProgress(project))
    throw new UsageError(`Project ${name} is at work (${status}): wait until it rests`);
  if (/^(?:Create|Delete)Failed$/.test(status) || stack === undefined)
    throw new UsageError(
      `Project ${name} does not stand (${status}): delete it, with mlops projects delete ${workload.name} ${name}, and make it again`,
    );
  const content = parseTemplate((await templateOfStack(cloudformation, stack)) ?? "");
  const made = content && madeOf(content);
  if (!made) throw new UsageError(`Project ${name} is made of none of the templates that are offered here`);
  return { ...made, content, stack };
}

/** @throws UsageError where there is none of the name, or no project is moved to it */
function versionOf(template: ProjectTemplate, name: string | undefined): TemplateVersion {
  if (name === undefined) return currentVersion(template);
  const found = template.versions.find((version) => version.name === name);
  const names = template.versions.map((version) => version.name);
  if (!found) throw new UsageError(`Template ${template.name} has no version "${name}"${hint(name, names)}`);
  if (found.active) return found;
  throw new UsageError(
    `Version ${name} of template ${template.name} is not active: projects that have it stay, and none is moved to it`,
  );
}

const parameterChanges = (before: Parameters, after: Parameters): ParameterChange[] =>
  keysThatDiffer(before, after)
    .filter((name) => !name.startsWith("SageMakerProject"))
    .map((name) => ({ name, from: before[name], to: after[name] }));

async function newPlace(
  { workload, sagemaker }: ProjectsAccount,
  { route, source }: DescribedProject,
  { name }: TemplateVersion,
  { url }: OfferedTemplate,
): Promise<{ readonly templateUrl: string } | { readonly artifact: string }> {
  if (route === "S3") return { templateUrl: url };
  const versions = await versionsOfProduct(sagemaker, source);
  if (!versions)
    throw new UsageError(
      `The catalog does not show its product ${source} to this role: update the project as one of projectTemplates.users, with --role`,
    );
  const artifact = versions.find((version) => version.Name === name)?.Id;
  if (artifact !== undefined) return { artifact };
  throw new UsageError(
    `Version ${name} is not in the catalog of ${workload.name} yet: apply ${workload.name}-project-templates first`,
  );
}
