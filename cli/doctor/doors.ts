import { ownerOf, type Owner } from "../../deploy/estate/stack-facts";
import type { Door } from "../../deploy/doctor";
import type { Environment } from "../../config/schema";
import { models } from "../../pipelines";
import { listStacks } from "../../stacks/list";
import { isWorkload, namesOfAccount, namesOfWorkload } from "../../stacks/topology";
import { accountClients } from "../access/account-clients";
import type { Context } from "../context";

/** The accounts that an owner of stacks works in, each with the role that is assumed there. */
export function doorsOf(context: Context, owner: Owner): Door[] {
  const { estate } = context;
  return owner === "jenkins"
    ? jenkinsDoors(context)
    : estate.environments.map((environment) => ({
        ...placeOf(context, environment),
        open: () => context.access(environment),
      }));
}

function jenkinsDoors(context: Context): Door[] {
  const { estate } = context;
  const stacks = listStacks(estate, models).filter((stack) => ownerOf(stack) === "jenkins");
  const environments = new Set(stacks.map(({ environment }) => environment));
  return [...environments].filter(isWorkload).map((workload) => {
    const { deployRole } = namesOfWorkload(estate, workload);
    return {
      ...placeOf(context, workload),
      open: () => accountClients(workload, deployRole),
    };
  });
}

const placeOf = ({ estate }: Context, environment: Environment) => ({
  name: environment.name,
  account: environment.account,
  stateBucket: namesOfAccount(estate, environment).stateBucket,
});
