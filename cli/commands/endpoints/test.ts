import { testEndpoint } from "../../../deploy/releases/test-release";
import { recordedReleases } from "../../../operate/endpoints";
import { documented, type AddCommand } from "../../command";
import { describeTest, heldOutOf } from "../../endpoints/held-out";
import { findEndpoint } from "../../endpoints/target";
import { exitCodes, UsageError } from "../../errors";

export const addTest: AddCommand = (parent, act) => {
  documented(parent, "test", {
    summary: "Test what serves, with the rows that it was evaluated on",
    details: "They must score as well as they did when the version was registered; else it exits with 1.",
    examples: ["endpoints test prod mammo-severity"],
  })
    .argument("<env>", "environment that serves the model")
    .argument("<model>", "model, as its folder in pipelines/ is called")
    .action(
      act(async (context, env: string, model: string) => {
        const target = await findEndpoint(context, env, model);
        const [serves] = await recordedReleases(target.ssm, target.names.parameter);
        if (!serves) throw new UsageError(`Nothing serves ${model} in ${env} yet`);
        const rows = await heldOutOf(context, target, serves.modelPackageArn);
        const report = await testEndpoint(target.scoring(), rows);
        return {
          json: { version: serves.version, ...report },
          text: `Version ${serves.version}\n${describeTest(report)}`,
          code: report.passed ? exitCodes.done : exitCodes.failed,
        };
      }),
    );
};
