import { group, type AddCommand } from "../../command";
import { addNewEnvironment } from "./environment";
import { addNewModel } from "./model";

export const addNewCommands: AddCommand = (parent, act) => {
  const made = group(parent, "new", "Begin a model or an environment");
  for (const add of [addNewModel, addNewEnvironment]) add(made, act);
};
