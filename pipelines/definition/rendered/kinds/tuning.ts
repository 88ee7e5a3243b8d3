import {
  allow,
  jobLogStatements,
  keyStatements,
  passRoleStatement,
  readStatements,
  sagemakerArn,
  writeStatements,
} from "../../permissions";
import type { Json } from "../../values";
import { isObject, itemsOf, valueAt } from "../json";
import type { DerivedKind } from "../kind";
import { valuesOf } from "../uses";
import { conditionOfJob, keyOf, knownImageStatements } from "./job";
import { usesOf } from "./training";

/**
 * A job that launches training jobs. SageMaker makes those itself, and as the role that each is handed. It gives the tuning job a name
 * of at most 32 characters, without the prefix of other jobs.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateHyperParameterTuningJob.html
 */
export const tuning: DerivedKind = {
  permissions: ({ Arguments }, scope) => {
    const jobs = [sagemakerArn(scope, "hyper-parameter-tuning-job/*")];
    const actions = [
      "DescribeHyperParameterTuningJob",
      "StopHyperParameterTuningJob",
      "ListTrainingJobsForHyperParameterTuningJob",
      "AddTags",
    ].map((action) => `sagemaker:${action}`);
    return [
      ...trainingsOf(Arguments).flatMap((training) => {
        const key = outputKeyOf(training);
        const uses = usesOf(training);
        return [
          allow(
            ["sagemaker:CreateHyperParameterTuningJob"],
            jobs,
            conditionOfJob(key, training, machinesOf(training)),
          ),
          ...keyStatements(key),
          ...valuesOf(uses, "pull").flatMap((image) => knownImageStatements(scope, image)),
          ...valuesOf(uses, "read").flatMap((uri) => readStatements(scope, uri)),
          ...valuesOf(uses, "write").flatMap((uri) => writeStatements(scope, uri)),
        ];
      }),
      allow(actions, jobs),
      passRoleStatement(scope),
      ...jobLogStatements(scope, "Training"),
    ];
  },
  uses: ({ Arguments }) =>
    trainingsOf(Arguments).flatMap((training) => usesOf(training, "TrainingJobDefinition.")),
  machines: ({ Arguments }) => ({
    use: "training job",
    instanceType: valueAt(machinesOf(trainingsOf(Arguments)[0]), "InstanceType"),
    instanceCount: valueAt(machinesOf(trainingsOf(Arguments)[0]), "InstanceCount"),
    jobs: valueAt(Arguments, "HyperParameterTuningJobConfig", "ResourceLimits", "MaxParallelTrainingJobs"),
  }),
};

/** What training jobs are made of, one or several. */
const trainingsOf = (tuningJob: Json): Json[] => [
  ...[valueAt(tuningJob, "TrainingJobDefinition")].filter(isObject),
  ...itemsOf(valueAt(tuningJob, "TrainingJobDefinitions")),
];

const outputKeyOf = (training: Json): string =>
  keyOf("TrainingJobDefinition.OutputDataConfig.KmsKeyId", valueAt(training, "OutputDataConfig", "KmsKeyId"));

const machinesOf = (training: Json | undefined): Json | undefined =>
  valueAt(training, "HyperParameterTuningResourceConfig") ?? valueAt(training, "ResourceConfig");
