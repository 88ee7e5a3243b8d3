import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { Estate } from "../../config/schema";
import { accessAccount } from "../../deploy/access/account-access";
import { namesOfWorkload, workloadsOf } from "../../stacks/topology";
import type { Destination } from "./log-stream";

/** The log group `jenkins-log` of each account that a Jenkins applies to, reached by the role that it applies with. */
export function destinationsOf(estate: Estate, stream: string): Destination[] {
  return workloadsOf(estate)
    .filter(({ ci }) => ci !== undefined)
    .map((workload) => {
      const { deployRole, jenkinsLogGroup } = namesOfWorkload(estate, workload);
      return {
        account: `${workload.name} (${workload.account})`,
        group: jenkinsLogGroup,
        stream,
        open: async () => new CloudWatchLogsClient(await accessAccount(workload, deployRole)),
      };
    });
}

/** One stream a build; a colon or a star may not be in its name. */
export function streamName({ JOB_NAME, BUILD_NUMBER }: NodeJS.ProcessEnv, now: Date): string {
  const name = JOB_NAME && BUILD_NUMBER ? `${JOB_NAME}/${BUILD_NUMBER}` : `by-hand/${now.toISOString()}`;
  return name.replaceAll(/[:*]/g, "-").slice(-512);
}
