import { changedEstate } from "../../support/changed-estate";
import { jsonOf, mlops } from "./support";

const { folder } = changedEstate({ files: { "dev.json": { ci: "jenkins" } } });
const run = (options: string) => mlops(`environments ${options}`, { environments: folder });

test("environments come before those that they promote to", async () => {
  expect(jsonOf(await mlops("environments --json"))).toEqual([
    { environment: "dev", account: "111111111111", requireApproval: false, promotesTo: "prod" },
    { environment: "prod", account: "222222222222", requireApproval: true, promotesTo: null },
  ]);
  expect((await mlops("environments --applied-by ci")).out).toBe(
    "ENVIRONMENT  ACCOUNT       PROMOTES TO\nprod         222222222222\n",
  );
});

test("the CI server's accounts must be those that name it, all of them", async () => {
  const both = await run("--applied-by ci --account 222222222222,111111111111 --json");
  expect(jsonOf(both)).toMatchObject([{ environment: "dev" }, { environment: "prod" }]);
  const without = await run("--applied-by ci --account 222222222222");
  expect([without.code, without.err]).toEqual([
    2,
    expect.stringContaining("Their accounts must be 222222222222, but dev is 111111111111"),
  ]);
  const gone = await run("--applied-by ci --account 111111111111,222222222222,555555555555");
  expect([gone.code, gone.err]).toEqual([2, expect.stringContaining("none of them is 555555555555")]);
  const none = await run("--account prod");
  expect([none.code, none.err]).toEqual([2, expect.stringContaining("must be account ids")]);
});

test("with --trains only those where the way of a model begins, and accounts are those of all", async () => {
  const found = await run("--applied-by ci --account 222222222222,111111111111 --trains --json");
  expect(jsonOf(found)).toMatchObject([{ environment: "dev" }]);
  expect((await run("--applied-by ci --account 111111111111 --trains")).err).toContain(
    "prod is 222222222222",
  );
});
