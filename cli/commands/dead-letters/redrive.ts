import { isRedrivable, letGo, redrive, type Received } from "../../../operate/dead-letters";
import { documented, type AddCommand } from "../../command";
import { letterJson, receiveUndelivered } from "../../dead-letters/queues";

export const addRedrive: AddCommand = (parent, act) => {
  documented(parent, "redrive", {
    summary: "Send undelivered events to their functions once more",
    details:
      "Each goes to the function that failed on it, and leaves the queue once Lambda has it. What has no function as its target stays. " +
      "An approval whose build was asked for meanwhile is not asked for again.",
    examples: ["dead-letters redrive registry", "dead-letters redrive prod --queue churn-undelivered-events"],
  })
    .argument("<env>", "environment in whose account to do so")
    .option("--queue <name>", "send those of this queue alone")
    .action(
      act(async (context, env: string, { queue }: { readonly queue?: string }) => {
        const { sqs, lambda, letters } = await receiveUndelivered(context, env, queue);
        const sent = letters.filter(isRedrivable);
        const left = letters.filter((letter) => !isRedrivable(letter));
        for (const letter of sent) await redrive(sqs, lambda, letter);
        await letGo(sqs, left);
        const json = { sent: sent.map(letterJson), left: left.map(letterJson) };
        return { json, text: describe(sent, left).join("\n"), ...(left.length > 0 && { code: 1 }) };
      }),
    );
};

const describe = (sent: readonly Received[], left: readonly Received[]): string[] => [
  ...sent.map(({ event, target = "" }) => `Sent to ${target}: ${event}`),
  ...left.map(
    ({ event, queue, target }) => `Stays in ${queue}, for its target is ${target ?? "not told"}: ${event}`,
  ),
  ...(sent.length + left.length === 0 ? ["Nothing lies undelivered"] : []),
];
