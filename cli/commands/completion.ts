import { join } from "node:path";
import { Argument } from "commander";
import type { Estate } from "../../config/schema";
import { complete } from "../completion/complete";
import { scriptFor, shells, type Shell } from "../completion/scripts";
import { valuesNamed } from "../completion/values";
import { documented, type AddCommand, type Answer } from "../command";
import type { Context } from "../context";

export const addCompletion: AddCommand = (parent, act) => {
  documented(parent, "completion", {
    summary: "Print a script that completes mlops in a shell",
    details:
      "Commands, options, and what the environment files name: stacks, environments, accounts, models, pipelines. " +
      "Asks AWS nothing. Where no mlops is on the PATH, the script makes one of this clone.",
    examples: [
      "completion bash > ~/.local/share/bash-completion/completions/mlops",
      "completion zsh >> ~/.zshrc",
      "completion fish > ~/.config/fish/completions/mlops.fish",
    ],
  })
    .addArgument(new Argument("<shell>", "shell").choices(shells))
    .action(
      act((_: Context, shell: Shell) => {
        const script = scriptFor(shell, join(__dirname, "../mlops.js"));
        return Promise.resolve({ json: { shell, script }, text: script.trimEnd() });
      }),
    );
  parent
    .command("__complete", { hidden: true })
    .argument("[words...]", "words after mlops, up to the cursor")
    .action(act((context, words: readonly string[]) => Promise.resolve(answer(context, words))));

  /** One candidate a line, its description after a tab. */
  function answer(context: Context, words: readonly string[]): Answer {
    const candidates = complete(parent, words, (name, before, options) =>
      valuesNamed(name, before, () => estateOf(context, options.get("environments"))),
    );
    const text = candidates.map(({ value, description = "" }) => `${value}\t${description}`).join("\n");
    return { json: candidates, text };
  }
};

/** Someone in the middle of a line cannot be bothered with what is wrong in a file. */
function estateOf(context: Context, environments: string | undefined): Estate | undefined {
  try {
    return (environments === undefined ? context : context.at(context.path(environments))).estate;
  } catch {
    return undefined;
  }
}
