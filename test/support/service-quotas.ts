import {
  ListAWSDefaultServiceQuotasCommand,
  ListRequestedServiceQuotaChangeHistoryCommand,
  ListServiceQuotasCommand,
  RequestServiceQuotaIncreaseCommand,
  ServiceQuotasClient,
  type RequestedServiceQuotaChange,
} from "@aws-sdk/client-service-quotas";
import { mockClient } from "aws-sdk-client-mock";

export const processing = "ml.t3.large for processing job usage";
export const training = "ml.m5.xlarge for training job usage";
export const transform = "ml.m5.xlarge for transform job usage";

const codes: Readonly<Record<string, string>> = {
  [processing]: "L-C076FA77",
  [training]: "L-CCE2AFA6",
  [transform]: "L-7939E4EC",
};

interface Account {
  /** Quotas that were raised, by name. */
  readonly applied?: Readonly<Record<string, number>>;
  /** The others, as AWS gives them to everybody. */
  readonly defaults?: Readonly<Record<string, number>>;
  readonly requests?: readonly RequestedServiceQuotaChange[];
  readonly adjustable?: boolean;
}

/** Enough for all that the tests' models run. */
export const enough = { [processing]: 4, [training]: 2, [transform]: 2 };

/** Service Quotas as it answers in every account, two quotas a page. */
export function mockQuotas() {
  const mock = mockClient(ServiceQuotasClient);
  const answer = ({ applied = {}, defaults = {}, requests = [], adjustable = true }: Account): void => {
    const page =
      (quotas: Readonly<Record<string, number>>) =>
      ({ NextToken }: { NextToken?: string }) => {
        const start = Number(NextToken ?? 0);
        const all = Object.entries(quotas).map(([QuotaName, Value]) => ({
          QuotaName,
          Value,
          QuotaCode: codes[QuotaName] ?? "L-OTHER",
          Adjustable: adjustable,
        }));
        const more = start + 2 < all.length ? { NextToken: String(start + 2) } : {};
        return { Quotas: all.slice(start, start + 2), ...more };
      };
    mock.reset();
    mock.on(ListServiceQuotasCommand).callsFake(page(applied));
    mock.on(ListAWSDefaultServiceQuotasCommand).callsFake(page(defaults));
    mock.on(ListRequestedServiceQuotaChangeHistoryCommand).resolves({ RequestedQuotas: [...requests] });
    mock.on(RequestServiceQuotaIncreaseCommand).callsFake((given: object) => ({
      RequestedQuota: { ...given, Status: "PENDING", Created: new Date("2026-11-26T10:00:00Z") },
    }));
  };
  answer({ applied: enough });
  return { mock, answer };
}
