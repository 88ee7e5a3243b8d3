import { approvalOf, type PackageChange } from "../../../../lambdas/release-trigger/approval";
import { NotStartedError, type CiServer } from "../../../../lambdas/release-trigger/ci-server";
import { release } from "../../../../lambdas/release-trigger/release";
import { MemoryClaims } from "../support/memory-claims";

const version = "arn:aws:sagemaker:us-east-1:333333333333:model-package/mammo-severity/2";
const approved = (more: Partial<PackageChange["detail"]> = {}): PackageChange => ({
  detail: {
    ModelPackageArn: version,
    ModelApprovalStatus: "Approved",
    LastModifiedTime: "2026-11-26T10:00:00.000Z",
    UpdatedModelPackageFields: ["ModelApprovalStatus"],
    ...more,
  },
});

describe("which approval an event is of", () => {
  test("the same event is of the same one, a later approval of another", () => {
    expect(approvalOf(approved())).toEqual({ id: `${version} at 2026-11-26T10:00:00.000Z`, version });
    expect(approvalOf(approved())).toEqual(approvalOf(approved()));
    expect(approvalOf(approved({ LastModifiedTime: "2026-11-27T10:00:00.000Z" }))?.id).not.toBe(
      approvalOf(approved())?.id,
    );
  });

  test("11.4: an edit of an approved version, and a rejection, are of none", () => {
    const edit = approved({ UpdatedModelPackageFields: ["CustomerMetadataProperties"] });
    expect(approvalOf(edit)).toBeUndefined();
    expect(approvalOf(approved({ ModelApprovalStatus: "Rejected" }))).toBeUndefined();
  });

  test("a version that is made approved is of one, however often it is edited without saying what", () => {
    const detail = { ModelPackageArn: version, ModelApprovalStatus: "Approved" };
    const made = approvalOf({ detail: { ...detail, LastModifiedTime: "1" } });
    expect(made?.id).toBe(`${version} as made`);
    expect(approvalOf({ detail: { ...detail, LastModifiedTime: "2" } })).toEqual(made);
  });

  test("an event without a version or a time is an error", () => {
    expect(() => approvalOf(approved({ ModelPackageArn: "mammo-severity" }))).toThrow("must be the ARN");
    const detail = {
      ModelPackageArn: version,
      ModelApprovalStatus: "Approved",
      UpdatedModelPackageFields: ["ModelApprovalStatus"],
    };
    expect(() => approvalOf({ detail })).toThrow("has no LastModifiedTime");
  });
});

describe("a release", () => {
  const build = "https://ci/queue/item/1/";
  const found = jest.fn<Promise<string | undefined>, []>();
  const started = jest.fn<Promise<string>, [string]>();
  const server: CiServer = { start: started, find: found };
  let claims: MemoryClaims;
  let left: number;
  const run = (event = approved()) =>
    release({ claims, ciServer: () => Promise.resolve(server), remaining: () => left }, event);

  beforeEach(() => {
    [claims, left] = [new MemoryClaims(), 30_000];
    started.mockReset().mockResolvedValue(build);
    found.mockReset();
  });

  test("11.1: is asked for once, however often its event comes, and answers in text", async () => {
    expect(await run()).toBe(`Build ${build}: ${version} at 2026-11-26T10:00:00.000Z`);
    expect(await run()).toBe(`No build: ${version} at 2026-11-26T10:00:00.000Z has ${build}`);
    expect(started.mock.calls).toEqual([[version]]);
  });

  test("11.8: fails aloud where the server certainly took nothing, and asks again next time", async () => {
    started.mockRejectedValueOnce(new NotStartedError("down"));
    await expect(run()).rejects.toThrow("down");
    expect(await run()).toContain("Build ");
    expect(found).not.toHaveBeenCalled();
  });

  test("where nobody knows whether a build was asked for, looks before it asks", async () => {
    started.mockRejectedValueOnce(new Error("no answer"));
    await expect(run()).rejects.toThrow("no answer");
    found.mockRejectedValueOnce(new Error("cannot tell"));
    await expect(run()).rejects.toThrow("cannot tell");
    found.mockResolvedValueOnce(build);
    expect(await run()).toContain("No build: ");
    expect(started).toHaveBeenCalledTimes(1);
    expect(await run()).toContain("No build: ");
  });

  test("asks again where it looked and there is none", async () => {
    started.mockRejectedValueOnce(new Error("no answer"));
    await expect(run()).rejects.toThrow();
    expect(await run()).toContain("Build ");
    expect(started).toHaveBeenCalledTimes(2);
  });

  test("asks nobody without the secret, and stays as sure as it was", async () => {
    const tools = { claims, remaining: () => left, ciServer: () => Promise.reject(new Error("no secret")) };
    await expect(release(tools, approved())).rejects.toThrow("no secret");
    expect(await run()).toContain("Build ");
    expect(found).not.toHaveBeenCalled();
  });

  test("waits for another call that is at it, and leaves it to that one", async () => {
    left = 50_000;
    await claims.take(`${version} at 2026-11-26T10:00:00.000Z`, 60_000);
    const waiting = run();
    await claims.settle(`${version} at 2026-11-26T10:00:00.000Z`, build);
    expect(await waiting).toContain("No build: ");
    expect(started).not.toHaveBeenCalled();
  });

  test("gives up where another call stays at it, for that one may have died", async () => {
    await claims.take(`${version} at 2026-11-26T10:00:00.000Z`, 60_000);
    await expect(run()).rejects.toThrow("Another call asks");
  });
});
