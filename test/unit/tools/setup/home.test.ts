import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { cache, repository } from "../../../../tools/paths";
import { temporaryFolder } from "../../../support/temporary-folder";

type Variables = Record<string, string | undefined>;
const { ensureHome } = jest.requireActual<{ ensureHome: (variables: Variables, home: string) => void }>(
  join(repository, "tools/setup/home.js"),
);
const ours = join(cache, "home");

const ensured = (variables: Variables, home: string): Variables => {
  ensureHome(variables, home);
  return variables;
};

test("a home that can be written is left alone, whether or not it has a folder for caches", () => {
  const home = temporaryFolder();
  expect(ensured({ HOME: home }, home)).toEqual({ HOME: home });
  mkdirSync(join(home, ".cache"));
  expect(ensured({ HOME: home }, home)).toEqual({ HOME: home });
});

test("a user without a home gets one", () => {
  expect(ensured({}, "")).toEqual({ HOME: ours });
});

test("a home that cannot be written keeps its files, and caches go elsewhere", () => {
  const nowhere = join(repository, "package.json/no-folder");
  expect(ensured({ HOME: nowhere }, nowhere)).toEqual({
    HOME: nowhere,
    XDG_CACHE_HOME: join(ours, ".cache"),
  });
});

test("a cache folder of the user's is used where it can be written", () => {
  const folder = temporaryFolder();
  expect(ensured({ XDG_CACHE_HOME: folder }, "/proc")).toEqual({ XDG_CACHE_HOME: folder });
});
