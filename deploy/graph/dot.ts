import type { Link } from "../../stacks/kind";
import type { AccountNode, EstateGraph } from "./estate-graph";

/** A graph in Graphviz's language, with the classes that the style sheet knows. */
export function dotOf({ accounts, edges }: EstateGraph): string {
  const accountOf = new Map(accounts.flatMap(({ name, stacks }) => stacks.map(({ id }) => [id, name])));
  const within = ({ from, to }: Link) => accountOf.get(from) === accountOf.get(to);
  return [
    "digraph estate {",
    "rankdir=LR; nodesep=0.25; ranksep=1.1; pad=0.2; bgcolor=transparent; fontname=Arial; fontsize=13;",
    'node [shape=box, style=rounded, fontname=Arial, fontsize=12, margin="0.16,0.1"];',
    "edge [fontname=Arial, fontsize=10, arrowsize=0.7];",
    ...accounts.map(cluster),
    ...edges.map((edge) => arrow(edge, within(edge))),
    "}",
  ].join("\n");
}

function cluster({ name, account, kind, stacks }: AccountNode): string {
  return [
    `subgraph ${quote(`cluster_${name}`)} {`,
    `label=${quote(`${name}  ${account}`)}; class=${quote(`account ${kind}`)}; style=rounded; margin=14; labeljust=l;`,
    ...stacks.map(({ id, appliedBy }) => {
      const label = `${id}\napplied by ${appliedBy}`;
      return `${quote(id)} [label=${quote(label)}, class=${quote(`stack ${appliedBy}`)}];`;
    }),
    "}",
  ].join("\n");
}

/** Accounts stand beside one another, the stacks of one below one another: only edges between accounts order them. */
function arrow({ kind, from, to, label, both = false }: Link, withinAccount: boolean): string {
  const style = kind === "trust" ? "dashed" : "solid";
  const shape = `style=${style}, dir=${both ? "both" : "forward"}, constraint=${!withinAccount}`;
  return `${quote(from)} -> ${quote(to)} [label=${quote(label)}, class=${quote(withinAccount ? `${kind} within` : kind)}, ${shape}];`;
}

/** Only quotes and backslashes have a meaning within quotes (https://graphviz.org/doc/info/lang.html). */
const quote = (text: string): string =>
  `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
