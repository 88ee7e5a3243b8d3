import { group, type AddCommand } from "../../command";
import { addList } from "./list";
import { addRedrive } from "./redrive";

export const addDeadLettersCommands: AddCommand = (parent, act) => {
  const letters = group(parent, "dead-letters", "List undelivered events, and send them once more");
  for (const add of [addList, addRedrive]) add(letters, act);
};
