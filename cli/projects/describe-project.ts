import type { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { hasFailed, type DescribedProject } from "../../operate/projects";
import {
  failuresOf,
  resourcesOf,
  templateOfStack,
  type StackFailure,
  type StackResource,
} from "../../operate/stacks-of-projects";
import { staysOf, type Stays } from "../../operate/stays-of-projects";
import { timeOf } from "../format";
import type { Style } from "../screen";
import { factsOf, tableOf } from "../table";
import { madeOf, parseTemplate, type MadeOf } from "./parsed-template";

type Paint = (style: Style, text: string) => string;

/** A project with what its stack made, what of that failed, and what stays whatever becomes of the stack. */
export interface ProjectView extends DescribedProject {
  /** Of ours, which version of a template it has. */
  readonly madeOf: MadeOf | undefined;
  readonly resources: readonly StackResource[];
  readonly failures: readonly StackFailure[];
  readonly stays: Stays;
}

export async function viewProject(
  cloudformation: CloudFormationClient,
  project: DescribedProject,
): Promise<ProjectView> {
  const { stack } = project;
  if (stack === undefined)
    return { ...project, madeOf: undefined, resources: [], failures: [], stays: staysOf([]) };
  const [resources, failures, text] = await Promise.all([
    resourcesOf(cloudformation, stack),
    hasFailed(project) ? failuresOf(cloudformation, stack) : [],
    templateOfStack(cloudformation, stack),
  ]);
  return {
    ...project,
    ...{ madeOf: madeOf(parseTemplate(text ?? "") ?? {}), resources, failures },
    stays: staysOf(resources),
  };
}

export const paintProjectStatus =
  (status: string, paint: Paint) =>
  (text: string): string =>
    paint(hasFailed({ status }) ? "red" : status.endsWith("Completed") ? "green" : "cyan", text);

/** What a project is, what it is made of, and why it failed. */
export function describeProject(view: ProjectView, paint: Paint): string {
  const facts = factsOf({
    Project: view.name,
    Id: view.id,
    Status: view.status,
    Created: timeOf(view.createdAt),
    Description: view.description,
    Template: `${view.madeOf ? `${view.madeOf.template}, version ${view.madeOf.version}, ` : ""}by ${view.route}`,
    Stack: view.stack,
  });
  return [facts, parametersOf(view), resourcesTable(view), failuresText(view, paint), leftBehind(view)]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

const parametersOf = ({ parameters }: ProjectView): string[] =>
  tableOf(Object.entries(parameters).map(([name, value]) => [name, value]));

function resourcesTable({ resources }: ProjectView): string[] {
  if (resources.length === 0) return [];
  const rows = resources.map(({ logicalId, type, physicalId, status }) => [
    logicalId,
    type,
    status,
    physicalId,
  ]);
  return tableOf([["RESOURCE", "TYPE", "STATUS", "WHICH"], ...rows]);
}

function failuresText({ failures, message, status }: ProjectView, paint: Paint): string[] {
  if (!hasFailed({ status })) return [];
  const reasons = failures.map(({ logicalId, type, reason }) => `${logicalId} (${type}): ${reason}`);
  const told = reasons.length > 0 ? reasons : [message ?? "AWS says no reason"];
  return told.map((reason) => paint("red", reason));
}

/** Repositories that were filled before something else failed: nothing takes them back. */
function leftBehind({ name, status, stays: { repositories } }: ProjectView): string[] {
  if (status !== "CreateFailed" || repositories.length === 0) return [];
  return [
    `Filled all the same: ${repositories.join(", ")}`,
    `They stay; once ${name} is deleted and made again, it takes over what nobody has changed`,
  ];
}
