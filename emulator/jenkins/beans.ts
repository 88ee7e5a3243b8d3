import type { Build, Parameters, Queue, QueueItem } from "./queue";
import type { JenkinsJob } from "./settings";

/** What Jenkins' API exports of things, by the names that it uses. */

export const jobPath = ({ name }: Pick<JenkinsJob, "name">): string =>
  name
    .split("/")
    .map((part) => `job/${encodeURIComponent(part)}/`)
    .join("");

const folderClass = "com.cloudbees.hudson.plugins.folder.Folder";
const jobClass = "org.jenkinsci.plugins.workflow.job.WorkflowJob";

export function jobBean(job: JenkinsJob, queue: Queue, root: string) {
  const url = root + jobPath(job);
  const builds = queue.buildsOf(job).toReversed();
  const [waiting] = queue.waiting(job);
  return {
    _class: jobClass,
    name: job.name.split("/").at(-1),
    fullName: job.name,
    url,
    buildable: job.disabled !== true,
    color: job.disabled === true ? "disabled" : "notbuilt",
    builds: builds.map((build) => buildBean(build, root)),
    firstBuild: orNull(builds.at(-1), root),
    lastBuild: orNull(builds[0], root),
    nextBuildNumber: builds.length + 1,
    inQueue: waiting !== undefined,
    queueItem: waiting ? itemBean(waiting, root) : null,
    property: job.parameters
      ? [
          {
            _class: "hudson.model.ParametersDefinitionProperty",
            parameterDefinitions: job.parameters.map((name) => ({
              _class: "hudson.model.StringParameterDefinition",
              name,
              type: "StringParameterDefinition",
            })),
          },
        ]
      : [],
  };
}

/** The root, where the name is empty, or a folder: what is right in it. @returns undefined where nothing is */
export function folderBean(folder: string, jobs: readonly JenkinsJob[], root: string) {
  const prefix = folder === "" ? "" : `${folder}/`;
  const inside = jobs.filter(({ name }) => name.startsWith(prefix));
  if (inside.length === 0) return undefined;
  const names = [...new Set(inside.map(({ name }) => name.slice(prefix.length).split("/")[0] ?? ""))];
  return {
    _class: folder === "" ? "hudson.model.Hudson" : folderClass,
    url: root + (folder === "" ? "" : jobPath({ name: folder })),
    jobs: names.map((name) => ({
      _class: jobs.some((job) => job.name === prefix + name) ? jobClass : folderClass,
      name,
      url: root + jobPath({ name: prefix + name }),
    })),
  };
}

const orNull = (build: Build | undefined, root: string) => (build ? buildBean(build, root) : null);

export function buildBean(build: Build, root: string) {
  const { number, job, queueId, timestamp, parameters, by, result = null } = build;
  return {
    _class: runClass,
    number,
    id: String(number),
    url: `${root}${jobPath(job)}${number}/`,
    fullDisplayName: `${job.name.split("/").join(" » ")} #${number}`,
    building: result === null,
    result,
    queueId,
    timestamp,
    actions: [causeAction(by), parametersAction(parameters)],
  };
}

export function itemBean({ id, job, parameters, by, inQueueSince, build }: QueueItem, root: string) {
  return {
    _class: build ? "hudson.model.Queue$LeftItem" : "hudson.model.Queue$WaitingItem",
    id,
    url: `queue/item/${id}/`,
    actions: [causeAction(by), parametersAction(parameters)],
    inQueueSince,
    blocked: false,
    buildable: false,
    stuck: false,
    task: { _class: jobClass, name: job.name.split("/").at(-1), url: root + jobPath(job) },
    why: build ? null : "Waiting for next available executor",
    ...(build && { cancelled: false, executable: executable(build, root) }),
  };
}

const runClass = "org.jenkinsci.plugins.workflow.job.WorkflowRun";

function executable(build: Build, root: string) {
  const { number, url } = buildBean(build, root);
  return { _class: runClass, number, url };
}

const causeAction = (userId: string) => ({
  _class: "hudson.model.CauseAction",
  causes: [
    {
      _class: "hudson.model.Cause$UserIdCause",
      shortDescription: `Started by user ${userId}`,
      userId,
      userName: userId,
    },
  ],
});

const parametersAction = (parameters: Parameters) => ({
  _class: "hudson.model.ParametersAction",
  parameters: Object.entries(parameters).map(([name, value]) => ({
    _class: "hudson.model.StringParameterValue",
    name,
    value,
  })),
});
