import { LambdaClient } from "@aws-sdk/client-lambda";
import { callerArn } from "../../../deploy/access/caller";
import { decideRun, type answers, type Decision } from "../../../operate/workflows";
import { documented, type AddCommand } from "../../command";
import { exitCodes } from "../../errors";
import { findRun, runForms } from "../../workflows/target";

/** A command that answers the question of a run. */
const decision =
  (name: string, summary: string, answer: (typeof answers)[number]): AddCommand =>
  (parent, act) => {
    documented(parent, name, {
      summary,
      details:
        "As its link does, once. Exits with 1 where nothing was decided, or nobody knows whether it was.",
      examples: [`workflows ${name} dev/iris`],
    })
      .argument("<run>", runForms)
      .action(
        act(async (context, reference: string) => {
          const { access, names, executionArn, workload } = await findRun(
            context,
            reference,
            "administrator",
          );
          const by = (await callerArn(workload.region)) ?? "unknown";
          const lambda = new LambdaClient({ ...access, maxAttempts: 1 });
          const outcome = await decideRun(lambda, names.functions.approval, {
            execution: executionArn,
            answer,
            by,
          });
          const decided = outcome.kind === "decided";
          return {
            json: { executionArn, answer, by, outcome: outcome.kind },
            text: decided ? `${executionArn}: ${answer}` : reasons[outcome.kind],
            code: decided ? exitCodes.done : exitCodes.failed,
          };
        }),
      );
  };

const reasons: Readonly<Record<Exclude<Decision["kind"], "decided">, string>> = {
  answered: "Nothing was decided: somebody has answered already",
  unknown: "Nothing was decided: the run has asked nobody",
  expired: "Nothing was decided: the time to answer is over",
  gone: "Nothing was decided: the run does not wait for an answer any more",
  busy: "Nothing was decided: somebody answers just now",
  uncertain:
    "It is not known whether this is decided: the answer was sent; look at the run, or answer again in a minute",
  failed: "Nothing was decided: Step Functions could not be told; try again",
};

export const addApprove = decision("approve", "Let the model of a run that waits serve", "approved");
export const addReject = decision("reject", "Let the model of a run that waits not serve", "rejected");
