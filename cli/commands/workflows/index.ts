import { group, type AddCommand } from "../../command";
import { addApprove, addReject } from "./decide";
import { addList } from "./list";
import { addShow } from "./show";
import { addStart } from "./start";
import { addStop } from "./stop";

export const addWorkflowsCommands: AddCommand = (parent, act) => {
  const workflows = group(parent, "workflows", "Run workflows of models, and decide on what they made");
  for (const add of [addStart, addList, addShow, addStop, addApprove, addReject]) add(workflows, act);
};
