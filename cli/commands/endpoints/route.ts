import type { Applier } from "../../../stacks/kind";
import { documented, type AddCommand } from "../../command";
import { parsePackageArn, routeOf } from "../../endpoints/packages";
import { UsageError } from "../../errors";
import { accountsOption, applierOption } from "../../options";
import { tableOf } from "../../table";

interface Options {
  readonly appliedBy?: Applier;
  readonly account?: readonly string[];
}

export const addRoute: AddCommand = (parent, act) => {
  documented(parent, "route", {
    summary: "Say which endpoints a version goes to, in which order",
    details: "Reads the environment files alone: an environment comes before those that it promotes to.",
    examples: [
      "endpoints route arn:aws:sagemaker:us-east-1:333333333333:model-package/mammo-severity-model-package/2",
    ],
  })
    .argument("<version>", "ARN of its model package")
    .option("--applied-by <who>", "only those to which this one releases: administrator or ci", applierOption)
    .option("--account <id>", "refuse unless all are in these accounts, several with commas", accountsOption)
    .action(
      act(({ estate }, arn: string, { appliedBy, account }: Options) => {
        const address = parsePackageArn(estate, arn);
        const steps = routeOf(estate, address)
          .filter(({ environment: { ci } }) => appliedBy !== "ci" || ci !== undefined)
          .map(({ environment, model }) => ({
            environment: environment.name,
            account: environment.account,
            model: model.name,
          }));
        const others = steps.filter((step) => account?.includes(step.account) === false);
        if (others.length > 0)
          throw new UsageError(
            `Not all are in account ${account?.join(", ") ?? ""}: ${others.map((step) => `${step.environment} is ${step.account}`).join(", ")}`,
          );
        const rows = steps.map(({ environment, model }) => [environment, model]);
        return Promise.resolve({
          json: { modelPackageArn: arn, version: address.version, steps },
          text:
            steps.length === 0
              ? "Nothing serves it"
              : tableOf([["ENVIRONMENT", "MODEL"], ...rows]).join("\n"),
        });
      }),
    );
};
