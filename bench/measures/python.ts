import { join } from "node:path";
import { ensurePython } from "../../tools/python/environment";
import { repository } from "../../tools/paths";
import { sdkEnvironment } from "../../tools/sagemaker-sdk/environment";
import { synthesisIn } from "../against";
import { benchFolder, type Measure } from "../bench";
import { forgetRenderings, makeCheckoutInPython } from "../estates/checkout-in-python";
import { secondsOf, slower } from "../figures";
import { takeTurns } from "../rounds";
import { atMost, type Row } from "../row";
import { run, type Command } from "../timing";

const folder = join(benchFolder, "python");
const measure = "python";

/**
 * Synthesis of an estate whose model is in Python, rendered before and rendered anew, against the same with the model in
 * TypeScript.
 */
export const measurePython: Measure = async ({ quick, say }) => {
  await ensurePython(say, sdkEnvironment("2"));
  const checkout = join(folder, "checkout");
  makeCheckoutInPython(checkout);
  const [typed, python] = [synthesis(repository, "typed"), synthesis(checkout, "python")];
  const turns = await takeTurns(
    {
      typed: () => run(typed),
      cold: () => {
        forgetRenderings(checkout);
        return run(python);
      },
      cached: async () => {
        await run(python);
        return run(python);
      },
    },
    { count: quick ? 3 : 7, say },
  );
  const inTypeScript = secondsOf("the model in TypeScript", turns.typed);
  const cached = secondsOf("the model in Python, rendered before", turns.cached);
  const cold = secondsOf("the model in Python, rendered anew for two accounts", turns.cold);
  return [
    {
      measure,
      what: "synth with a model in Python",
      ours: cached,
      baseline: inTypeScript,
      ratio: slower(cached, inTypeScript),
      goal: atMost(slower(cached, inTypeScript), 1.1),
    },
    {
      measure,
      what: "the first synth after a change of it",
      ours: cold,
      baseline: inTypeScript,
      ratio: slower(cold, inTypeScript),
      notes: [
        "Each pipeline is rendered twice, to find what depends on the clock; most of it is the SDK's own start.",
      ],
    },
  ] satisfies Row[];
};

const synthesis = (checkout: string, output: string): Command => ({
  ...synthesisIn(checkout),
  environment: {
    CDKTF_OUTDIR: join(folder, output),
    MLOPS_ENVIRONMENTS: join(repository, "test/fixtures/estate"),
  },
});
