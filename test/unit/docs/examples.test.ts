import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { mlops } from "../cli/support";
import { pathOf, program, read, repository, leaves } from "./support";

const documents = [
  "README.md",
  "CONTRIBUTING.md",
  "jenkins/README.md",
  ...["docs", "docs/adr"].flatMap((folder) =>
    readdirSync(join(repository, folder))
      .filter((file) => file.endsWith(".md"))
      .map((file) => `${folder}/${file}`),
  ),
];

const { scripts } = JSON.parse(read("package.json")) as { scripts: Readonly<Record<string, string>> };

/** Code of a document: whole lines of fenced blocks, with continued ones joined, and what stands between backticks. */
function codeOf(text: string): string[] {
  const fenced = [...text.matchAll(/^ *```(?:sh|groovy)\n([\s\S]*?)^ *```/gm)].flatMap(([, block = ""]) =>
    block.replaceAll("\\\n", " ").split("\n"),
  );
  const inline = [...text.replace(/^ *```[\s\S]*?^ *```/gm, "").matchAll(/`([^`\n]+)`/g)];
  return [...fenced, ...inline.map(([, code = ""]) => code)];
}

/** What follows a program's name in code, up to the end of its command. */
const callsOf = (program: RegExp, code: string): string[][] =>
  [...code.matchAll(program)].map(([, words = ""]) => words.trim().split(/\s+/));

const cases = documents.flatMap((file) => codeOf(read(file)).map((code) => [file, code] as const));
const mlopsCalls = cases.flatMap(([file, code]) =>
  callsOf(/(?:^|[ (])mlops((?: +[^#|&;)\s]+)+)/g, code.trim()).map(
    (words) => [file, words.join(" "), words] as const,
  ),
);
const npmCalls = cases.flatMap(([file, code]) =>
  callsOf(/(?:^|[ (])npm((?: +[\w:-]+)+)/g, code.trim()).map(
    (words) => [file, words.join(" "), words] as const,
  ),
);

/** The command that words lead to, and those words that are options. */
function resolve(words: readonly string[]): { command: Command; options: string[] } {
  let command = program;
  for (const word of words.filter((one) => !one.startsWith("-")))
    command = command.commands.find((one) => one.name() === word) ?? command;
  return { command, options: words.filter((word) => /^--\w/.test(word)) };
}

test("documents name commands at all", () => {
  expect(mlopsCalls.length).toBeGreaterThan(50);
  expect(npmCalls.length).toBeGreaterThan(20);
});

test.each(mlopsCalls)("%s: mlops %s is a command with these options", (_file, _call, words) => {
  const { command, options } = resolve(words);
  expect(leaves()).toContain(command);
  const known = [...command.options, ...program.options].map(({ long }) => long);
  expect([...known, "--help"]).toEqual(expect.arrayContaining(options.map((option) => option.split("=")[0])));
});

const ofNpm = new Set(["ci", "install", "link"]);

test.each(npmCalls)("%s: npm %s is there", (_file, _call, [first = "", second = ""]) => {
  const script = first === "run" ? second : first;
  expect([...Object.keys(scripts), ...ofNpm]).toContain(script);
});

test("the examples in help are commands with options that there are", () => {
  const examples = leaves().flatMap((command) => {
    const shown: string[] = [];
    command.configureOutput({ writeOut: (text) => shown.push(text) }).outputHelp();
    return callsOf(/\$ mlops((?: +[^\n\\]+(?:\\\n)?)+)/g, shown.join("")).map(
      (words) => [pathOf(command), words] as const,
    );
  });
  expect(examples.length).toBeGreaterThan(leaves().length);
  for (const [path, words] of examples) expect(pathOf(resolve(words).command)).toBe(path);
});

test("docs/estate.svg is up to date; npx mlops graph --environments test/fixtures/shipped-estate --out docs/estate.svg draws it anew", async () => {
  const { out } = await mlops("graph", { environments: join(repository, "test/fixtures/shipped-estate") });
  expect(readFileSync(join(repository, "docs/estate.svg"), "utf8")).toBe(out);
});

test("links between documents lead somewhere", () => {
  const broken = documents.flatMap((file) =>
    [...read(file).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].flatMap(
      ([link, path = "", anchor]) => {
        const target = path === "" ? file : join(file, "..", path);
        try {
          const text = path.endsWith(".md") || path === "" ? read(target) : "";
          if (text === "") statSync(join(repository, target));
          const anchors = [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
            title
              .toLowerCase()
              .replace(/[^\w -]/g, "")
              .replaceAll(" ", "-"),
          );
          return anchor === undefined || anchors.includes(anchor) ? [] : [`${file}: ${link}`];
        } catch {
          return [`${file}: ${link}`];
        }
      },
    ),
  );
  expect(broken).toEqual([]);
});
