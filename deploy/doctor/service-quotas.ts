import {
  paginateListAWSDefaultServiceQuotas,
  paginateListRequestedServiceQuotaChangeHistory,
  paginateListServiceQuotas,
  RequestServiceQuotaIncreaseCommand,
  ServiceQuotasClient,
  type RequestedServiceQuotaChange,
  type ServiceQuota,
} from "@aws-sdk/client-service-quotas";
import type { AccountAccess } from "../access/account-access";

/** What SageMaker lets an account have in a region. */
export interface Quota {
  readonly name: string;
  /** Such as `L-CCE2AFA6`. */
  readonly code: string;
  readonly value: number;
  readonly adjustable: boolean;
}

/** A request to AWS for a higher quota that AWS has not answered yet. */
export interface QuotaRequest {
  /** Of the quota. */
  readonly code: string;
  readonly wanted: number;
  readonly status: string;
  /** ISO 8601. */
  readonly since: string;
  /** Of AWS Support, where there is one. */
  readonly supportCase?: string;
}

const ServiceCode = "sagemaker";
const unanswered = new Set<string | undefined>(["PENDING", "CASE_OPENED"]);

/** SageMaker's quotas of one account in one region. */
export class ServiceQuotas {
  private readonly client: ServiceQuotasClient;

  constructor(access: AccountAccess) {
    this.client = new ServiceQuotasClient({ ...access });
  }

  /**
   * Quotas by name; AWS finds them by no name, and has thousands: pages are read until all are found. Those that were never
   * raised may stand in the list of defaults alone.
   * https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_ListServiceQuotas.html
   */
  async find(names: readonly string[]): Promise<ReadonlyMap<string, Quota>> {
    const found = new Map<string, Quota>();
    const config = { client: this.client, pageSize: 100 };
    for (const list of [paginateListServiceQuotas, paginateListAWSDefaultServiceQuotas]) {
      for await (const { Quotas = [] } of list(config, { ServiceCode })) {
        for (const quota of Quotas.flatMap(known))
          if (names.includes(quota.name) && !found.has(quota.name)) found.set(quota.name, quota);
        if (names.every((name) => found.has(name))) return found;
      }
    }
    return found;
  }

  /** What the account has asked for and AWS has not answered. */
  async requests(): Promise<QuotaRequest[]> {
    const requests: QuotaRequest[] = [];
    const config = { client: this.client, pageSize: 100 };
    for await (const page of paginateListRequestedServiceQuotaChangeHistory(config, { ServiceCode }))
      requests.push(
        ...(page.RequestedQuotas ?? []).filter(({ Status }) => unanswered.has(Status)).map(requestOf),
      );
    return requests;
  }

  /** Asks AWS to raise a quota; with more than AWS grants by itself, it opens a support case. */
  async request(code: string, wanted: number): Promise<QuotaRequest> {
    const { RequestedQuota = {} } = await this.client.send(
      new RequestServiceQuotaIncreaseCommand({ ServiceCode, QuotaCode: code, DesiredValue: wanted }),
    );
    return requestOf({ QuotaCode: code, DesiredValue: wanted, ...RequestedQuota });
  }
}

/** One without a value could not be read. */
const known = ({ QuotaName: name, QuotaCode: code, Value: value, Adjustable }: ServiceQuota): Quota[] =>
  name === undefined || code === undefined || value === undefined
    ? []
    : [{ name, code, value, adjustable: Adjustable ?? false }];

const requestOf = ({
  QuotaCode: code = "",
  DesiredValue: wanted = 0,
  Status: status = "PENDING",
  Created = new Date(),
  CaseId: supportCase,
}: RequestedServiceQuotaChange): QuotaRequest => ({
  code,
  wanted,
  status,
  since: Created.toISOString(),
  ...(supportCase !== undefined && { supportCase }),
});
