import { group, type AddCommand } from "../../command";
import { addApprove, addReject } from "./decide";
import { addList } from "./list";
import { addShow } from "./show";
import { addTrain } from "./train";

export const addModelsCommands: AddCommand = (parent, act) => {
  const models = group(parent, "models", "List, inspect, approve and reject versions in the model registry");
  for (const add of [addList, addShow, addTrain, addApprove, addReject]) add(models, act);
};
