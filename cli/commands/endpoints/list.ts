import { workloadsOf } from "../../../stacks/topology";
import { documented, type AddCommand } from "../../command";
import { standingOf } from "../../endpoints/standing";
import { findEndpoint, servedIn } from "../../endpoints/target";
import { timeOf } from "../../format";
import { tableOf } from "../../table";

export const addList: AddCommand = (parent, act) => {
  documented(parent, "list", {
    summary: "List the endpoints of all environments",
    examples: ["endpoints list", "endpoints list --json"],
  }).action(
    act(async (context) => {
      const served = workloadsOf(context.estate).flatMap((workload) =>
        servedIn(workload).map((model) => [workload.name, model.name] as const),
      );
      if (served.length === 0) return { json: [], text: "No environment serves a model" };
      const standing = await Promise.all(
        served.map(async ([env, model]) => standingOf(await findEndpoint(context, env, model))),
      );
      const rows = standing.map(
        ({ environment, model, kind, status, release, asRecorded, lastModifiedAt }) => [
          environment,
          model,
          kind,
          release ? String(release.version) : "-",
          status === null ? "nothing released" : asRecorded ? status : `${status}, not as recorded`,
          timeOf(lastModifiedAt ?? undefined),
        ],
      );
      const header = ["ENVIRONMENT", "MODEL", "SERVES", "VERSION", "STATUS", "LAST CHANGED"];
      return { json: standing, text: tableOf([header, ...rows]).join("\n") };
    }),
  );
};
