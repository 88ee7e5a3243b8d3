import { destinationsOf, streamName } from "../../../jenkins/logged/destinations";
import { readEstate } from "../../support/estate";

const estate = readEstate();

describe("where Jenkins' commands are logged", () => {
  test("in the log group of each account that Jenkins applies to, and in no other", () => {
    expect(destinationsOf(estate, "mlops/7")).toMatchObject([
      { account: "prod (222222222222)", group: "jenkins-log", stream: "mlops/7" },
    ]);
  });

  const now = new Date("2026-01-02T03:04:05Z");

  test("in a stream of the build", () => {
    expect(streamName({ JOB_NAME: "mlops-pull-requests/PR-7", BUILD_NUMBER: "3" }, now)).toBe(
      "mlops-pull-requests/PR-7/3",
    );
  });

  test("outside Jenkins in a stream of its own, whose name CloudWatch takes", () => {
    expect(streamName({}, now)).toBe("by-hand/2026-01-02T03-04-05.000Z");
  });
});
