import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import { resourceName } from "../../core/name-limits";

export interface TableProps {
  readonly tableName: string;
  /** Attribute, text, that rows are found by. */
  readonly key: string;
  /** Attribute, seconds since 1970, after which DynamoDB removes a row. */
  readonly expires: string;
  /** ARN of a customer-managed key. */
  readonly keyArn: string;
}

/** An encrypted table that is paid by the request, with a way back to each moment of the last 35 days. */
export class Table extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: TableProps) {
    super(scope, id);
    const table = new DynamodbTable(this, "table", {
      name: resourceName("table", props.tableName),
      billingMode: "PAY_PER_REQUEST",
      hashKey: props.key,
      attribute: [{ name: props.key, type: "S" }],
      ttl: { enabled: true, attributeName: props.expires },
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: props.keyArn },
    });
    this.name = table.name;
  }
}
