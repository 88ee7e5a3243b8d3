import { DescribeEndpointCommand } from "@aws-sdk/client-sagemaker";
import { PutParameterCommand } from "@aws-sdk/client-ssm";
import * as applying from "../../../../deploy/plans/apply-estate";
import * as planning from "../../../../deploy/plans/plan-estate";
import type { ReleaseRequest } from "../../../../deploy/releases/release";
import { allGoesWell, passed, plans, recorded, release, run, sagemaker, ssm, steps } from "./releasing";

jest.mock("../../../../deploy/plans/apply-estate");
jest.mock("../../../../deploy/plans/plan-estate");

beforeEach(allGoesWell);

/** Nothing comes back from there any more. */
const never = new Promise<never>(() => undefined);

/** How a run is kept from going on, as `kill -9` does; `reached`: it has come that far. */
const killedWhile: Readonly<Record<string, (reached: () => void) => Partial<ReleaseRequest>>> = {
  "it plans": (reached) => {
    jest.mocked(planning.planEstate).mockImplementation(() => (reached(), never));
    return {};
  },
  "it asks": (reached) => ({ confirm: () => (reached(), never) }),
  "it applies": (reached) => {
    jest.mocked(applying.applyEstate).mockImplementation(() => (reached(), never));
    return {};
  },
  "it looks at what serves": (reached) => {
    sagemaker.on(DescribeEndpointCommand).callsFake(() => (reached(), never));
    return {};
  },
  "it tests": (reached) => ({ test: () => (reached(), never) }),
  "it records": (reached) => {
    ssm.on(PutParameterCommand).callsFake(() => (reached(), never));
    return {};
  },
  "it takes back": (reached) => ({
    test: () => {
      jest.mocked(applying.applyEstate).mockImplementation(() => (reached(), never));
      return Promise.resolve({ ...passed, passed: false });
    },
  }),
};

test.each(Object.entries(killedWhile))(
  "killed while %s, a release does what is left when it is run again",
  async (_, kill) => {
    await new Promise<void>((reached) => {
      void run(kill(reached));
    });
    expect(steps).not.toContain("record");
    allGoesWell();
    expect(await run()).toMatchObject({ before: release(1), refused: undefined });
    expect([plans, steps.slice(-2)]).toEqual([[2], ["test", "record"]]);
    expect(recorded()).toEqual([[release(2), release(1)]]);
  },
);
