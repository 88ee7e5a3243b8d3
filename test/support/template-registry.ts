import type { ProjectTemplate, TemplateVersion } from "../../templates";

const shipped = jest.requireActual<typeof import("../../templates")>("../../templates");
let offered = shipped.projectTemplates;

/**
 * Takes the place of `templates/index.ts` in a test file whose templates change:
 * `jest.mock("…/templates", () => jest.requireActual<{ readonly registry: object }>("…/support/template-registry").registry)`.
 */
export const registry = {
  ...shipped,
  get projectTemplates() {
    return offered;
  },
};

/** Gives templates other versions, by name; all others are as they ship. */
export function offer(versions: Readonly<Record<string, readonly TemplateVersion[]>>): void {
  offered = shipped.projectTemplates.map((template) => ({
    ...template,
    versions: versions[template.name] ?? template.versions,
  }));
}

/** A template that ships. @throws Error where there is none of the name */
export function shippedTemplate(name: string): ProjectTemplate {
  const found = shipped.projectTemplates.find((template) => template.name === name);
  if (!found) throw new Error(`no template is named ${name}`);
  return found;
}

/** The first version of a template that ships, and one after it, whose execution role has another description. */
export function twoVersions(name: string): {
  readonly first: TemplateVersion;
  readonly second: TemplateVersion;
} {
  const [first] = shippedTemplate(name).versions;
  if (!first) throw new Error(`template ${name} has no version`);
  const second: TemplateVersion = {
    ...first,
    name: "2",
    description: "The second version",
    render: (parts) => {
      const template = first.render(parts);
      const { ExecutionRole: role = { Type: "", Properties: {} } } = template.Resources;
      const ExecutionRole = {
        ...role,
        Properties: { ...role.Properties, Description: "Of the second version" },
      };
      return { ...template, Resources: { ...template.Resources, ExecutionRole } };
    },
  };
  return { first, second };
}
