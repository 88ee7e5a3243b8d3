import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SFNClient } from "@aws-sdk/client-sfn";
import { cleanUp } from "./clean-up";

const clients = { sagemaker: new SageMakerClient(), states: new SFNClient() };

/** Target of the rule that hears of each end of a workflow's run. `STATE_MACHINE`, `ENDPOINT` and `RUN_PREFIX` say which workflow's. */
export async function handler(): Promise<{ readonly removed: readonly string[] }> {
  const { STATE_MACHINE = "", ENDPOINT = "", RUN_PREFIX = "" } = process.env;
  const removed = await cleanUp(clients, {
    stateMachineArn: STATE_MACHINE,
    endpoint: ENDPOINT,
    runPrefix: RUN_PREFIX,
  });
  console.info(removed.length > 0 ? `Removed ${removed.join(", ")}` : "Nothing is unused");
  return { removed };
}
