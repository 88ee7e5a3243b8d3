import { parseStartOptions, usage } from "../../../demo/options";

test("nothing is added that is not asked for", () => {
  expect(parseStartOptions([])).toEqual({
    ...{ keep: false, workflow: false, python: false, projects: false, json: false, help: false },
  });
  expect(parseStartOptions(["--python", "--keep"])).toMatchObject({
    python: true,
    keep: true,
    workflow: false,
    projects: false,
  });
  expect(parseStartOptions(["--projects"])).toMatchObject({ projects: true, python: false });
});

test("the usage tells of every option, and an unknown one is refused", () => {
  for (const option of Object.keys(parseStartOptions([]))) expect(usage).toContain(`--${option} `);
  expect(() => parseStartOptions(["--pyton"])).toThrow("--pyton");
});
