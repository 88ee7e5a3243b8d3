import { packageChanges } from "../../../../deploy/affected/packages";

const lock = (packages: object): string =>
  JSON.stringify({ packages: { "": { version: "0.1.0" }, ...packages } });
const cdktf = { "node_modules/cdktf": { version: "0.21.0", integrity: "sha512-a" } };

test("packages of another version are named with both", () => {
  const after = lock({ "node_modules/cdktf": { version: "0.22.0", integrity: "sha512-b" } });
  expect(packageChanges(lock(cdktf), after)).toEqual(["cdktf 0.21.0 → 0.22.0"]);
});

test("packages that come or go are named, those within others too", () => {
  const after = lock({ ...cdktf, "node_modules/cdktf/node_modules/zod": { version: "1.0.0" } });
  expect(packageChanges(lock(cdktf), after)).toEqual(["cdktf/node_modules/zod absent → 1.0.0"]);
});

test("the same version with other content is a change", () => {
  const after = lock({ "node_modules/cdktf": { version: "0.21.0", integrity: "sha512-b" } });
  expect(packageChanges(lock(cdktf), after)).toHaveLength(1);
});

test("packages for development alone, and our own version, are no change", () => {
  const after = lock({
    "": { version: "0.2.0" },
    ...cdktf,
    "node_modules/jest": { version: "30.0.0", dev: true },
  });
  expect(packageChanges(lock(cdktf), after)).toEqual([]);
});
