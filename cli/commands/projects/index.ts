import { group, type AddCommand } from "../../command";
import { addDelete } from "./delete";
import { addList } from "./list";
import { addShow } from "./show";

export const addProjectsCommands: AddCommand = (parent, act) => {
  const projects = group(parent, "projects", "Make SageMaker projects of the templates, and look at them");
  for (const add of [addList, addShow, addDelete]) add(projects, act);
};
