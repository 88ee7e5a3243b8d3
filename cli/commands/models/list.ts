import { documented, type AddCommand } from "../../command";
import { paintApproval } from "../../models/describe-version";
import { findRegisteredModel } from "../../models/versions";
import { tableOf } from "../../table";
import { timeOf } from "../../format";

export const addList: AddCommand = (parent, act) => {
  documented(parent, "list", {
    summary: "List the versions of a model, newest first",
    examples: ["models list prod mammo-severity", "models list registry mammo-severity --json"],
  })
    .argument("<env>", "environment that uses the registry, or the registry itself")
    .argument("<model>", "model, as its folder in pipelines/ is called")
    .action(
      act(async (context, env: string, model: string) => {
        const { group, versions } = await findRegisteredModel(context, env, model);
        if (versions.length === 0) return { json: versions, text: `${group} has no version yet` };
        const rows = versions.map(({ version, approval, createdAt, modelPackageArn }) => [
          String(version),
          { text: approval, paint: paintApproval(approval, context.out.paint) },
          timeOf(createdAt),
          modelPackageArn,
        ]);
        const header = ["VERSION", "APPROVAL", "REGISTERED", "MODEL PACKAGE"];
        return { json: versions, text: tableOf([header, ...rows]).join("\n") };
      }),
    );
};
