import { readFileSync } from "node:fs";
import { scoreAll } from "../../../operate/scoring";
import { documented, type AddCommand } from "../../command";
import { findEndpoint } from "../../endpoints/target";
import { UsageError } from "../../errors";

export const addInvoke: AddCommand = (parent, act) => {
  documented(parent, "invoke", {
    summary: "Score rows of a CSV file, without header and label, one score a line",
    details:
      "Where the endpoint is asynchronous, the rows are put into the environment's data bucket, and the scores waited for there.",
    examples: ["endpoints invoke prod mammo-severity rows.csv"],
  })
    .argument("<env>", "environment that serves the model")
    .argument("<model>", "model, as its folder in pipelines/ is called")
    .argument("<file>", "CSV file with the rows")
    .action(
      act(async (context, env: string, model: string, file: string) => {
        const { scoring } = await findEndpoint(context, env, model);
        const rows = readFileSync(context.path(file), "utf8")
          .split(/\r?\n/)
          .filter((row) => row.trim() !== "");
        if (rows.length === 0) throw new UsageError(`${file} holds no rows`);
        const { scores, milliseconds } = await scoreAll(scoring(), rows);
        const all = milliseconds.reduce((sum, each) => sum + each, 0);
        return { json: { scores, milliseconds: all }, text: scores.join("\n") };
      }),
    );
};
