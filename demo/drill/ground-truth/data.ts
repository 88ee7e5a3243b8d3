import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { dataObjects, makeDataSets, uploadDataSets } from "../../../operate/data-sets";
import { uploadGroundTruth } from "../../../operate/ground-truth";
import type { GroundTruthAct } from "./context";
import { sample } from "./sample";

/** Makes the sample's files; development gets the first training file, production all of them, and no truth yet. */
export async function makeData(act: GroundTruthAct): Promise<void> {
  const { stages, python, participants, development, production, folder } = act;
  const { model, dataSets } = participants;
  await stages.run(`Make the data of ${model.name}`, async () => {
    const lines = await makeDataSets({ python, dataSets, out: folder });
    await upload(act, development, "first");
    await upload(act, production, "all");
    return { verdict: lines.map((line) => line.replace(`${folder}/`, "")).join(", "), result: undefined };
  });
}

const upload = (
  { participants, folder }: GroundTruthAct,
  { clients, context }: GroundTruthAct["production"],
  which: "first" | "all",
) => uploadDataSets(clients.s3, context.dataBucket, folder, dataObjects(participants.dataSets, which));

/** What became of the people of a batch arrives, as `mlops data ground-truth` brings it. @returns how many it tells of */
export async function truthArrives(act: GroundTruthAct, which: keyof typeof sample.truth): Promise<number> {
  const { participants, production, folder } = act;
  const content = await readFile(join(folder, sample.truth[which]));
  const { s3 } = production.clients;
  await uploadGroundTruth(s3, production.context.dataBucket, participants.groundTruth, content);
  return content.toString().trim().split("\n").length - 1;
}
