import type { Estate } from "../../../config/schema";
import { accessAccount, type AccountAccess } from "../../../deploy/access/account-access";
import type { LocalAwsAddress } from "../../../tools/local-aws/address";
import type { GitServer } from "../../git-server";
import type { ProjectReport, ProjectStep } from "../../report/project-types";
import { clientsOf, type AccountClients } from "../accounts";
import type { DrillResults, Mutable } from "../results";
import type { Logger, Stages } from "../stage";
import type { ProjectsParticipants } from "./participants";

export interface ProjectsActOptions {
  readonly estate: Estate;
  readonly participants: ProjectsParticipants;
  readonly git: GitServer;
  readonly localAws: LocalAwsAddress;
  readonly stages: Stages;
  readonly results: Pick<DrillResults, "projects">;
  readonly say: Logger;
  readonly signal: AbortSignal;
}

/** What the stages of the act work with. */
export interface ProjectsAct extends ProjectsActOptions {
  readonly access: AccountAccess;
  readonly clients: AccountClients;
}

/** A project that stands. */
export interface Project {
  /** Milliseconds since 1970. */
  readonly askedAt: number;
  /** Its repositories, as GitLab calls them. */
  readonly build: string;
  readonly deploy: string;
  /** Of its versions. */
  readonly group: string;
  /** What is found of it, and told whatever comes of it. */
  readonly report: Mutable<ProjectReport>;
}

/** At most, of each thing that is waited for: CI tests, trains and deploys beside everything else, on whatever machine this is. */
export const actSeconds = 900;

export async function prepareAct(options: ProjectsActOptions): Promise<ProjectsAct> {
  const { estate, participants } = options;
  const [access, clients] = await Promise.all([
    accessAccount(participants.environment, estate.shared.adminRole),
    clientsOf(estate, participants.environment),
  ]);
  return { ...options, access, clients };
}

/** Adds a step to a project's report, which has them in the order in which they began. */
export function keepStep({ report: { steps } }: Project, step: ProjectStep): void {
  steps.push(step);
  steps.sort((one, other) => one.startedAfter - other.startedAfter);
}
