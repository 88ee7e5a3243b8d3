import { readText } from "../jobs/s3";
import { UnresolvedReference, type Scope } from "../definition/resolve";
import type { Definition } from "../definition/schema";
import type { PropertyFile, RunSettings } from "./run-settings";

/** What references stand for at this moment: parameters, the execution, and the steps that have succeeded. */
export function executionScope(settings: RunSettings): Scope {
  const { execution, executionId, parameters, results, sessions } = settings;
  const read = async (uri: string, what: string) => {
    const { s3 } = await sessions.of("sagemaker.amazonaws.com", execution.roleArn, execution.pipelineArn);
    return readText(s3, uri).catch((error: unknown) => {
      throw isRefusal(error) ? new UnresolvedReference(`${what} cannot be read: ${error.name}`) : error;
    });
  };
  return {
    roots: {
      Parameters: Object.fromEntries(parameters),
      Execution: {
        PipelineExecutionId: executionId,
        PipelineExecutionArn: execution.executionArn,
        PipelineName: execution.pipelineName,
        PipelineArn: execution.pipelineArn,
        StartDateTime: execution.startTime,
        CurrentDateTime: new Date().toISOString(),
      },
      Steps: Object.fromEntries([...results].map(([name, { properties }]) => [name, properties])),
    },
    readObject: (uri) => read(uri, uri),
    readPropertyFile: (step, name) => {
      const file = settings.propertyFiles.get(step)?.get(name);
      const folder = file && results.get(step)?.outputs?.[file.output];
      if (!folder) throw new UnresolvedReference(`Step ${step} has no property file ${name}`);
      const uri = `${folder.replace(/\/$/, "")}/${file.path}`;
      return read(uri, `Property file ${name} of step ${step} (${uri})`);
    },
  };
}

/** Whether S3 says that there is no such object, or that it may not be read: trying again changes nothing. */
const isRefusal = (error: unknown): error is Error =>
  error instanceof Error && "$fault" in error && error.$fault === "client";

interface DeclaredFile {
  readonly PropertyFileName: string;
  readonly OutputName: string;
  readonly FilePath: string;
}

/** The property files that the steps of a definition declare, by step and name. */
export const propertyFilesOf = ({ nodes }: Definition): RunSettings["propertyFiles"] =>
  new Map(
    [...nodes].map(([step, { definition }]) => [
      step,
      new Map(
        ((definition.PropertyFiles ?? []) as readonly DeclaredFile[]).map(
          ({ PropertyFileName, OutputName, FilePath }): [string, PropertyFile] => [
            PropertyFileName,
            { output: OutputName, path: FilePath },
          ],
        ),
      ),
    ]),
  );
