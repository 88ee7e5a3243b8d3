import { join } from "node:path";
import { App } from "cdktf";
import { PlanFolder } from "../../../deploy/plans/plan-folder";
import { addStacks } from "../../../stacks/app";
import { listStacks } from "../../../stacks/list";
import { withoutTokenTraces } from "../../../stacks/synthesise";
import type { AppliedEstate } from "../../support/applied-estate";
import { changedEstate } from "../../support/changed-estate";
import { apply, outcomesOf, plan } from "../../support/deployment";

const changes = {
  "prod.json": { models: { "mammo-severity": { endpoint: { capturePercent: 50 } } } },
  "dev.json": { ci: "jenkins" },
};

/** Applies an endpoint for prod, by administrators, in an estate in which the CI server trains in dev, too. */
export async function servingEstate(applied: AppliedEstate) {
  const added = changedEstate({ files: changes });
  const outdir = join(applied.folder, "serving");
  withoutTokenTraces(() => {
    const app = new App({ outdir });
    addStacks(app, { ...added, assumeRole: added.estate.shared.adminRole });
    app.synth();
  });
  const of = (...ids: string[]) =>
    listStacks(added.estate, added.models).filter(({ id }) => ids.includes(id));
  const directoryOf = (id: string): string => join(outdir, "stacks", id);
  const folder = new PlanFolder(join(applied.folder, "plans"));
  const run = { accounts: applied.accounts, directoryOf, folder };
  const base = of("dev-foundation", "prod-foundation", "registry", "jenkins");
  for (const stacks of [base, of("prod-mammo-severity-endpoint")]) {
    await plan({ ...run, stacks }, { attributes: false });
    expect(new Set(Object.values(outcomesOf(await apply({ ...run, stacks }))))).toEqual(new Set(["applied"]));
  }
  const [stack] = of("prod-mammo-severity-endpoint");
  if (!stack) throw new Error("prod must have an endpoint");
  const planned = async () => {
    const { summaries } = await plan({ ...run, stacks: [stack] }, { attributes: false });
    return summaries.map(({ changes: found }) => found);
  };
  return { estate: added.estate, environments: added.folder, ...run, stack, planned };
}

export type ServingEstate = Awaited<ReturnType<typeof servingEstate>>;
