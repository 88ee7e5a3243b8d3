import { writeFileSync } from "node:fs";
import { estateGraph } from "../../deploy/graph/estate-graph";
import { svgOf } from "../../deploy/graph/svg";
import { models } from "../../pipelines";
import { documented, type AddCommand } from "../command";
import type { Context } from "../context";

export const addGraph: AddCommand = (parent, act) => {
  documented(parent, "graph", {
    summary: "Draw the accounts and stacks, and what they let one another do, as an SVG",
    details: "Computed from the environment files alone; asks AWS nothing. --json gives what is drawn.",
    examples: ["graph --out estate.svg", "graph > estate.svg", "graph --json"],
  })
    .option("--out <file>", "file to write (default: standard output)")
    .action(act(draw));
};

async function draw(context: Context, { out }: { readonly out?: string }) {
  const graph = estateGraph(context.estate, models);
  if (out === undefined) return { json: graph, text: context.json ? "" : (await svgOf(graph)).trimEnd() };
  const file = context.path(out);
  writeFileSync(file, await svgOf(graph));
  return { json: { ...graph, file }, text: file };
}
