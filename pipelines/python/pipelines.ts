import { join, relative } from "node:path";
import { repository } from "../../tools/paths";
import { RenderedPipeline } from "../definition";
import type { RenderedDefinition } from "../definition/rendered/json";
import { ModelError } from "../model-error";
import type { ModelContext, PipelineBuilder } from "../model";
import { pythonContext } from "./context";
import { underHouseRules } from "./house-rules";
import { ownStatements, type OwnPermissions } from "./own-permissions";
import { renderings, type KeptRendering } from "./rendered";
import type { PythonSource } from "./source";
import { asScripts } from "./uploads";

/** A model's pipelines in Python, by short name, and how they are rendered for several accounts at once. */
export interface PythonPipelines {
  readonly pipelines: Readonly<Record<string, PipelineBuilder>>;
  readonly prepare: (contexts: readonly ModelContext[]) => void;
}

/** @param own what the model asks for beside what follows from its definitions */
export function pythonPipelines(source: PythonSource, own: OwnPermissions): PythonPipelines {
  const inPython = (context: ModelContext) => pythonContext(source.model, context);
  const build =
    (name: string): PipelineBuilder =>
    (context) => {
      const [rendering] = renderings(source, [inPython(context)]);
      if (!rendering) throw new Error(`there is no rendering of ${source.model}`);
      return pipelineOf(source, own, name, rendering, context);
    };
  return {
    pipelines: Object.fromEntries(source.names.map((name) => [name, build(name)])),
    prepare: (contexts) => void renderings(source, contexts.map(inPython)),
  };
}

function pipelineOf(
  { model, folder, file }: PythonSource,
  own: OwnPermissions,
  name: string,
  { pipelines, uploads, folder: contents }: KeptRendering,
  context: ModelContext,
): RenderedPipeline {
  try {
    const definitions = Object.fromEntries(
      Object.entries(pipelines).map(([each, { definition }]) => [each, definition]),
    ) as Record<string, RenderedDefinition>;
    const moved = asScripts(definitions, uploads, {
      model,
      dataBucket: context.dataBucket,
      folder: contents,
    });
    const definition = moved.definitions[name];
    const given = pipelines[name];
    if (!definition || !given) throw new Error(`there is no pipeline ${name}`);
    const pipeline = new RenderedPipeline(
      { ...context, name: given.name },
      underHouseRules(definition, context),
      {
        scripts: moved.scripts,
        own: ownStatements(own, Object.values(moved.definitions), { ...context, model }),
      },
    );
    // What no permission can be derived of is told now, beside the file that it is in.
    pipeline.permissions();
    refuseUncovered(pipeline);
    return pipeline;
  } catch (error) {
    if (error instanceof ModelError) throw error;
    const { message } = error as Error;
    const place = relative(repository, join(folder, file));
    throw new ModelError(
      `${place}: ${message.startsWith("step ") ? `pipeline ${name}: ${message}` : message}`,
      { cause: error },
    );
  }
}

/** @throws Error naming step and field of all that only a run says, and that nothing lets the role reach */
function refuseUncovered(pipeline: RenderedPipeline): void {
  const lacking = pipeline.runTimeNeeds().filter(({ allowed }) => allowed === undefined);
  if (lacking.length === 0) return;
  const [first = "", ...more] = lacking.map(
    ({ step, may, field, from }) =>
      `step ${step}: may not ${may} ${field}, which only the run knows (${from})`,
  );
  throw new Error(
    [first, ...more].join("; ") + `: give the parameter a default, or ask for it in model.json`,
  );
}
