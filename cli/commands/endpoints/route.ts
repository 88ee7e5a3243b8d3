import type { Applier } from "../../../stacks/kind";
import { documented, type AddCommand } from "../../command";
import { routeOf } from "../../endpoints/route";
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
    details:
      "To the environment that trained it, and to those that its models reach from there by promotesTo, in that order. " +
      "With --applied-by ci it is refused where the CI server could not go all the way, before anything is released.",
    examples: [
      "endpoints route arn:aws:sagemaker:us-east-1:333333333333:model-package/mammo-severity-model-package/2",
    ],
  })
    .argument("<version>", "ARN of its model package")
    .option(
      "--applied-by <who>",
      "who releases: administrator (default), or ci, to accounts that name it",
      applierOption,
    )
    .option("--account <id>", "refuse unless all are in these accounts, several with commas", accountsOption)
    .action(
      act(async (context, arn: string, { appliedBy = "administrator", account }: Options) => {
        const route = await routeOf(context, arn, appliedBy, account);
        const steps = route.steps.map(({ environment, model }) => ({
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
        return {
          json: { modelPackageArn: arn, version: route.version, steps },
          text:
            steps.length === 0
              ? "Nothing serves it"
              : tableOf([["ENVIRONMENT", "MODEL"], ...rows]).join("\n"),
        };
      }),
    );
};
