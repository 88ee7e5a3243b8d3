import { Construct } from "constructs";
import { keyAliasArn } from "../../../core/arns";
import { workflowNames } from "../../../core/workflow-names";
import { AlertTopic } from "../../../modules/alerts/alert-topic";
import { HttpApi } from "../../../modules/apigatewayv2/http-api";
import { Table } from "../../../modules/dynamodb/table";
import type { NodeFunction } from "../../../modules/lambda/node-function";
import { LogGroup } from "../../../modules/logs/log-group";
import { accountRegionOf, namesOfWorkload } from "../../topology";
import { approversOf } from "./settings";
import { workflowFunction, type WorkflowOf } from "./workflow-function";

export interface ApprovalsProps extends WorkflowOf {
  /** Of the account's key. */
  readonly keyArn: string;
}

/** Requests of people, and of whatever opens the links in their mail. */
const requestsPerSecond = 10;

/** How a workflow asks a person: questions in a table, links in mail, and a page behind them that answers once. */
export class Approvals extends Construct {
  /** What the workflow calls to ask. */
  readonly asks: NodeFunction;

  constructor(scope: Construct, id: string, props: ApprovalsProps) {
    super(scope, id);
    const { estate, environment: workload, model, keyArn } = props;
    const names = workflowNames(estate.shared.project, model.name);
    const { keyAlias } = namesOfWorkload(estate, workload);
    const key = keyAliasArn(accountRegionOf(workload), keyAlias);
    const questions = new Table(this, "questions", {
      tableName: names.questions,
      key: "id",
      expires: "kept",
      keyArn,
    });
    const { group } = new LogGroup(this, "api-log", { logGroupName: names.apiLogGroup, keyArn });
    const api = new HttpApi(this, "api", {
      apiName: names.api,
      description: `Approvals of ${model.name}`,
      logGroupArn: group.arn,
      requestsPerSecond,
    });
    const page = workflowFunction(this, props, {
      name: "approval",
      description: `Lets a person decide whether a new ${model.name} serves`,
      environment: { QUESTIONS: questions.name, KEY: key },
    });
    api.answer("approvals", page, ["GET /approvals/{id}", "POST /approvals/{id}"]);
    const links = new AlertTopic(this, "links", {
      topicName: names.approvalTopic,
      keyAlias,
      emails: approversOf(workload, model),
      ruleArns: [],
      alarmArns: [],
    });
    this.asks = workflowFunction(this, props, {
      name: "question",
      description: `Asks a person whether a new ${model.name} may serve`,
      environment: {
        QUESTIONS: questions.name,
        KEY: key,
        TOPIC: links.arn,
        URL: api.url,
        MODEL: model.name,
      },
    });
  }
}
