import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scriptFor, type Shell } from "../../../../cli/completion/scripts";
import { mlops } from "../support";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "completion-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A program that answers with the words it got, at a path that wants quoting; and the script that asks it. */
function sourced(shell: Shell): string {
  const program = join(folder, "it's here", "mlops.js");
  mkdirSync(join(folder, "it's here"));
  const answer = `const [name, dashes, ...words] = process.argv.slice(2);
if (words.at(-1) !== "nothing")
  console.log([name, dashes, words.length, ...words].join("|") + "\\tit: says\\nsecond\\t");`;
  writeFileSync(program, answer);
  const script = join(folder, "script");
  writeFileSync(script, scriptFor(shell, program));
  return `source ${script}`;
}

/** Runs lines in a shell without anybody's settings. */
function run(command: readonly string[], ...lines: readonly string[]): string {
  const [program = "", ...args] = command;
  const { stdout, stderr, error } = spawnSync(program, [...args, "-c", lines.join("\n")], {
    encoding: "utf8",
    cwd: folder,
    env: { ...process.env, HOME: folder, PATH: withoutMlops() },
  });
  if (error) throw error;
  expect(stderr).toBe("");
  return stdout;
}

/** npm puts our own mlops on the PATH of its scripts. */
const withoutMlops = (): string =>
  (process.env.PATH ?? "")
    .split(":")
    .filter((entry) => !entry.includes("node_modules"))
    .join(":");

const has = (shell: string): boolean => spawnSync(shell, ["-c", ":"]).status === 0;
/** Skipped where the shell is not installed. */
const inShell = (shell: Shell) => (has(shell) ? test : test.skip);

inShell("bash")("bash completes words from the program, and falls back to files", () => {
  const out = run(
    ["bash", "--norc"],
    sourced("bash"),
    "complete -p mlops",
    "COMP_WORDS=(mlops plan '') COMP_CWORD=2; _mlops; printf '%s\\n' \"${COMPREPLY[@]}\"",
    'COMP_WORDS=(mlops nothing) COMP_CWORD=1; _mlops; echo "${#COMPREPLY[@]}"',
    "mlops a 'b c'",
  );
  expect(out.split("\n")).toEqual([
    "complete -o default -F _mlops mlops",
    "__complete|--|2|plan|",
    "second",
    "0",
    "a|b c|0\tit: says",
    "second\t",
    "",
  ]);
});

inShell("zsh")("zsh completes words with their descriptions, and falls back to files", () => {
  const out = run(
    ["zsh", "-f"],
    "compdef() { echo compdef $@ }",
    "_describe() { print -l $1 ${(P)2} }",
    "_files() { echo files }",
    sourced("zsh"),
    "words=(mlops plan ''); CURRENT=3; _mlops",
    "words=(mlops nothing); CURRENT=2; _mlops",
    "mlops a 'b c'",
  );
  expect(out.split("\n")).toEqual([
    "compdef _mlops mlops",
    "mlops",
    "__complete|--|2|plan|:it: says",
    "second:",
    "files",
    "a|b c|0\tit: says",
    "second\t",
    "",
  ]);
});

inShell("fish")("fish completes words with their descriptions, and falls back to files", () => {
  writeFileSync(join(folder, "nothing-but-a-file"), "");
  const out = run(
    ["fish", "--no-config"],
    sourced("fish"),
    "complete -C 'mlops plan '",
    "complete -C 'mlops nothing'",
    "mlops a 'b c'",
  );
  expect(out).toContain("second\n");
  expect(out).toContain("nothing-but-a-file");
  expect(out).toContain("a|b c|0\tit: says");
});

test("mlops completion prints the script", async () => {
  const { code, out } = await mlops("completion bash");
  expect(code).toBe(0);
  expect(out).toBe(scriptFor("bash", join(__dirname, "../../../../cli/mlops.js")));
});

test("and refuses a shell that it has none for", async () => {
  const { code, err } = await mlops("completion tcsh");
  expect(code).toBe(2);
  expect(err).toContain("Allowed choices are bash, zsh, fish");
});
