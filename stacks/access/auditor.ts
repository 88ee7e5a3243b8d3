import type { Construct } from "constructs";
import type { Environment, Estate } from "../../config/schema";
import { regionalArn, type AccountRegion } from "../../core/arns";
import type { IdentityStatement } from "../../core/policy";
import { readSettingsStatements } from "../../modules/iam/read-statements";
import { accountRegionOf, bucketsOf } from "../topology";
import { addAccessRole } from "./access-role";

/** `auditor`: reads how everything is set up and what was done, and no object of any bucket. */
export function addAuditor(scope: Construct, estate: Estate, environment: Environment): void {
  const where = accountRegionOf(environment);
  addAccessRole(scope, "auditor", {
    estate,
    environment,
    description: "Reads everything in this account but data",
    policies: {
      settings: readSettingsStatements(where, bucketsOf(estate, environment)),
      records: readRecords(where),
    },
  });
}

/** What was done, by whom, and what became of it. */
const readRecords = (where: AccountRegion): IdentityStatement[] => [
  {
    Sid: "Trail",
    Effect: "Allow",
    Action: ["cloudtrail:LookupEvents", "iam:GetAccountSummary", "iam:ListPolicies", "iam:ListRoles"],
    Resource: ["*"],
  },
  {
    Sid: "Logs",
    Effect: "Allow",
    Action: ["logs:DescribeLogStreams", "logs:FilterLogEvents", "logs:GetLogEvents"],
    Resource: [regionalArn("logs", where, "log-group:*")],
  },
  {
    Sid: "Executions",
    Effect: "Allow",
    Action: [
      "sagemaker:DescribePipelineExecution",
      "sagemaker:DescribePipelineDefinitionForExecution",
      "sagemaker:ListPipelineExecutionSteps",
      "sagemaker:ListPipelineExecutions",
      "sagemaker:ListPipelineParametersForExecution",
    ],
    Resource: [regionalArn("sagemaker", where, "pipeline/*")],
  },
  {
    Sid: "Versions",
    Effect: "Allow",
    Action: ["sagemaker:DescribeModelPackage", "sagemaker:ListModelPackages"],
    Resource: ["model-package/*", "model-package-group/*"].map((name) =>
      regionalArn("sagemaker", where, name),
    ),
  },
  {
    Sid: "Lists",
    Effect: "Allow",
    Action: ["sagemaker:ListModelPackageGroups", "sagemaker:ListPipelines"],
    Resource: ["*"],
  },
];
