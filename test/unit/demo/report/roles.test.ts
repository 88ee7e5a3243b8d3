import { groupRoles } from "../../../../demo/report/html/roles";

const assumption = (roleArn: string, principal: string, time: string) => ({
  roleArn,
  principal,
  time,
  sessionName: "any",
});

test("assumptions are counted by role and principal, in the order of their first times", () => {
  const groups = groupRoles([
    assumption("b", "events", "2026-01-01T00:00:05Z"),
    assumption("a", "events", "2026-01-01T00:00:03Z"),
    assumption("b", "events", "2026-01-01T00:00:01Z"),
    assumption("b", "sagemaker", "2026-01-01T00:00:02Z"),
  ]);
  expect(groups).toEqual([
    { roleArn: "b", principal: "events", times: 2, first: "2026-01-01T00:00:01Z" },
    { roleArn: "b", principal: "sagemaker", times: 1, first: "2026-01-01T00:00:02Z" },
    { roleArn: "a", principal: "events", times: 1, first: "2026-01-01T00:00:03Z" },
  ]);
});

test("names that run together are not one role", () => {
  const groups = groupRoles([assumption("ab", "c", "1"), assumption("a", "bc", "2")]);
  expect(groups).toHaveLength(2);
});
