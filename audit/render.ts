import type { Estate } from "../config/schema";
import type { AccessMatrix, Cell } from "./matrix";
import { describeContext } from "./rule";
import { sources, type ServiceCell } from "./services";

/** What a model's pipeline asks for beside what follows from its definition. */
export interface AskedFor {
  /** Name of the environment. */
  readonly environment: string;
  readonly pipeline: string;
  readonly reason: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/**
 * The matrix as Markdown, a line for each thing and who may do it, so that a change of access is a change of lines.
 * @param asked what models ask for, in their own words
 */
export function markdownOf(matrix: AccessMatrix, estate: Estate, asked: readonly AskedFor[] = []): string {
  return [
    "# Who may do what",
    "",
    "Simulated from the synthesised policies of all accounts together by `mlops access`; not written by hand. A line says who may",
    "do something to a resource, beside the administrators of its own account, who may do what no policy denies. `any` stands for",
    "any name. Nobody means: not even those administrators.",
    ...estate.environments.flatMap((environment) => [
      ...section(environment, matrix),
      ...askedIn(asked.filter((one) => one.environment === environment.name)),
    ]),
    "",
  ].join("\n");
}

function section(
  { name, account }: Estate["environments"][number],
  { cells, services }: AccessMatrix,
): string[] {
  const own = cells.filter((cell) => cell.account === account);
  const called = services.filter((cell) => cell.account === account);
  return [
    "",
    `## ${name} (${account})`,
    "",
    "| Resource | When | Who | May |",
    "| --- | --- | --- | --- |",
    ...linesOf(own),
    ...(called.length === 0
      ? []
      : [
          "",
          "| Resource | Service | For whom | May |",
          "| --- | --- | --- | --- |",
          ...linesOfServices(called),
        ]),
  ];
}

const askedIn = (asked: readonly AskedFor[]): string[] =>
  asked.length === 0
    ? []
    : [
        "",
        "| Pipeline | Because | Asks for | On |",
        "| --- | --- | --- | --- |",
        ...asked.map(({ pipeline, reason, actions, resources }) => {
          const on = resources.map((resource) => code(short(resource))).join(", ");
          return `| ${pipeline} | ${reason.replaceAll("|", String.raw`\|`)} | ${actions.join(", ")} | ${on} |`;
        }),
      ];

const short = (resource: string): string => resource.replace(/^arn:aws[\w-]*:/, "");
const code = (text: string): string => (text === "" ? "" : `\`${text.replaceAll("|", String.raw`\|`)}\``);

function linesOf(cells: readonly Cell[]): string[] {
  const shown = cells.filter(
    ({ allowed, deniedToAdministrator }) => allowed.length > 0 || deniedToAdministrator,
  );
  return grouped(
    shown,
    ({ resource, when, allowed }) =>
      `| ${code(short(resource))} | ${code(describeContext(when))} | ${allowed.join(", ") || "nobody"}`,
  );
}

const forWhom = { own: "the estate's own", foreign: "a foreign account's", none: "nobody named" } as const;

const linesOfServices = (cells: readonly ServiceCell[]): string[] =>
  grouped(
    cells,
    ({ resource, service, allowed }) =>
      `| ${code(short(resource))} | ${service} | ${
        sources
          .filter((source) => allowed.includes(source))
          .map((source) => forWhom[source])
          .join(", ") || "none"
      }`,
  );

/** One line for all actions of which the same is to be said. */
function grouped<Of extends Pick<Cell, "action">>(cells: readonly Of[], key: (cell: Of) => string): string[] {
  const lines = new Map<string, Set<string>>();
  for (const cell of cells) {
    const actions = lines.get(key(cell)) ?? new Set();
    lines.set(key(cell), actions.add(cell.action));
  }
  return [...lines].map(([line, actions]) => `${line} | ${[...actions].toSorted().join(", ")} |`);
}

/** Lines that only one of two matrices has: `-` of the reviewed one, `+` of what is. */
export function changesOf(reviewed: string, now: string): string[] {
  const [before, after] = [reviewed, now].map((text) => new Set(linesIn(text)));
  return [
    ...linesIn(reviewed)
      .filter((line) => !after?.has(line))
      .map((line) => `- ${line}`),
    ...linesIn(now)
      .filter((line) => !before?.has(line))
      .map((line) => `+ ${line}`),
  ];
}

/** Lines with the account they are about: tables of two accounts may have a line in common. */
function linesIn(text: string): string[] {
  let account = "";
  return text.split(/\r?\n/).flatMap((line) => {
    if (line.startsWith("## ")) account = line.slice(3);
    return line.startsWith("| ") && !/^\| (Resource|Pipeline|---)/.test(line) ? [`${account}: ${line}`] : [];
  });
}
