import { group, type AddCommand } from "../../command";
import { addCreate } from "./create";
import { addDelete } from "./delete";
import { addList } from "./list";
import { addShow } from "./show";
import { addUpdate } from "./update";

export const addProjectsCommands: AddCommand = (parent, act) => {
  const projects = group(parent, "projects", "Make SageMaker projects of the templates, and look at them");
  for (const add of [addList, addCreate, addShow, addUpdate, addDelete]) add(projects, act);
};
