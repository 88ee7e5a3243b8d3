import { sideBySide } from "../../../tools/side-by-side";

test("what goes side by side ends before the first failure is told", async () => {
  const ended: string[] = [];
  const late = Promise.resolve()
    .then(() => Promise.resolve())
    .then(() => ended.push("late"));
  await expect(sideBySide(Promise.reject(new Error("early")), late)).rejects.toThrow("early");
  expect(ended).toEqual(["late"]);
  expect(await sideBySide(Promise.resolve(1), Promise.resolve("two"))).toEqual([1, "two"]);
});
