/** What a task's token is encrypted with, beside the key: nothing else that the key encrypts passes for one. */
export const tokenContext = (execution: string): Record<string, string> => ({
  purpose: "workflow-question",
  execution,
});
