import { group, type AddCommand } from "../../command";
import { addDeploy } from "./deploy";
import { addInvoke } from "./invoke";
import { addList } from "./list";
import { addRollback } from "./rollback";
import { addShow } from "./show";
import { addTest } from "./test";

export const addEndpointsCommands: AddCommand = (parent, act) => {
  const endpoints = group(parent, "endpoints", "Release versions to endpoints, look at them and invoke them");
  for (const add of [addList, addShow, addDeploy, addRollback, addInvoke, addTest]) add(endpoints, act);
};
