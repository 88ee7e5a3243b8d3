import type { Access } from "./access";
import { required, type Asked, type Route } from "./api";
import type { Beans } from "./beans";
import { notFound, Refusal, refusal } from "./refusal";
import { roles } from "./settings";
import type { Project, Schedule, Store, Variable } from "./store";

/** Variables, protected environments and schedules of projects. */
export function settingRoutes(store: Store, access: Access, beans: Beans): readonly Route[] {
  const project = ({ caller, names }: Asked) => access.project(caller, names[0] ?? "", roles.maintainer);
  return [
    ...variableRoutes(project),
    ...environmentRoutes(store, project),
    ...scheduleRoutes(store, beans, (asked) =>
      access.project(asked.caller, asked.names[0] ?? "", roles.developer),
    ),
  ];
}

type ProjectOf = (asked: Asked) => Project;

/** https://docs.gitlab.com/api/project_level_variables/ */
function variableRoutes(projectOf: ProjectOf): readonly Route[] {
  const variables = "/projects/:/variables";
  const find = (asked: Asked): Variable => {
    const variable = projectOf(asked).variables.get(asked.names[1] ?? "");
    if (!variable) throw notFound("Variable");
    return variable;
  };
  return [
    {
      method: "GET",
      path: variables,
      answer: (asked) => ({ status: 200, bean: [...projectOf(asked).variables.values()].map(variableBean) }),
    },
    {
      method: "GET",
      path: `${variables}/:`,
      answer: (asked) => ({ status: 200, bean: variableBean(find(asked)) }),
    },
    {
      method: "POST",
      path: variables,
      answer: (asked) => {
        const [{ variables: all }, key] = [projectOf(asked), required(asked.body, "key")];
        if (all.has(key)) throw refusal(400, { key: [`(${key}) has already been taken`] });
        if (!/^\w{1,255}$/.test(key))
          throw refusal(400, { key: ["can contain only letters, digits and '_'."] });
        const value = required(asked.body, "value");
        const variable = changed({ key, value, protected: false, masked: false, raw: false }, asked.body);
        all.set(key, variable);
        return { status: 201, bean: variableBean(variable) };
      },
    },
    {
      method: "PUT",
      path: `${variables}/:`,
      answer: (asked) => {
        const variable = changed(find(asked), asked.body);
        projectOf(asked).variables.set(variable.key, variable);
        return { status: 200, bean: variableBean(variable) };
      },
    },
  ];
}

/** @throws Refusal for a value that cannot be masked */
function changed(variable: Variable, body: Asked["body"]): Variable {
  const flags = (["protected", "masked", "raw"] as const).map((flag) => [
    flag,
    isTrue(body[flag] ?? variable[flag]),
  ]);
  const value = typeof body.value === "string" ? body.value : variable.value;
  const now = { ...variable, value, ...(Object.fromEntries(flags) as Partial<Variable>) };
  const pattern = now.raw ? /^\S{8,}$/ : /^[A-Za-z0-9+/=@:.~_-]{8,}$/;
  if (now.masked && !pattern.test(now.value)) throw refusal(400, { value: ["is invalid"] });
  return now;
}

/** Of JSON, or of a form. */
const isTrue = (value: unknown): boolean => value === true || value === "true";

const variableBean = (variable: Variable) => ({
  variable_type: "env_var",
  ...variable,
  hidden: false,
  environment_scope: "*",
  description: null,
});

/** https://docs.gitlab.com/api/protected_environments/ */
function environmentRoutes({ settings }: Store, projectOf: ProjectOf): readonly Route[] {
  const environments = "/projects/:/protected_environments";
  const protectable = (asked: Asked): Project => {
    const project = projectOf(asked);
    if (settings.tier === "free") throw refusal(404, "404 Not Found");
    return project;
  };
  const bean = (name: string, level: number) => ({
    name,
    deploy_access_levels: [{ id: 1, access_level: level, user_id: null, group_id: null }],
    approval_rules: [],
  });
  return [
    {
      method: "GET",
      path: `${environments}/:`,
      answer: (asked) => {
        const environment = protectable(asked).environments.get(asked.names[1] ?? "");
        if (!environment) throw refusal(404, "404 Not Found");
        return { status: 200, bean: bean(environment.name, environment.level) };
      },
    },
    {
      method: "POST",
      path: environments,
      answer: (asked) => {
        const [project, name] = [protectable(asked), required(asked.body, "name")];
        const levels = asked.body.deploy_access_levels;
        if (!Array.isArray(levels)) throw new Refusal(400, { error: "deploy_access_levels is invalid" });
        const [level] = levels as readonly { readonly access_level?: number }[];
        if (level?.access_level === undefined)
          throw new Refusal(400, { error: "deploy_access_levels[access_level] is missing" });
        if (project.environments.has(name))
          throw refusal(409, `Protected environment '${name}' already exists`);
        project.environments.set(name, { name, level: level.access_level });
        return { status: 201, bean: bean(name, level.access_level) };
      },
    },
  ];
}

/** https://docs.gitlab.com/api/pipeline_schedules/ */
function scheduleRoutes(store: Store, beans: Beans, projectOf: ProjectOf): readonly Route[] {
  const schedules = "/projects/:/pipeline_schedules";
  return [
    {
      method: "GET",
      path: schedules,
      answer: (asked) => ({ status: 200, bean: projectOf(asked).schedules.map(beans.schedule) }),
    },
    {
      method: "POST",
      path: schedules,
      answer: (asked) => {
        const [project, { body, caller }] = [projectOf(asked), asked];
        const [description, ref, cron] = ["description", "ref", "cron"].map((name) => required(body, name));
        const schedule: Schedule = {
          id: store.next("schedule"),
          ...{ description: description ?? "", ref: wholeRef(ref ?? ""), cron: checkedCron(cron ?? "") },
          cron_timezone: typeof body.cron_timezone === "string" ? body.cron_timezone : "UTC",
          active: isTrue(body.active ?? true),
          owner: caller.user,
        };
        project.schedules.push(schedule);
        return { status: 201, bean: beans.schedule(schedule) };
      },
    },
    {
      method: "PUT",
      path: `${schedules}/:`,
      answer: (asked) => {
        const schedule = projectOf(asked).schedules.find(({ id }) => String(id) === asked.names[1]);
        if (!schedule) throw notFound("PipelineSchedule");
        const { ref = schedule.ref, cron = schedule.cron } = asked.body as Partial<Schedule>;
        Object.assign(schedule, asked.body, { ref: wholeRef(ref), cron: checkedCron(cron) });
        return { status: 200, bean: beans.schedule(schedule) };
      },
    },
  ];
}

const wholeRef = (ref: string): string => (ref.startsWith("refs/") ? ref : `refs/heads/${ref}`);

function checkedCron(cron: string): string {
  if (/^\S+(?:\s+\S+){4}$/.test(cron)) return cron;
  throw refusal(400, { cron: ["is invalid syntax"] });
}
