import { modelsRunIn } from "./partial-account";
import type { Problem } from "./problems";
import type { Files, Rule } from "./rule";
import { principalsAreInPartition, principalsAreNoStacksRoles, scientistsDoNotApprove } from "./rules-access";
import { bucketsAreUnique, rolesAreUnique, stacksAreUnique } from "./rules-names";
import {
  promotionEnds,
  promotionStaysInRegistry,
  referencesExist,
  regionIsThatOfRegistry,
} from "./rules-references";
import type { ModelSettings } from "./schema";

/** An account is one environment: two would fight over the same state and roles. */
const accountIsUnique: Rule = (file, { accounts }) => {
  const { account } = file.partial;
  const others = accounts.filter(
    (other) => other !== file && account !== undefined && other.partial.account === account,
  );
  if (others.length === 0) return [];
  const where = others.map(({ name }) => `${name}.json`).join(", ");
  return [
    { path: ["account"], message: `must be the account of one environment only, but is also in ${where}` },
  ];
};

/** A setting that starts or watches a pipeline is of no use where that pipeline does not run. */
const settingsHavePipelines: Rule = ({ partial }, { known }) =>
  known.models.flatMap(({ name, pipelines, settings }) => {
    const given = partial.models?.[name] as ModelSettings | undefined;
    const running = given?.pipelines ?? pipelines;
    return Object.entries(settings).flatMap(([key, { needs }]) => {
      const missing = needs.filter((pipeline) => !running.includes(pipeline));
      const off = given?.[key] === undefined || given[key] === false;
      if (off || missing.length === 0) return [];
      const message = `needs the pipeline ${missing.join(" and ")}, which "pipelines" leaves out here`;
      return [{ path: ["models", name, key], message }];
    });
  });

/** A model that runs no pipeline is there for something else, such as an endpoint. */
const modelsAreOfUse: Rule = ({ partial }, { known }) => {
  const capabilities = known.stackKinds.flatMap(({ settings }) =>
    settings?.at === "model" ? [settings.key] : [],
  );
  const running = modelsRunIn(partial);
  return Object.entries(partial.models ?? {})
    .filter(
      ([name, settings]) => !running.includes(name) && !capabilities.some((key) => hasKey(settings, key)),
    )
    .map(([name]) =>
      known.models.find((model) => model.name === name)?.pipelines.length === 0
        ? { path: ["models", name], message: `must have one of: ${capabilities.join(", ")}` }
        : {
            path: ["models", name, "pipelines"],
            message: "must name at least one pipeline; leave the key out to run all of them",
          },
    );
};

const hasKey = (settings: unknown, key: string): boolean =>
  typeof settings === "object" && settings !== null && key in settings;

const rules: readonly Rule[] = [
  accountIsUnique,
  modelsAreOfUse,
  settingsHavePipelines,
  referencesExist,
  regionIsThatOfRegistry,
  promotionStaysInRegistry,
  promotionEnds,
  bucketsAreUnique,
  rolesAreUnique,
  stacksAreUnique,
  principalsAreInPartition,
  principalsAreNoStacksRoles,
  scientistsDoNotApprove,
];

/** Every problem that shows only when the files are read together. */
export function crossFileProblems(files: Files): Problem[] {
  const all = [...rules, ...files.known.stackKinds.flatMap((kind) => kind.rules)];
  return files.accounts.flatMap((file) =>
    all
      .flatMap((rule) => rule(file, files))
      .map(({ path, message, at }) =>
        at === "key" ? file.source.atKey(path, message) : file.source.atValue(path, message),
      ),
  );
}
