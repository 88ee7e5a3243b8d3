import { group, type AddCommand } from "../../command";
import { addGroundTruth } from "./ground-truth";
import { addPrepare } from "./prepare";

export const addDataCommands: AddCommand = (parent, act) => {
  const data = group(
    parent,
    "data",
    "Make the data that pipelines are tried with, and bring what comes later",
  );
  addPrepare(data, act);
  addGroundTruth(data, act);
};
