import { textAt, type PartialAccount } from "../../../config/partial-account";
import type { Finding, Rule } from "../../../config/rule";
import { projectTemplates, type Server } from "../../../templates";
import { templatesOffered } from "./offered";
import type { ProjectTemplatesSettings } from "./settings";

const key = "projectTemplates";

const settingsIn = ({ [key]: settings }: PartialAccount): Partial<ProjectTemplatesSettings> | undefined =>
  typeof settings === "object" && settings !== null ? settings : undefined;

/** What a server's templates need, by the server. */
const needs: Readonly<Record<Server, string>> = {
  jenkins: 'needs "ci": the Jenkins server of that account becomes the role of the projects\' CI',
  gitlab: 'needs "gitlab" beside "templates"',
};

/** Each template has what it needs, and there is one at least. */
export const templatesHaveServers: Rule = ({ partial }) => {
  const settings = settingsIn(partial);
  if (!settings) return [];
  const ci = textAt(partial, "ci");
  const missing: Readonly<Record<Server, boolean>> = {
    jenkins: ci === undefined,
    gitlab: settings.gitlab === undefined,
  };
  const lacking = (settings.templates ?? []).flatMap((name, index): Finding[] => {
    const server = projectTemplates.find((template) => template.name === name)?.server;
    return server !== undefined && missing[server]
      ? [{ path: [key, "templates", index], message: needs[server] }]
      : [];
  });
  if (settings.templates !== undefined || ci !== undefined || settings.gitlab !== undefined) return lacking;
  return [
    {
      path: [key],
      at: "key",
      message: 'must have "gitlab", or stand beside "ci": else there is no template to offer',
    },
  ];
};

/** What a file says of a server is for a template that it offers. */
export const serversAreOfUse: Rule = ({ partial }) => {
  const settings = settingsIn(partial);
  if (!settings) return [];
  const offered = templatesOffered({ ...settings, ci: textAt(partial, "ci") }).map(({ server }) => server);
  if (offered.length === 0) return [];
  return (["jenkins", "github", "gitlab"] as const).flatMap((name): Finding[] => {
    const server = name === "gitlab" ? "gitlab" : "jenkins";
    if (settings[name] === undefined || offered.includes(server)) return [];
    return [
      { path: [key, name], at: "key", message: `must not stand where no template of ${server} is offered` },
    ];
  });
};

/** The catalog knows roles of its own account. */
export const usersAreOfTheAccount: Rule = ({ partial }) =>
  (settingsIn(partial)?.users ?? []).flatMap((user, index): Finding[] =>
    partial.account === undefined || user.split(":")[4] === partial.account
      ? []
      : [{ path: [key, "users", index], message: `must be a role of this account (${partial.account})` }],
  );
