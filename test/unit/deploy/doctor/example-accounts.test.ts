import { exampleAccounts } from "../../../../deploy/doctor/example-accounts";
import type { Environment } from "../../../../config/schema";

const estateOf = (accounts: Readonly<Record<string, string>>) => ({
  environments: Object.entries(accounts).map(([name, account]) => ({ name, account }) as Environment),
});

test("ids of the shipped example are a finding that names them, and how to get rid of them", () => {
  expect(
    exampleAccounts(estateOf({ dev: "111111111111", prod: "210987654321", ci: "444444444444" })),
  ).toEqual([
    {
      subject: "Example accounts",
      ok: false,
      found: "111111111111 (dev), 444444444444 (ci): AWS gives nobody such ids",
      remedy: "mlops init writes your own; doctor --local looks at the local AWS",
    },
  ]);
});

test("one's own are none", () => {
  expect(exampleAccounts(estateOf({ dev: "111111111112" }))).toEqual([]);
});
