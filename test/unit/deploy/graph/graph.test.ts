import { dotOf } from "../../../../deploy/graph/dot";
import { estateGraph, type EstateGraph } from "../../../../deploy/graph/estate-graph";
import { svgOf } from "../../../../deploy/graph/svg";
import { models } from "../../../../pipelines";
import { readEstate } from "../../../support/estate";
import { synthesisedStacks } from "../../../support/synthesised";
import { loadWith } from "../../config/support";

const estate = readEstate();
const graph = estateGraph(estate, models);

const sorted = (...names: string[]): string => names.toSorted().join(" ");

/** Pairs of accounts of which at least one's policies name the other. */
function pairsInPolicies(): Set<string> {
  const pairs = new Set<string>();
  for (const stack of Object.values(synthesisedStacks(estate))) {
    const [home] = stack.provider.aws[0]?.allowed_account_ids as string[];
    const text = JSON.stringify(stack.resource);
    for (const { account } of estate.environments)
      if (home !== undefined && account !== home && text.includes(account)) pairs.add(sorted(home, account));
  }
  return pairs;
}

test("two accounts are joined by an edge exactly where the policies of one name the other", () => {
  const home = new Map(
    graph.accounts.flatMap(({ account, stacks }) => stacks.map(({ id }) => [id, account])),
  );
  const pairs = graph.edges
    .map(({ from, to }) => [home.get(from) ?? "", home.get(to) ?? ""] as const)
    .filter(([from, to]) => from !== to)
    .map((pair) => sorted(...pair));
  expect(new Set(pairs)).toEqual(pairsInPolicies());
});

test("every stack is in its account, and every edge joins two of them", () => {
  const ids = graph.accounts.flatMap(({ stacks }) => stacks.map(({ id }) => id));
  expect(ids.toSorted()).toEqual(Object.keys(synthesisedStacks(estate)).toSorted());
  for (const { from, to } of graph.edges) expect(ids).toEqual(expect.arrayContaining([from, to]));
});

test("Jenkins' way into production is a matter of trust", () => {
  expect(graph.edges.filter(({ from }) => from === "jenkins")).toEqual([
    { kind: "trust", from: "jenkins", to: "prod-foundation", label: "assumes cross-account-jenkins-role" },
  ]);
});

test("what dev's key encrypted goes where its models go, through every account on the way", () => {
  const workload = (account: string, promotesTo?: string) => ({
    kind: "workload",
    account,
    registry: "registry",
    promotesTo,
  });
  const three = loadWith({
    "dev.json": workload("111111111111", "staging"),
    "staging.json": workload("555555555555", "prod"),
  });
  const ways = estateGraph(three, models).edges.filter(({ label }) => label.startsWith("reads with"));
  expect(ways.map(({ from, to }) => `${from} → ${to}`)).toEqual([
    "dev-foundation → staging-foundation",
    "dev-foundation → prod-foundation",
    "staging-foundation → prod-foundation",
  ]);
});

describe("the picture", () => {
  const tags = (svg: string, pattern: RegExp) =>
    [...svg.matchAll(pattern)].map(([, name = ""]) => name).toSorted();

  test("is one well-formed file that needs no other, with the same in words", async () => {
    const svg = await svgOf(graph);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" role="img" /);
    expect(tags(svg, /<(\w+)\b[^>]*(?<!\/)>/g)).toEqual(tags(svg, /<\/(\w+)>/g));
    expect(svg.replace("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|xlink|<script|@import|url\(/);
    expect(svg).toContain(
      "Account prod (222222222222) holds prod-state, prod-foundation, prod-mammo-severity.",
    );
    expect(svg).toContain("jenkins to prod-foundation (trust): assumes cross-account-jenkins-role.");
  });

  test("shows every stack and edge, with light and dark colours", async () => {
    const svg = await svgOf(graph);
    expect(svg.match(/class="node stack (administrator|ci)"/g)).toHaveLength(10);
    expect(svg.match(/class="edge (data|trust)/g)).toHaveLength(graph.edges.length);
    expect(svg).toContain("prefers-color-scheme: dark");
  });

  test("is the same for the same estate", async () => {
    expect(await svgOf(graph)).toBe(await svgOf(estateGraph(estate, models)));
  });

  test("is not broken by what a name may hold", async () => {
    const odd: EstateGraph = {
      accounts: graph.accounts,
      edges: [{ kind: "trust", from: "jenkins", to: "prod-foundation", label: 'a "b" \\ <i>&' }],
    };
    expect(dotOf(odd)).toContain('label="a \\"b\\" \\\\ <i>&"');
    const svg = await svgOf(odd);
    expect(svg).toContain("a &quot;b&quot; \\ &lt;i&gt;&amp;");
    expect(svg).not.toContain("<i>");
  });
});
