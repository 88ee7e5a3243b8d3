import { projectNames } from "../../../core/project-names";
import { refusals } from "../../../emulator/local-aws";
import { namesIn } from "../../../stacks/kinds/project-templates/offered";
import { assertThat } from "../stage";
import type { Project, ProjectsAct } from "./context";

/** Nothing that a project takes may be refused by policies, whether it failed of that or went on. */
export async function nothingIsRefused(act: ProjectsAct, { report }: Project): Promise<void> {
  await act.stages.run("No role was refused anything that the project takes", async () => {
    const { prefix, launchRole, seedRole, role } = namesIn(act.estate, act.participants.environment);
    const { executionRole, ciRole } = projectNames(prefix, report);
    const roles = [executionRole, ciRole, launchRole, seedRole, role];
    const refused = refusedTo(roles, await refusals(act.localAws));
    assertThat(refused.length === 0, refused.join("\n"));
    return { verdict: `${roles.length} roles, among them those that made it`, result: undefined };
  });
}

/** Those of AWS's refusals that sessions of some roles got. */
export const refusedTo = (roles: readonly string[], refused: readonly string[]): string[] =>
  refused.filter((text) => roles.some((role) => text.includes(`:assumed-role/${role}/`)));
