import type { Access, Caller } from "./access";
import { required, type Route } from "./api";
import type { Beans } from "./beans";
import { notFound, Refusal, refusal } from "./refusal";
import { roles, type GitlabGroup } from "./settings";
import type { Store } from "./store";

/** Users, groups and projects. https://docs.gitlab.com/api/projects/ */
export function projectRoutes(store: Store, access: Access, beans: Beans): readonly Route[] {
  const groupOf = ({ user }: Caller, idOrPath: string): GitlabGroup => {
    const group = store.group(idOrPath);
    if (!group || store.roleInGroup(user, group.path) === 0) throw notFound("Group");
    return group;
  };
  return [
    {
      method: "GET",
      path: "/user",
      answer: ({ caller }) => ({ status: 200, bean: beans.user(caller.user) }),
    },
    {
      method: "GET",
      path: "/groups/:",
      answer: ({ caller, names: [id = ""] }) => ({ status: 200, bean: beans.group(groupOf(caller, id)) }),
    },
    {
      method: "GET",
      path: "/projects/:",
      answer: ({ caller, names: [id = ""] }) => ({
        status: 200,
        bean: beans.project(access.project(caller, id, roles.reporter)),
      }),
    },
    {
      method: "POST",
      path: "/projects",
      answer: ({ caller, body }) => {
        if (body.name === undefined && body.path === undefined)
          throw new Refusal(400, {
            error: "name, path are missing, at least one parameter must be provided",
          });
        const name = required(body, body.name === undefined ? "path" : "name");
        const path = `${namespaceOf(store, caller, body.namespace_id)}/${pathOf(body, name)}`;
        if (store.project(path)) throw refusal(400, taken);
        const { description, visibility } = body;
        const project = store.add({
          ...{ path, name },
          creator: caller.user,
          description: typeof description === "string" ? description : null,
          visibility: typeof visibility === "string" ? visibility : "private",
        });
        return { status: 201, bean: beans.project(project) };
      },
    },
    {
      method: "DELETE",
      path: "/projects/:",
      answer: ({ caller, names: [id = ""] }) => {
        store.remove(access.project(caller, id, roles.owner));
        return { status: 202, bean: { message: "202 Accepted" } };
      },
    },
  ];
}

const taken = {
  "project_namespace.name": ["has already been taken"],
  name: ["has already been taken"],
  path: ["has already been taken"],
};

const pathRule =
  "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-', end in '.git' or end in '.atom'";

function pathOf(body: Readonly<Record<string, unknown>>, name: string): string {
  const path = typeof body.path === "string" ? body.path : name.toLowerCase().replaceAll(/[^\w.]+/g, "-");
  if (/^(?!-)[\w.-]+(?<!\.git)(?<!\.atom)$/.test(path)) return path;
  throw refusal(400, { path: [pathRule] });
}

/** Whoever makes a project in a group needs a role there. */
function namespaceOf(store: Store, { user }: Caller, id: unknown): string {
  if (id === undefined) return user.username;
  const group = typeof id === "string" || typeof id === "number" ? store.group(`${id}`) : undefined;
  const level = group ? store.roleInGroup(user, group.path) : 0;
  if (!group || level === 0) throw refusal(400, { namespace: ["is not valid"] });
  if (level < roles.developer) throw refusal(403, "403 Forbidden");
  return group.path;
}
