import { group, type AddCommand } from "../../command";
import { addDeploy } from "./deploy";
import { addInvoke } from "./invoke";
import { addList } from "./list";
import { addPlan } from "./plan";
import { addRollback } from "./rollback";
import { addRoute } from "./route";
import { addShow } from "./show";
import { addTest } from "./test";
import { addUrl } from "./url";

export const addEndpointsCommands: AddCommand = (parent, act) => {
  const endpoints = group(parent, "endpoints", "Release versions to endpoints, look at them and invoke them");
  const commands = [addList, addShow, addRoute, addPlan, addDeploy, addRollback, addInvoke, addTest, addUrl];
  for (const add of commands) add(endpoints, act);
};
