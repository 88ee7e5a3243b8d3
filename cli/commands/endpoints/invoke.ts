import { readFileSync } from "node:fs";
import { scoreRows } from "../../../operate/endpoints";
import { documented, type AddCommand } from "../../command";
import { findEndpoint } from "../../endpoints/target";
import { UsageError } from "../../errors";

export const addInvoke: AddCommand = (parent, act) => {
  documented(parent, "invoke", {
    summary: "Score rows of a CSV file, without header and label, one score a line",
    examples: ["endpoints invoke prod mammo-severity rows.csv"],
  })
    .argument("<env>", "environment that serves the model")
    .argument("<model>", "model, as its folder in pipelines/ is called")
    .argument("<file>", "CSV file with the rows")
    .action(
      act(async (context, env: string, model: string, file: string) => {
        const { runtime, names } = await findEndpoint(context, env, model);
        const rows = readFileSync(context.path(file), "utf8")
          .split(/\r?\n/)
          .filter((row) => row.trim() !== "");
        if (rows.length === 0) throw new UsageError(`${file} holds no rows`);
        const { scores, milliseconds } = await scoreRows(runtime, names.endpoint, rows);
        return { json: { scores, milliseconds }, text: scores.join("\n") };
      }),
    );
};
