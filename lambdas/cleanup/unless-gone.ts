/** SageMaker has no error of its own for what is not there. @returns undefined for that */
export async function unlessGone<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (/could not find/i.test((error as Error).message)) return undefined;
    throw error;
  }
}
