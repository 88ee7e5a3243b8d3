import type { Access } from "./access";
import { required, type Asked, type Route } from "./api";
import type { Beans } from "./beans";
import { CiFileError } from "./ci-file";
import type { Job, Pipeline } from "./pipeline";
import type { PipelineRequest, Pipelines } from "./pipelines";
import { notFound, refusal } from "./refusal";
import type { Runner } from "./runner";
import { roles } from "./settings";
import type { Project, Store } from "./store";

/** What pipelines' calls need. */
export interface PipelineTools {
  readonly store: Store;
  readonly access: Access;
  readonly beans: Beans;
  readonly pipelines: Pipelines;
  readonly runner: Runner;
}

/** Pipelines and their jobs. https://docs.gitlab.com/api/pipelines/ https://docs.gitlab.com/api/jobs/ */
export function pipelineRoutes(tools: PipelineTools): readonly Route[] {
  const { access, beans } = tools;
  const projectOf = ({ caller, names }: Asked, role: number = roles.reporter) =>
    access.project(caller, names[0] ?? "", role);
  const create = async (project: Project, request: PipelineRequest) => {
    try {
      return { status: 201, bean: beans.pipeline(await tools.pipelines.create(project, request)) };
    } catch (error) {
      if (error instanceof CiFileError) throw refusal(400, { base: [error.message] });
      throw error;
    }
  };
  return [
    {
      method: "GET",
      path: "/projects/:/pipelines",
      answer: (asked) => ({
        status: 200,
        bean: projectOf(asked).pipelines.filter(matches(asked.query)).toReversed().map(beans.pipeline),
      }),
    },
    {
      method: "POST",
      path: "/projects/:/pipeline",
      answer: (asked) => {
        const project = projectOf(asked, roles.developer);
        const { ref, variables, inputs = {} } = asked.body;
        // Of new namespaces nobody may set variables. https://docs.gitlab.com/ci/variables/#restrict-pipeline-variables
        if (variables !== undefined)
          throw refusal(400, { base: ["Insufficient permissions to set pipeline variables"] });
        return create(project, {
          ref: required({ ref }, "ref"),
          source: "api",
          inputs: inputs as PipelineRequest["inputs"] & object,
          user: asked.caller.user,
        });
      },
    },
    {
      method: "POST",
      path: "/projects/:/pipeline_schedules/:/play",
      answer: async (asked) => {
        const project = projectOf(asked, roles.developer);
        const schedule = project.schedules.find(({ id }) => String(id) === asked.names[1]);
        if (!schedule) throw notFound("PipelineSchedule");
        const ref = schedule.ref.replace("refs/heads/", "");
        await create(project, { ref, source: "schedule", user: schedule.owner });
        return { status: 201, bean: { message: "201 Created" } };
      },
    },
    {
      method: "GET",
      path: "/projects/:/pipelines/:",
      answer: (asked) => ({ status: 200, bean: beans.pipeline(pipelineIn(projectOf(asked), asked)) }),
    },
    {
      method: "GET",
      path: "/projects/:/pipelines/:/jobs",
      answer: (asked) => {
        const pipeline = pipelineIn(projectOf(asked), asked);
        return { status: 200, bean: pipeline.jobs.map((job) => beans.job(job, pipeline)) };
      },
    },
    ...jobRoutes(tools, projectOf),
  ];
}

function jobRoutes(
  { store, runner, beans }: PipelineTools,
  projectOf: (asked: Asked, role?: number) => Project,
): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/projects/:/jobs/:",
      answer: (asked) => ({ status: 200, bean: beans.job(...jobIn(projectOf(asked), asked)) }),
    },
    {
      method: "GET",
      path: "/projects/:/jobs/:/trace",
      answer: (asked) => ({ status: 200, bean: jobIn(projectOf(asked), asked)[0].trace }),
    },
    {
      method: "POST",
      path: "/projects/:/jobs/:/play",
      answer: (asked) => {
        const project = projectOf(asked, roles.developer);
        const [job, pipeline] = jobIn(project, asked);
        const needed = project.environments.get(job.environment ?? "")?.level ?? 0;
        if (store.roleIn(asked.caller.user, project) < needed) throw refusal(403, "403 Forbidden");
        if (job.status !== "manual") throw refusal(400, "400 Bad request - Unplayable Job");
        job.status = "pending";
        job.user = asked.caller.user;
        runner.advance();
        return { status: 200, bean: beans.job(job, pipeline) };
      },
    },
  ];
}

function pipelineIn({ pipelines }: Project, { names }: Asked): Pipeline {
  const pipeline = pipelines.find(({ id }) => String(id) === names[1]);
  if (!pipeline) throw refusal(404, "404 Not found");
  return pipeline;
}

function jobIn({ pipelines }: Project, { names }: Asked): [Job, Pipeline] {
  for (const pipeline of pipelines)
    for (const job of pipeline.jobs) if (String(job.id) === names[1]) return [job, pipeline];
  throw refusal(404, "404 Not found");
}

function matches(query: URLSearchParams): (pipeline: Pipeline) => boolean {
  const [ref, sha, source, after] = ["ref", "sha", "source", "updated_after"].map((name) => query.get(name));
  return (pipeline) =>
    (ref === null || pipeline.ref === ref) &&
    (sha === null || pipeline.sha === sha) &&
    (source === null || pipeline.source === source) &&
    (after === null || pipeline.updatedAt >= Date.parse(after ?? ""));
}
