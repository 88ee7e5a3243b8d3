import { group, type AddCommand } from "../../command";
import { addDefinition } from "./definition";
import { addDiff } from "./diff";
import { addImport } from "./import";
import { addList } from "./list";
import { addShow } from "./show";
import { addStart } from "./start";
import { addStop } from "./stop";

export const addPipelinesCommands: AddCommand = (parent, act) => {
  const pipelines = group(parent, "pipelines", "Start, follow, stop and inspect SageMaker pipelines");
  for (const add of [addStart, addList, addShow, addStop, addDefinition, addDiff, addImport])
    add(pipelines, act);
};
