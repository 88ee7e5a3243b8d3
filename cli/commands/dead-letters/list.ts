import { letGo } from "../../../operate/dead-letters";
import { documented, type AddCommand } from "../../command";
import { letterJson, receiveUndelivered } from "../../dead-letters/queues";
import { timeOf } from "../../format";
import { tableOf } from "../../table";

export const addList: AddCommand = (parent, act) => {
  documented(parent, "list", {
    summary: "List events that reached none of their targets, and why",
    details:
      "Looks into every dead-letter queue of the account. Nobody else can take these events meanwhile.",
    examples: ["dead-letters list registry", "dead-letters list prod --json"],
  })
    .argument("<env>", "environment in whose account to look")
    .option("--queue <name>", "look into this queue alone")
    .action(
      act(async (context, env: string, { queue }: { readonly queue?: string }) => {
        const { sqs, letters } = await receiveUndelivered(context, env, queue);
        await letGo(sqs, letters);
        const json = letters.map(letterJson);
        if (json.length === 0) return { json, text: `Nothing lies undelivered in ${env}` };
        const rows = json.map(({ queue, at, event, reason }) => [queue, timeOf(at), event, reason]);
        return { json, text: tableOf([["QUEUE", "SINCE", "EVENT", "WHY"], ...rows]).join("\n") };
      }),
    );
};
