import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { escapeMarkup } from "../../core/escape-markup";
import { dotOf } from "./dot";
import type { EstateGraph } from "./estate-graph";

/** Light and dark; both meet WCAG AA. An edge's line is dashed or whole, so that colour is not its only sign. */
const styleSheet = `
svg { background: #fff; font-family: Arial, "Liberation Sans", sans-serif; color-scheme: light dark; }
text { fill: #1b1f24; stroke: none; font-family: inherit; }
.account > path, .account > polygon { fill: #f4f6f8; stroke: #8a94a0; }
.account > text { font-weight: bold; }
.stack > path, .stack > polygon { fill: #fff; stroke: #57606a; }
.stack.ci > path, .stack.ci > polygon { stroke-width: 2.5; }
.edge > text { paint-order: stroke; stroke: #fff; stroke-width: 3; }
.edge.within > text { stroke: #f4f6f8; }
.data > path { stroke: #0a5fb4; } .data > polygon { fill: #0a5fb4; stroke: #0a5fb4; } .data > text { fill: #0a5fb4; }
.trust > path { stroke: #9a4a00; } .trust > polygon { fill: #9a4a00; stroke: #9a4a00; } .trust > text { fill: #9a4a00; }
@media (prefers-color-scheme: dark) {
  svg { background: #14181d; }
  text { fill: #e6edf3; }
  .account > path, .account > polygon { fill: #1d232a; stroke: #6b7682; }
  .stack > path, .stack > polygon { fill: #262d36; stroke: #9aa5b1; }
  .edge > text { stroke: #14181d; }
  .edge.within > text { stroke: #1d232a; }
  .data > path { stroke: #6cb6ff; } .data > polygon { fill: #6cb6ff; stroke: #6cb6ff; } .data > text { fill: #6cb6ff; }
  .trust > path { stroke: #f0a35e; } .trust > polygon { fill: #f0a35e; stroke: #f0a35e; } .trust > text { fill: #f0a35e; }
}
@media print { svg { background: #fff; } }
`;

const legendHeight = 34;
const pointsToPixels = 4 / 3;

/** A graph as a self-contained SVG file that follows the reader's light or dark setting. */
export async function svgOf(graph: EstateGraph): Promise<string> {
  const graphviz = await Graphviz.load();
  const drawn = graphviz.layout(dotOf(graph), "svg", "dot");
  const [, viewBox = "0 0 0 0"] = /viewBox="([^"]+)"/.exec(drawn) ?? [];
  const [, , width = 0, height = 0] = viewBox.split(" ").map(Number);
  return frame(graph, contentOf(drawn), Math.max(width, 420), height + legendHeight);
}

/** What Graphviz drew, without its head, comments and background. */
const contentOf = (drawn: string): string =>
  drawn
    .slice(drawn.indexOf('<g id="graph0"'), drawn.lastIndexOf("</svg>"))
    .replace(/<!--[\s\S]*?-->\n?/g, "")
    .replace(/<title>estate<\/title>\n?/, "")
    .trim();

function frame(graph: EstateGraph, content: string, width: number, height: number): string {
  const size = `width="${width * pointsToPixels}" height="${height * pointsToPixels}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" ${size} viewBox="0 0 ${width} ${height}" aria-labelledby="title description">
<title id="title">Accounts and stacks</title>
<desc id="description">${describe(graph)}</desc>
<style>${styleSheet}</style>
${legend}
<g transform="translate(0 ${legendHeight})">
${content}
</g>
</svg>
`;
}

const sample = (kind: string, x: number, dash: string, text: string): string =>
  `<g class="${kind}" transform="translate(${x} 20)"><path fill="none" d="M0 0H30"${dash}/><polygon points="38,0 30,-3.5 30,3.5"/><text x="46" y="4" font-size="11">${text}</text></g>`;

const legend = [
  sample("data", 16, "", "data goes there"),
  sample("trust", 150, ' stroke-dasharray="5 3"', "may assume a role"),
  `<text x="312" y="24" font-size="11">bold frame: Jenkins applies</text>`,
].join("\n");

/** The picture in words. */
function describe({ accounts, edges }: EstateGraph): string {
  const described = accounts.map(({ name, account, stacks }) => {
    const ids = stacks.map(({ id }) => id).join(", ");
    return `Account ${name} (${account}) holds ${ids}.`;
  });
  const drawn = edges.map(({ kind, from, to, label }) => `${from} to ${to} (${kind}): ${label}.`);
  return escapeMarkup([...described, ...drawn].join(" "));
}
