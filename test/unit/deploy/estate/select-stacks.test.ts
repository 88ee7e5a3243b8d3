import { requireAccounts, selectStacks, SelectionError } from "../../../../deploy/estate/select-stacks";
import { models } from "../../../../pipelines";
import { listStacks } from "../../../../stacks/list";
import { readEstate } from "../../../support/estate";

const stacks = listStacks(readEstate(), models);
const idsOf = (selected: readonly { readonly id: string }[]): string[] => selected.map(({ id }) => id);

test("all, where none is named", () => {
  expect(selectStacks(stacks, {})).toEqual(stacks);
  expect(selectStacks(stacks, { ids: [] })).toEqual(stacks);
});

test("those named, once each, in the estate's order", () => {
  const [first, second] = idsOf(stacks);
  const ids = [second ?? "", first ?? "", second ?? ""];
  expect(idsOf(selectStacks(stacks, { ids }))).toEqual([first, second]);
});

test("those that one applies, among those named", () => {
  expect(idsOf(selectStacks(stacks, { appliedBy: "ci" }))).toEqual(["prod-mammo-severity"]);
  expect(selectStacks(stacks, { appliedBy: "administrator" })).toHaveLength(stacks.length - 1);
  expect(() =>
    selectStacks(stacks, { ids: ["dev-foundation", "prod-mammo-severity"], appliedBy: "ci" }),
  ).toThrow("Not all stacks are applied by ci:\n  dev-foundation is applied by administrator");
});

test("every unknown name is reported, with what was meant or what there is", () => {
  const select = () => selectStacks(stacks, { ids: ["prod-foundaton", "dev-foundation", "xyzzy"] });
  expect(select).toThrow(SelectionError);
  expect(select).toThrow(/\n {2}prod-foundaton.*prod-foundation/);
  expect(select).toThrow(new RegExp(`\\n {2}xyzzy; there is: ${idsOf(stacks).join(", ")}$`));
});

test("stacks of another account are refused, all by name", () => {
  const prod = stacks.filter(({ environment }) => environment.name === "prod");
  const require =
    (...accounts: string[]) =>
    () => {
      requireAccounts(stacks, accounts.length > 0 ? accounts : undefined);
    };
  expect(require("222222222222")).toThrow(SelectionError);
  expect(require("222222222222")).toThrow("dev-foundation is in 111111111111 (dev)");
  expect(require("222222222222")).not.toThrow("prod-foundation is in");
  expect(require("111111111111", "222222222222")).toThrow("registry is in 333333333333");
  expect(require("111111111111", "222222222222")).not.toThrow("dev-foundation is in");
  expect(require()).not.toThrow();
  expect(() => {
    requireAccounts(prod, ["222222222222"]);
  }).not.toThrow();
});

test("those of one environment are selected, and a stack of another is refused by name", () => {
  const environment = stacks.find(({ id }) => id === "prod-foundation")?.environment;
  const selected = selectStacks(stacks, { environment, appliedBy: "ci" });
  expect(idsOf(selected)).toEqual(["prod-mammo-severity"]);
  expect(() => selectStacks(stacks, { environment, ids: ["dev-foundation", "prod-state"] })).toThrow(
    "Not all stacks are in prod:\n  dev-foundation is in dev",
  );
});
